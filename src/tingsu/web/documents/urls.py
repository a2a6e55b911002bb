"""Addresses of papers. The code on a paper is the key to what its public page says."""

from django.urls import URLPattern, path

from tingsu.web.documents import bringing, check, layouts, seals, signature, views, wordings

CASE = "cases/<uuid:case_id>/documents/"
OWN = "house/documents/"
SEALS = "house/seals/"
LAYOUTS = "house/layouts/"

urlpatterns: list[URLPattern] = [
    path(CASE, views.page, name="case_documents"),
    path(f"{CASE}<uuid:document_id>/", views.paper, name="case_document"),
    path(f"{CASE}<uuid:document_id>/pdf/", views.pdf, name="case_document_pdf"),
    path(f"{CASE}<uuid:document_id>/word/", views.word, name="case_document_word"),
    path(f"{CASE}form/<str:kind>/", views.form, name="case_document_form"),
    path("account/signature/", signature.page, name="signature"),
    path(SEALS, seals.page, name="seals"),
    path(f"{SEALS}<uuid:seal_id>/let-in/", seals.let_in, name="seal_let_in"),
    path(f"{SEALS}<uuid:seal_id>/refuse/", seals.refuse, name="seal_refuse"),
    path(f"{SEALS}<uuid:seal_id>/withdraw/", seals.withdraw, name="seal_withdraw"),
    path(
        "house/signatures/<uuid:member_id>/withdraw/",
        seals.withdraw_signature,
        name="signature_withdraw",
    ),
    path(LAYOUTS, layouts.page, name="layouts"),
    path(f"{LAYOUTS}<uuid:layout_id>/", layouts.one, name="layout"),
    path(f"{LAYOUTS}<uuid:layout_id>/file/", layouts.file, name="layout_file"),
    path(f"{LAYOUTS}<uuid:layout_id>/sample/", layouts.sample, name="layout_sample"),
    path(f"{LAYOUTS}<str:pack>/<str:kind>/<str:language>/", bringing.of_paper, name="layouts_of"),
    path(
        f"{LAYOUTS}<str:pack>/<str:kind>/<str:language>/<str:form>/",
        bringing.beginning,
        name="layout_beginning",
    ),
    path(OWN, wordings.page, name="wordings"),
    path(f"{OWN}<str:pack>/<str:kind>/<str:language>/", wordings.wording, name="wording"),
    path("verify/", check.ask, name="document_check"),
    path("verify/<str:paper_code>/", check.check, name="document_checked"),
]
