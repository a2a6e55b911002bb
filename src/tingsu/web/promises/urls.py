"""Addresses of promises."""

from django.urls import path

from tingsu.web.promises import views

urlpatterns = [
    path("promises/", views.ledger, name="promises"),
    path("cases/<uuid:case_id>/promise/<uuid:promise_id>/call/", views.call, name="promise_call"),
]
