"""The WSGI application, for any server; ``tingsu serve`` starts it under granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tingsu.settings")

application = get_wsgi_application()
