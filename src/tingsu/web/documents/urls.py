"""Addresses of papers. The code on a paper is the key to what its public page says."""

from django.urls import URLPattern, path

from tingsu.web.documents import check, views, wordings

CASE = "cases/<uuid:case_id>/documents/"
OWN = "house/documents/"

urlpatterns: list[URLPattern] = [
    path(CASE, views.page, name="case_documents"),
    path(f"{CASE}<uuid:document_id>/", views.paper, name="case_document"),
    path(f"{CASE}<uuid:document_id>/pdf/", views.pdf, name="case_document_pdf"),
    path(f"{CASE}<uuid:document_id>/word/", views.word, name="case_document_word"),
    path(f"{CASE}form/<str:kind>/", views.form, name="case_document_form"),
    path(OWN, wordings.page, name="wordings"),
    path(f"{OWN}<str:pack>/<str:kind>/<str:language>/", wordings.wording, name="wording"),
    path("verify/", check.ask, name="document_check"),
    path("verify/<str:paper_code>/", check.check, name="document_checked"),
]
