"""The wing of papers: the list, one paper with its pages, its files. Reads queries, no models."""

import base64
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tingsu.cases.actions import document
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries import documents as queries
from tingsu.documents import setting
from tingsu.documents.fields import LABELS, LONG, PERSONAL
from tingsu.documents.issuing import (
    Draft,
    draft_paper,
    editable,
    issued_paper,
    open_draft,
    preview,
    rare,
    standing_form,
)
from tingsu.documents.looking import fields_of, looked
from tingsu.documents.paper import Paper
from tingsu.people.permission import Can, NotThere
from tingsu.web import errors
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = ("register", "visit")  # printed without being issued (IN-9)


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """All papers of the case, and those that can be made."""
    context = frame(request, case_id, "documents")
    case = context["case"]
    shown = queries.of_case(case)
    context |= {
        "papers": shown,
        "forms": [kind for name, kind in queries.kinds(case).items() if name in FORMS],
        "opens": Can.UNMASK in asking(request).rights,
    }
    return render(request, "web/documents/page.html", context)


@door(Can.UNMASK)
def paper(request: Asked, case_id: UUID, document_id: UUID) -> HttpResponse:
    """One paper: a draft with its fields beside its pages, or an issued one as it is."""
    context = frame(request, case_id, "documents", Can.UNMASK)
    case = context["case"]
    shown = queries.one(case, document_id)
    context |= {"shown": shown, "row": shown.row}
    if shown.row.state != "draft":
        _looked(request, case, fields_of(shown))
        context |= _pages(shown.row)
        return render(request, "web/documents/issued.html", context)
    if request.method == "POST":
        return _fill(request, case, shown, context)
    return _draft(request, case, document_id, context)


def _pages(row: Any) -> dict[str, Any]:
    """An issued paper as pictures; where its own layout is gone, only that it cannot be shown."""
    try:
        return {"pages": [_picture(one) for one in setting.pictures(issued_paper(row))]}
    except (NotThere, Refusal):
        return {"refused": _("这里显示不出来，请下载 PDF：文件和签发时一样。")}


def _fill(request: Asked, case: Any, shown: queries.Shown, context: dict[str, Any]) -> HttpResponse:
    access_case(asking(request), case.id, Can.HANDLE)
    typed = {name: request.POST[name] for name in LABELS if name in request.POST}
    before = open_draft(case, shown.row.id, request.at).values
    changed = {name: text for name, text in typed.items() if _other(text, before.get(name, ""))}
    try:
        document.fill(
            case,
            document_id=shown.row.id,
            values=changed,
            language=request.POST.get("language", ""),
        )
    except Invalid as refused:
        context |= {"wrong": refused.fields, "typed": typed}
        return _draft(request, case, shown.row.id, context)
    messages.success(request, _("草稿已保存。"))
    return redirect("case_document", case_id=case.id, document_id=shown.row.id)


def _draft(request: Asked, case: Any, document_id: UUID, context: dict[str, Any]) -> HttpResponse:
    """The fields beside the pages. wrong, typed: of a submit that was refused."""
    typed = context.get("typed", {})
    draft = open_draft(case, document_id, request.at)
    _looked(request, case, [name for name in draft.wanted if draft.values.get(name)])
    context |= {
        "fields": [_field(draft, name, typed) for name in LABELS if name in draft.wanted],
        "missing": [LABELS[name] for name in draft.missing],
        "languages": settings.LANGUAGES,
        "kind": draft.kind,
    }
    try:
        context["pages"] = [_picture(one) for one in preview(case, draft, request.at)]
        context["rare"] = " ".join(rare(case, draft, request.at))
    except Refusal as refused:
        context["refused"] = refused.words
    return render(request, "web/documents/draft.html", context, status=422 if typed else 200)


@door(Can.UNMASK)
def pdf(request: Asked, case_id: UUID, document_id: UUID) -> HttpResponse:
    """The file as it was issued, as a download."""
    case = access_case(asking(request), case_id, Can.UNMASK)
    shown = queries.one(case, document_id)
    _looked(request, case, fields_of(shown))
    try:
        content = queries.pdf(shown.row)
    except NotThere:
        words = _("文件不在了，其他内容不受影响。请告诉管理员。")
        return errors.page(request, 404, _("这份文书打不开"), words)
    name = f"{shown.row.title} {shown.row.number}.pdf"
    return _file(FileResponse(content, as_attachment=True, filename=name))


@door(Can.UNMASK)
def word(request: Asked, case_id: UUID, document_id: UUID) -> HttpResponse:
    """The same paper for Word: an issued one as it was, a draft as it stands."""
    case = access_case(asking(request), case_id, Can.UNMASK)
    shown = queries.one(case, document_id)
    _looked(request, case, fields_of(shown))
    try:
        made = setting.docx(_for_word(case, shown, request))
    except (NotThere, Refusal) as gone:
        words = getattr(gone, "words", _("文件不在了，其他内容不受影响。请告诉管理员。"))
        return errors.page(request, 422, _("Word 文件做不出来"), words)
    name = f"{shown.row.title} {shown.row.number or case.number}.docx"
    return _file(FileResponse(made, as_attachment=True, filename=name, content_type=WORD))


@door(Can.UNMASK)
def form(request: Asked, case_id: UUID, kind: str) -> HttpResponse:
    """A kept form of the house as PDF, from the case as it stands, without a number (IN-9)."""
    case = access_case(asking(request), case_id, Can.UNMASK)
    if kind not in FORMS:
        raise NotThere
    try:
        made = standing_form(case, kind, request.at)
    except Refusal as refused:
        return errors.page(request, 422, _("这张表做不出来"), refused.words)
    _looked(request, case, list(PERSONAL))
    response = HttpResponse(setting.pdf(made, request.at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.number}-{kind}.pdf"'
    return _file(response)


def _for_word(case: Any, shown: queries.Shown, request: Asked) -> Paper:
    if shown.row.state != "draft":
        return editable(shown.row)
    return draft_paper(case, open_draft(case, shown.row.id, request.at), request.at)


def _looked(request: Asked, case: Any, fields: list[str]) -> None:
    looked(asking(request), case, request.at, fields)


def _field(draft: Draft, name: str, typed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "label": LABELS[name],
        "value": typed.get(name, draft.values.get(name, "")),
        "long": name in LONG,
        "must": draft.wanted[name],
        "missing": name in draft.missing,
    }


def _picture(page: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(page.encode()).decode()


def _other(typed: str, known: str) -> bool:
    """A browser sends lines with a carriage return."""
    return typed.replace("\r\n", "\n").strip() != known.strip()


def _file(response: Any) -> HttpResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]
