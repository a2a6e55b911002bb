"""Addresses of the screening wing."""

from django.urls import path

from tingsu.web.screening import views

urlpatterns = [
    path("cases/<uuid:case_id>/screening/", views.page, name="case_screening"),
]
