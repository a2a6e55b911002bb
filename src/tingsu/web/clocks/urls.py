"""Addresses of the clocks wing."""

from django.urls import path

from tingsu.web.clocks import views

urlpatterns = [path("cases/<uuid:case_id>/clocks/", views.page, name="case_clocks")]
