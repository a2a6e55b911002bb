"""Addresses of endings."""

from django.urls import path

from tingsu.web.ending import views, writing

CASE = "cases/<uuid:case_id>/ending/"

urlpatterns = [
    path(CASE, views.page, name="case_ending"),
    path(f"{CASE}decision/", writing.decision, name="case_decision"),
    path(f"{CASE}agreement/<uuid:agreement_id>/", writing.agreement, name="case_agreement"),
    path(f"{CASE}new/<str:kind>/", writing.agreement_new, name="case_agreement_new"),
]
