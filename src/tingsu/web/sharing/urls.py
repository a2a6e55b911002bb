"""Addresses of shared work."""

from django.urls import path

from tingsu.web.sharing import lists, views

urlpatterns = [
    path("tasks/", lists.tasks, name="tasks"),
    path("responsibility/", lists.register, name="responsibility"),
    path("responsibility/<uuid:responsibility_id>/", lists.answer, name="responsibility_answer"),
    path("cases/<uuid:case_id>/ladder/", views.ladder, name="case_ladder"),
    path(
        "cases/<uuid:case_id>/ladder/<uuid:handover_id>/", views.sheet, name="case_handover_sheet"
    ),
    path("cases/<uuid:case_id>/responsibility/", views.responsible, name="case_responsibility"),
]
