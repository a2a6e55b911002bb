"""The house's own templates of papers: which there are, one with its sample, and its signature.
Calls cases.layouts and documents.layouts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases import layouts as keeping
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import layouts as queries
from tingsu.documents import layouts
from tingsu.documents.fonts import NoFont
from tingsu.documents.own import Unset
from tingsu.packs.documents import DOCUMENTS
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.people.rulebook import pack_of
from tingsu.web.case.words import language as spoken_language
from tingsu.web.case.words import many
from tingsu.web.documents import bringing
from tingsu.web.documents.wordings import LANGUAGES, kind_of, picture
from tingsu.web.documents.words import LAYOUTS, USUAL_PARTS
from tingsu.web.door import Asked, asking, door


@door(Can.RULES)
def page(request: Asked) -> HttpResponse:
    """All papers of the house's packs, which have an own template, and what waits to be signed."""
    house = directory.organisation(asking(request).organisation_id)
    on = localdate(request.at)
    own = queries.own(house.id, on)
    groups = []
    for pack_id in house.packs or [house.pack]:
        pack = pack_of(house.id, pack_id)
        rows = [
            (kind, [(code, name, (pack_id, kind.id, code) in own) for code, name in
                    settings.LANGUAGES])
            for kind in DOCUMENTS.of(pack).kinds_on(on).values()
        ]  # fmt: skip
        groups.append({"pack": pack_id, "label": pack.label(spoken_language()), "rows": rows})
    context = {"groups": groups, "to_sign": queries.waiting(house.id), "tab": "layouts"}
    return render(request, "web/documents/layouts.html", context)


@door(Can.RULES)
def one(request: Asked, layout_id: UUID) -> HttpResponse:
    """One template with its sample; POST signs, refuses, revokes it, or proposes it anew."""
    row = keeping.layout_of(asking(request), layout_id)
    wrong = ""
    if request.method == "POST":
        try:
            return _step(request, row)
        except Refusal as refused:
            wrong = refused.words
    context = _context(request, row) | {"wrong": wrong}
    return render(request, "web/documents/layout.html", context, status=422 if wrong else 200)


@door(Can.RULES)
def file(request: Asked, layout_id: UUID) -> HttpResponse:
    """The template as it was brought."""
    row = keeping.layout_of(asking(request), layout_id)
    if not row.stored_as:
        raise NotThere
    name = f"{row.kind}-{row.language}{layouts.ENDINGS[row.form]}"
    return bringing.as_file(queries.content(row.id), name)


@door(Can.RULES)
def sample(request: Asked, layout_id: UUID) -> Any:
    """The sample as a Word file."""
    row = keeping.layout_of(asking(request), layout_id)
    if row.form != "word" or not row.stored_as:
        raise NotThere
    try:
        made: Any = _tried(request, row)
    except (Unset, NoFont) as odd:
        raise NotThere from odd
    return FileResponse(made, as_attachment=True, filename=f"{row.kind}-{_('样张')}.docx")


def _step(request: Asked, row: Any) -> HttpResponse:
    who, note = asking(request), request.POST.get("note", "")
    match request.POST.get("do", ""):
        case "sign":
            keeping.sign(who, request.at, row)
            messages.success(request, _("已签批，从生效日起用这份版式。"))
        case "refuse":
            keeping.refuse(who, request.at, row, note)
            messages.success(request, _("没有采用，原因已记下。"))
        case "revoke":
            keeping.revoke(who, request.at, row, note)
            messages.success(request, _("已撤回，仍用原来的版式。"))
        case "again":
            told = {"since": bringing.day_of(request), "reason": request.POST.get("reason", "")}
            row = keeping.again(who, request.at, row, **told)
            messages.success(request, _("已提出，等另一位负责人或管理员签批。"))
        case _:
            raise NotThere
    return redirect("layout", layout_id=row.id)


def _context(request: Asked, row: Any) -> dict[str, Any]:
    kind = kind_of(request, row.pack, row.kind, row.language)
    context: dict[str, Any] = {
        "row": row,
        "kind": kind,
        "language_name": LANGUAGES[row.language],
        "state": LAYOUTS[row.state],
        "without": many([str(USUAL_PARTS[part]) for part in row.without]),
        "mine": row.proposed_by_id == asking(request).member_id,
        "to_come": row.since > localdate(request.at),
        "today": str(localdate(request.at)),
        "tab": "layouts",
    }
    if row.form == "typst" and row.stored_as:
        try:
            context["pages"] = [picture(page) for page in _tried(request, row)]
        except Unset as unset:
            context["refused"] = " ".join(map(str, unset.problems))
        except NoFont as bare:
            context["refused"] = bare.words
    return context


def _tried(request: Asked, row: Any) -> Any:
    kind = kind_of(request, row.pack, row.kind, row.language)
    made = bringing.sample_for(request, kind, row.pack, row.language)
    return layouts.tried(row.form, queries.content(row.id), layouts.with_fields(made, row))
