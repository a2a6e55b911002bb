"""Disposals: proposed by one, approved by another, their record. Reads queries, no models."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.errors import Refusal
from tingsu.cases.queries import archive
from tingsu.followup import queries
from tingsu.followup.actions import dispose
from tingsu.people.actor import acting
from tingsu.people.permission import Can, may
from tingsu.web.archive.register import register_page
from tingsu.web.archive.words import DISPOSALS
from tingsu.web.door import Asked, asking, door


@door(Can.ARCHIVE)
@require_GET
def listed(request: Asked) -> HttpResponse:
    """All lists, the newest first."""
    rows = [(row, DISPOSALS[row.state]) for row in queries.disposals(asking(request))]
    context = {"place": "archive", "rows": rows, "now": request.at}
    return render(request, "web/archive/disposals.html", context)


@door(Can.DISPOSE)
@require_POST
def propose(request: Asked) -> HttpResponse:
    """Put the ticked files up for disposal; what was typed stays where it is refused."""
    who = asking(request)
    ids = {found for one in request.POST.getlist("entry")[:600] if (found := _id(one))}
    reason = request.POST.get("reason", "")
    try:
        row = dispose.propose(archive.chosen(who, ids), acting(who), request.at, reason=reason)
    except Refusal as refusal:
        return register_page(request, which="due", wrong=refusal.words, reason=reason, picked=ids)
    messages.success(request, _("销毁清单已提出，等另一位批准。"))
    return _to(reverse("disposal", args=[row.id]))


@door(Can.ARCHIVE)
@require_GET
def one(request: Asked, disposal_id: UUID) -> HttpResponse:
    """The record: who, when, on what ground, which files."""
    return _page(request, disposal_id)


@door(Can.DISPOSE)
@require_POST
def decide(request: Asked, disposal_id: UUID) -> HttpResponse:
    """The second person approves or sends it back."""
    who, note = asking(request), request.POST.get("note", "")
    row = queries.access_disposal(who, disposal_id, Can.DISPOSE)
    approved = request.POST.get("do") == "approve"
    try:
        dispose.decide(row, acting(who), request.at, approved=approved, note=note)
    except Refusal as refusal:
        return _page(request, disposal_id, wrong=refusal.words, note=note)
    words = _("已批准，后台逐件销毁，记录永久保存。") if approved else _("已退回。")
    messages.success(request, words)
    return _to(reverse("disposal", args=[row.id]))


def _page(request: Asked, disposal_id: UUID, wrong: str = "", note: str = "") -> HttpResponse:
    who = asking(request)
    row = queries.access_disposal(who, disposal_id)
    context = {
        "place": "archive",
        "now": request.at,
        "row": row,
        "state": DISPOSALS[row.state],
        "items": row.items.order_by("number"),
        "may_decide": row.state == "proposed"
        and may(who, Can.DISPOSE)
        and row.proposed_by_id != who.member_id,
        "own": row.proposed_by_id == who.member_id,
        "wrong": wrong,
        "note": note,
    }
    return render(request, "web/archive/disposal.html", context, status=422 if wrong else 200)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _to(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
