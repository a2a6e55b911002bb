"""A template of the house's own for one paper: brought, taken back to ours, and those before.
Calls documents.layouts."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases import layouts as keeping
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.layouts import FORMS, Place, Template
from tingsu.cases.queries import layouts as queries
from tingsu.documents import layouts
from tingsu.documents.fields import LABELS
from tingsu.documents.fonts import NoFont
from tingsu.documents.issuing import wording_of
from tingsu.documents.paper import Paper
from tingsu.packs.documents import DocumentKind
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.web.documents.wordings import LANGUAGES, kind_of
from tingsu.web.documents.words import LAYOUTS
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.answers import go_on

MOST = 2 * 2**20 + 1  # bytes that are read of a file


@door(Can.RULES)
def of_paper(request: Asked, pack: str, kind: str, language: str) -> HttpResponse:
    """All templates of one paper; POST brings one, or proposes to go back to ours."""
    who = asking(request)
    chosen = kind_of(request, pack, kind, language)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        place = Place(pack, kind, language, request.POST.get("form", ""))
        if place.form not in FORMS:
            raise NotThere
        try:
            row = _propose(request, place, chosen)
            return go_on(request, _("已提出，等另一位负责人或管理员签批。"), "layout", row.id)
        except NoFont as bare:
            wrong = {"words": bare.words}
        except layouts.Unusable as refused:
            wrong = {"words": refused.words, "problems": refused.problems}
        except Refusal as refused:
            wrong = {"words": refused.words}
            wrong |= {"fields": refused.fields} if isinstance(refused, Invalid) else {}
    on = localdate(request.at)
    context = {
        "kind": chosen, "pack": pack, "language": language, "language_name": LANGUAGES[language],
        "rows": [(row, LAYOUTS[row.state]) for row in
                 queries.history(who.organisation_id, pack, kind, language)],
        "now": queries.in_force(who.organisation_id, pack, kind, language, on),
        "labels": LABELS, "wrong": wrong, "typed": request.POST, "today": str(on), "tab": "layouts",
    }  # fmt: skip
    return render(request, "web/documents/layouts_of.html", context, status=422 if wrong else 200)


@door(Can.RULES)
def beginning(request: Asked, pack: str, kind: str, language: str, form: str) -> HttpResponse:
    """Ours as a file, to begin an own one with."""
    chosen = kind_of(request, pack, kind, language)
    if form not in FORMS:
        raise NotThere
    name = f"{chosen.id}{layouts.ENDINGS[form]}"
    return as_file(layouts.beginning(form, chosen), name)


def as_file(content: bytes, name: str) -> HttpResponse:
    """A download that no browser opens by itself."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def sample_for(request: Asked, kind: DocumentKind, pack: str, language: str) -> Paper:
    """A paper with something in every place."""
    house = directory.organisation(asking(request).organisation_id)
    wording = wording_of(house.id, pack, kind, language)
    return layouts.sample_of(house, kind, wording, language, request.at)


def day_of(request: Asked) -> Any:
    """The day that was typed; None for none."""
    try:
        return forms.DateField(required=False).clean(request.POST.get("since", ""))
    except forms.ValidationError:
        return None


def _propose(request: Asked, place: Place, kind: DocumentKind) -> Any:
    who, told = (
        asking(request),
        {"since": day_of(request), "reason": request.POST.get("reason", "")},
    )
    if "ours" in request.POST:
        return keeping.propose(who, request.at, place, Template(), **told)
    given = request.FILES.get("file")
    return layouts.propose(
        who, request.at, place, sample_for(request, kind, place.pack, place.language),
        name=given.name or "" if given else "", content=given.read(MOST) if given else b"", **told,
    )  # fmt: skip
