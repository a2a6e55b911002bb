"""Settings of the tests: the real ones, with a throw-away data folder and a fast hasher.

DATABASE_URL chooses the database, as everywhere; without it SQLite.
"""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="tingsu-test-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["TINGSU_DATA"] = _FOLDER

from tingsu.settings import *  # noqa: E402, F403 -- the folder must be known first
from tingsu.settings import DATABASES, STATIC_ROOT  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # whitenoise warns where there is none, and warnings fail here
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A server set up without a locale would give us bytes for letters.
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": "template0"}
else:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
# A pool would keep connections open to a test database that is to be dropped.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
