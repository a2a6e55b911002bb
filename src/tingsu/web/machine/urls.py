"""Addresses of the language model."""

from django.urls import path

from tingsu.web.machine import settings, views

urlpatterns = [
    path("house/model/", settings.settings, name="language_model"),
    path("house/model/try/", settings.try_out, name="language_model_try"),
    path("cases/<uuid:case_id>/machine/", views.panel, name="case_machine"),
    path("cases/<uuid:case_id>/machine/ask/", views.ask, name="case_machine_ask"),
    path("cases/<uuid:case_id>/machine/sent/", views.sent, name="case_machine_sent"),
]
