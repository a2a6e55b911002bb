"""All addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
handler400 = "tingsu.web.errors.bad_request"
handler403 = "tingsu.web.errors.forbidden"
handler404 = "tingsu.web.errors.not_there"
handler500 = "tingsu.web.errors.broken"
