"""The seals of the house: brought by one, let in by another, withdrawn by anyone; whose signatures
are kept. Calls imprints."""

import base64
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.cases import imprints
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import imprints as queries
from tingsu.people import directory, pictures
from tingsu.people.permission import Can, Who
from tingsu.web.case.words import language, many
from tingsu.web.documents.words import IMPRINTS
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.answers import go_on


@door(Can.RULES)
@never_cache
def page(request: Asked) -> HttpResponse:
    """All seals with their pictures; POST brings a new one."""
    who = asking(request)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            imprints.propose_seal(
                who, request.at,
                name=request.POST.get("name", ""), data=picked(request),
                papers=request.POST.getlist("papers"), keepers=request.POST.getlist("keepers"),
            )  # fmt: skip
            return go_on(request, _("已提出，等另一位负责人或管理员批准后才能用。"), "seals")
        except Invalid as refused:
            wrong = refused.fields
    return _shown(request, wrong)


@door(Can.RULES)
@require_POST
def let_in(request: Asked, seal_id: UUID) -> HttpResponse:
    """Let it be used."""
    return _step(
        request,
        _("已批准，保管的人现在可以盖。"),
        lambda who: imprints.let_in(who, request.at, seal_id),
    )


@door(Can.RULES)
@require_POST
def refuse(request: Asked, seal_id: UUID) -> HttpResponse:
    """Turn it down, or take the own one back."""
    note = request.POST.get("note", "")
    return _step(
        request,
        _("没有采用，图片已删去。"),
        lambda who: imprints.refuse(who, request.at, seal_id, note),
    )


@door(Can.RULES)
@require_POST
def withdraw(request: Asked, seal_id: UUID) -> HttpResponse:
    """Nobody can set it any more."""
    note = request.POST.get("note", "")
    return _step(
        request,
        _("印章已停用，图片已删去。"),
        lambda who: imprints.withdraw_seal(who, request.at, seal_id, note),
    )


@door(Can.MEMBERS)
@require_POST
def withdraw_signature(request: Asked, member_id: UUID) -> HttpResponse:
    """A member's signature, when they lost it or left."""
    return _step(
        request,
        _("签名图已停用，图片已删去。"),
        lambda who: imprints.withdraw_signature(who, request.at, member_id),
    )


def picked(request: Asked) -> bytes:
    """The uploaded picture; more than may be is not read."""
    given = request.FILES.get("picture")
    return given.read(pictures.MOST_BYTES + 1) if given else b""


def data_address(png: bytes) -> str:
    """The picture for a page of the person who may see it; it has no address of its own."""
    return "data:image/png;base64," + base64.b64encode(png).decode() if png else ""


def _step(request: Asked, done: str, do: Callable[[Who], None]) -> HttpResponse:
    try:
        do(asking(request))
    except Refusal as refused:
        messages.error(request, refused.words)
        return _shown(request, {})
    return go_on(request, done, "seals")


def _shown(request: Asked, wrong: dict[str, str]) -> HttpResponse:
    who = asking(request)
    house = directory.organisation(who.organisation_id)
    papers = queries.paper_choices(house, request.at, language())
    named = dict(papers)
    refused = bool(wrong) or request.method == "POST"
    context: dict[str, Any] = {
        "seals": [
            {
                "row": one.row,
                "state": IMPRINTS[one.row.state],
                "keepers": many(one.keepers),
                "papers": [named.get(code, code) for code in one.row.papers],
                "picture": data_address(imprints.png(one.row)),
                "mine": one.row.made_by_id == who.member_id,
            }
            for one in queries.seals(who)
        ],
        "signatures": queries.signatures(who),
        "papers": papers,
        "members": directory.members(who.organisation_id),
        "typed": {name: request.POST.getlist(name) for name in ("name", "papers", "keepers")},
        "wrong": wrong,
        "tab": "seals",
    }
    return render(request, "web/documents/seals.html", context, status=422 if refused else 200)
