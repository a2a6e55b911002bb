"""Addresses of the screening wing."""

from django.urls import path

from tingsu.web.screening import views

urlpatterns = [
    path("cases/<uuid:case_id>/screening/", views.page, name="case_screening"),
    path("cases/<uuid:case_id>/screening/weigh/", views.weigh, name="screening_weigh"),
    path("cases/<uuid:case_id>/screening/conclude/", views.conclude, name="screening_conclude"),
    path("cases/<uuid:case_id>/screening/join/", views.join, name="screening_join"),
    path("cases/<uuid:case_id>/screening/joined/", views.joined, name="screening_joined"),
]
