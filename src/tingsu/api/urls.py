"""Addresses of the API. What no operation has is answered as a problem too, not as a page."""

from django.urls import path, re_path

from tingsu.api.hooks import hook
from tingsu.api.house import API, nowhere, openapi

urlpatterns = [
    path("openapi.json", openapi, name="api_openapi"),
    path("hooks/<str:key>", hook, name="api_hook"),
    path("v1/", nowhere, name="api_root"),  # before the library's own, which says nothing either
    path("v1/", API.urls),
    re_path("", nowhere, name="api_nowhere"),
]
