"""Addresses of approvals."""

from django.urls import path

from tingsu.web.approvals import absence, views

urlpatterns = [
    path("approvals/", views.inbox, name="approvals"),
    path("approvals/<uuid:approval_id>/", views.one, name="approval"),
    path("cases/<uuid:case_id>/approvals/", views.of_case, name="case_approvals"),
    path(
        "cases/<uuid:case_id>/approvals/<uuid:approval_id>/withdraw/",
        views.withdraw,
        name="approval_withdraw",
    ),
    path("absence/", absence.own, name="absence"),
    path("house/members/<uuid:member_id>/absence/", absence.of_member, name="member_absence"),
]
