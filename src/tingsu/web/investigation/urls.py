"""Addresses of investigations. The key of a link stands in ``respond_open`` alone."""

from django.urls import path

from tingsu.web.investigation import public, views

OPEN = "o/<slug:slug>/respond/<uuid:link_id>/"

urlpatterns = [
    path("cases/<uuid:case_id>/investigation/", views.investigation, name="case_investigation"),
    path(OPEN, public.respond, name="respond"),
    path(f"{OPEN}<str:key>/", public.open_link, name="respond_open"),
]
