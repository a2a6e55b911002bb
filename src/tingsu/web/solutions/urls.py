"""Addresses of prepared solutions."""

from django.urls import path

from tingsu.web.solutions import views

urlpatterns = [
    path("solutions/", views.listed, name="solutions"),
    path("solutions/<uuid:solution_id>/", views.one, name="solution"),
    path("solutions/<uuid:solution_id>/release/", views.release, name="solution_release"),
    path("solutions/<uuid:solution_id>/return/", views.send_back, name="solution_return"),
    path("solutions/<uuid:solution_id>/withdraw/", views.withdraw, name="solution_withdraw"),
    path("cases/<uuid:case_id>/solution/", views.of_case, name="case_solution"),
    path("cases/<uuid:case_id>/solution/write/", views.compose, name="case_solution_write"),
    path("cases/<uuid:case_id>/solutions/", views.suggested, name="case_solutions"),
]
