"""All addresses of the product: the face for programs, then the pages. Imports the pages; the face
for programs with the first request to it, so that a house without programs pays nothing for it."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from tingsu.web import urls as web


class Later(URLResolver):
    """Addresses whose module is imported when a request begins like them, or when one of their
    names is asked for (``programs:…``). Django would import it with the first name of any page."""

    def _populate(self) -> None:
        """A name without our namespace is not here."""


urlpatterns: Sequence[URLPattern | URLResolver] = [
    Later(RoutePattern("api/"), "tingsu.api.urls", app_name="programs", namespace="programs"),
    *web.urlpatterns,
]
handler400, handler403, handler404 = web.handler400, web.handler403, web.handler404
handler500 = web.handler500
