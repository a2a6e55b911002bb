"""Addresses of the archive."""

from django.urls import path

from tingsu.web.archive import disposals, register, requests, views

CASE = "cases/<uuid:case_id>/file/"
COPY = f"{CASE}<uuid:dossier_id>/"

urlpatterns = [
    path(CASE, views.page, name="case_file_wing"),
    path(f"{CASE}make/", views.make, name="case_dossier_make"),
    path(f"{COPY}progress/", views.progress, name="case_dossier_progress"),
    path(f"{COPY}<str:what>/", views.take, name="case_dossier"),
    path("cases/<uuid:case_id>/kept/", views.keep, name="case_kept"),
    path("archive/", register.page, name="archive"),
    path("archive/disposals/", disposals.listed, name="disposals"),
    path("archive/disposals/new/", disposals.propose, name="disposal_new"),
    path("archive/disposals/<uuid:disposal_id>/", disposals.one, name="disposal"),
    path("archive/disposals/<uuid:disposal_id>/decide/", disposals.decide, name="disposal_decide"),
    path("people/requests/", requests.listed, name="person_requests"),
    path("people/requests/<uuid:request_id>/", requests.one, name="person_request"),
    path(
        "people/requests/<uuid:request_id>/decide/", requests.decide, name="person_request_decide"
    ),
    path("people/requests/<uuid:request_id>/copy/", requests.take, name="person_request_copy"),
    path("parties/<uuid:party_id>/request/", requests.ask, name="person_request_ask"),
]
