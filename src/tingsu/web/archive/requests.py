"""What persons ask of their data: recorded, decided by another, done. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_party
from tingsu.cases.queries.file import person as as_seen
from tingsu.followup import queries
from tingsu.followup.actions import export, person
from tingsu.people.actor import acting
from tingsu.people.permission import Can, may
from tingsu.web.archive.handing import handed_out
from tingsu.web.archive.words import KINDS, REQUESTS, ground_words
from tingsu.web.door import Asked, asking, door


@door(Can.PARTIES)
@require_GET
def listed(request: Asked) -> HttpResponse:
    """All requests, the newest first, with the day by which each is answered."""
    who, after = asking(request), request.GET.get("after", "")
    found = queries.requests(who, after=after)
    context = {
        "place": "parties",
        "now": request.at,
        "rows": [_shown(who, row) for row in found.rows],
        "following": found.following,
        "after": after,
    }
    return render(request, "web/archive/requests.html", context)


@door(Can.PARTIES)
def ask(request: Asked, party_id: UUID) -> HttpResponse:
    """Record what a person asks; POST keeps it, a refusal keeps what was typed."""
    who = asking(request)
    party = access_party(who, party_id)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            row = person.ask(
                party, acting(who), request.at, kind=request.POST.get("kind", ""),
                checked=request.POST.get("checked", ""), words=request.POST.get("words", ""),
            )  # fmt: skip
        except Invalid as refusal:
            wrong = refusal.fields
        except Refusal as refusal:
            wrong = {"": refusal.words}
        else:
            messages.success(request, _("已登记，等另一位决定。"))
            return _to(reverse("person_request", args=[row.id]))
    context = {
        "place": "parties",
        "party": party,
        "person": as_seen(who, party),
        "kinds": KINDS,
        "typed": request.POST,
        "wrong": wrong,
    }
    return render(request, "web/archive/ask.html", context, status=422 if wrong else 200)


@door(Can.PARTIES)
@require_GET
def one(request: Asked, request_id: UUID) -> HttpResponse:
    """One request: what stands in the way, what was decided."""
    return _page(request, request_id)


@door(Can.DISPOSE)
@require_POST
def decide(request: Asked, request_id: UUID) -> HttpResponse:
    """The second person agrees or not."""
    who, note = asking(request), request.POST.get("note", "")
    row = queries.access_request(who, request_id, Can.DISPOSE)
    approved = request.POST.get("do") == "approve"
    try:
        person.decide(row, acting(who), request.at, approved=approved, note=note)
    except Refusal as refusal:
        return _page(request, request_id, wrong=refusal.words, note=note)
    words = _("已同意，后台马上处理。") if approved else _("已记下，请把原因告诉当事人。")
    messages.success(request, words)
    return _to(reverse("person_request", args=[row.id]))


@door(Can.UNMASK)
@require_GET
def take(request: Asked, request_id: UUID) -> HttpResponse:
    """The copy for the person; who took it is on record in every case of theirs."""
    who = asking(request)
    row = queries.access_request(who, request_id, Can.UNMASK)
    file = export.take(row, acting(who), request.at)
    name = f"personal-data-{row.id.hex[:8]}.zip"
    return handed_out(file, name, "application/zip")


def _page(request: Asked, request_id: UUID, wrong: str = "", note: str = "") -> HttpResponse:
    who = asking(request)
    row = queries.access_request(who, request_id)
    grounds = queries.grounds(row, request.at)
    context = {
        "place": "parties",
        "now": request.at,
        **_shown(who, row),
        "grounds": [ground_words(one) for one in grounds],
        "may_decide": row.state == "waiting"
        and may(who, Can.DISPOSE)
        and row.asked_by_id != who.member_id,
        "own": row.state == "waiting" and row.asked_by_id == who.member_id,
        "may_take": bool(row.stored_as) and may(who, Can.UNMASK),
        "wrong": wrong,
        "note": note,
    }
    return render(request, "web/archive/request.html", context, status=422 if wrong else 200)


def _shown(who: Any, row: Any) -> dict[str, Any]:
    found = as_seen(who, row.party)
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "state": REQUESTS[row.state],
        "name": found.name if found and not row.party.erased_at else "",
    }


def _to(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
