"""Addresses of signing. The key of a link stands in ``sign_open`` alone."""

from django.urls import path

from tingsu.web.signing import public, views

CASE = "cases/<uuid:case_id>/sign/<uuid:signing_id>/"
OPEN = "o/<slug:slug>/sign/<uuid:signing_id>/"

urlpatterns = [
    path(CASE, views.page, name="case_signing"),
    path(f"{CASE}picture/", views.picture, name="case_signing_picture"),
    path(OPEN, public.signing, name="sign"),
    path(f"{OPEN}decline/", public.decline, name="sign_decline"),
    path(f"{OPEN}<str:key>/", public.open_link, name="sign_open"),
]
