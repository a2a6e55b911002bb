"""Addresses of a case and of every step on it."""

from django.urls import path

from tingsu.web.case import alike, reading, sheets, views
from tingsu.web.case.posting import view_of
from tingsu.web.case.steps import ALL

urlpatterns = [
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/alike/", alike.like_cases, name="case_alike"),
    path("cases/<uuid:case_id>/customer/", reading.customer, name="case_customer"),
    path("cases/<uuid:case_id>/presence/", views.presence, name="case_presence"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", views.file, name="case_file"),
    path("cases/<uuid:case_id>/look/", views.look, name="case_look"),
    path("cases/<uuid:case_id>/register/", sheets.register, name="case_register"),
    path("cases/<uuid:case_id>/sheet/", sheets.sheet, name="case_sheet"),
    *(
        path(
            f"cases/<uuid:case_id>/{step.name.replace('_', '-')}/",
            view_of(step),
            name=f"case_{step.name}",
        )
        for step in ALL
    ),
]
