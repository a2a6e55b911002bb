"""Complainants: the register, one person with all their cases (HA-2, HA-7, PL-2, SC-7)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.actions import look as looking
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import access_party, parties
from tingsu.cases.queries.file import Person, person
from tingsu.people.actor import acting
from tingsu.people.permission import Can, Who, may
from tingsu.web.case.words import WATCHES, word
from tingsu.web.door import Asked, asking, door
from tingsu.web.parties.words import FIELDS
from tingsu.web.rows import rows

MOST_QUERY = 100


@door(Can.PARTIES)
@require_GET
def register(request: Asked) -> HttpResponse:
    """Newest first; with words the ones with that number, address or name."""
    who = asking(request)
    query = request.GET.get("q", "").strip()[:MOST_QUERY]
    before = _id(request.GET.get("before", ""))
    if query:
        lines, more = parties.listed(_find(who, query)), False
    else:
        page = parties.register(who, before=before, size=parties.PAGE + 1)
        lines, more = page[: parties.PAGE], len(page) > parties.PAGE
    context = {
        "place": "parties",
        "query_people": query,
        "lines": [(line, person(who, line.party)) for line in lines],
        "older_url": f"?before={lines[-1].party.id}" if more else "",
        "newest_url": "?" if before and not query else "",
        "now": request.at,
    }
    return render(request, "web/parties/register.html", context)


@door(Can.PARTIES)
@require_GET
def party(request: Asked, party_id: UUID) -> HttpResponse:
    """One person: data, cases, promises, watch list, the household."""
    who = asking(request)
    return _page(request, who, access_party(who, party_id), {})


@door(Can.UNMASK)
@require_POST
def look(request: Asked, party_id: UUID) -> HttpResponse:
    """Show one value in full, after it is recorded who looked (PL-2)."""
    who = asking(request)
    found = access_party(who, party_id)
    field = request.POST.get("field", "")
    case = parties.case_to_look_through(who, found)
    if case is None or field not in FIELDS:
        words = _("查看要记在一件您经手的投诉上；这位客户的投诉不在您的范围内。")
        return _refused(request, who, found, words)
    try:
        value = looking.look(case, acting(who), request.at, fields=(field,))[field]
    except Refusal as refusal:
        return _refused(request, who, found, refusal.words)
    if request.htmx:
        return render(request, "components/masked.html", {"value": value, "full": True})
    return _page(request, who, found, {field: value})


def _page(
    request: Asked,
    who: Who,
    found: Any,
    seen: dict[str, str],
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    cases = parties.cases_of([found])
    opens = parties.openable(who, cases)
    told = person(who, found)
    context = {
        "place": "parties",
        "person": told,
        "party": found,
        "facts": _facts(told, seen),
        "rows": rows(who, [case for case in cases if case.id in opens]),
        "closed_to_me": len(cases) - len(opens),
        "record": parties.promise_record(found),
        "watch": [
            (entry, word(WATCHES, entry.kind))
            for entry in parties.watch_of(found, localtime(request.at).date())
        ],
        "household": [person(who, other) for other in parties.household(who, found)],
        "may_look": may(who, Can.UNMASK) and bool(opens),
        "trouble": trouble,
        "now": request.at,
    }
    return render(request, "web/parties/party.html", context, status=status)


def _facts(told: Person | None, seen: dict[str, str]) -> list[dict[str, Any]]:
    """Masked values with their words; those looked at in full."""
    if told is None:
        return []
    return [
        {
            "field": field,
            "word": word,
            "value": seen.get(field) or getattr(told, field),
            "full": field in seen,
        }
        for field, word in FIELDS.items()
        if getattr(told, field)
    ]


def _refused(request: Asked, who: Who, found: Any, words: str) -> HttpResponse:
    if request.htmx:
        return render(request, "web/parties/refused.html", {"words": words}, status=422)
    return _page(request, who, found, {}, trouble=words, status=422)


def _find(who: Who, query: str) -> list[Any]:
    exact = {p.id: p for p in [*parties.by_phone(who, query), *parties.by_email(who, query)]}
    return list(exact.values()) or parties.by_name(who, query)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
