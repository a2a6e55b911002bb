"""All addresses of the product: the face for programs, then the pages. Imports both faces."""

from django.urls import include, path

from tingsu.web import urls as web

urlpatterns = [
    path("api/", include("tingsu.api.urls")),
    *web.urlpatterns,
]
handler400, handler403, handler404 = web.handler400, web.handler403, web.handler404
handler500 = web.handler500
