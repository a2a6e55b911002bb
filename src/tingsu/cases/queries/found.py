"""Search for the faces: hits as cases with the words around them (issue: search; ui.md ``/``)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from tingsu.cases import search as index
from tingsu.cases.models import Case, Event
from tingsu.cases.queries import lists, parties
from tingsu.cases.queries.access import reached
from tingsu.people.permission import Who

PAGE = 25


@dataclass(frozen=True)
class Found:
    """A case and the text in which it was found."""

    case: Case
    text: str


@dataclass(frozen=True)
class Hits:
    """One page of hits and where the next begins ("" at the end)."""

    hits: list[Found]
    following: str


def search(who: Who, query: str, wanted: lists.Filter, *, after: str = "") -> Hits:
    """Number, name, phone or anything said. A phone number is looked up exactly, over the blind
    index, and its cases come first; a made-up cursor is simply the beginning."""
    allowed = lists.ids_matching(who, wanted)
    by_number = [] if after else _by_phone(who, query, wanted)
    try:
        hits = index.find(
            who.organisation_id, query, filters=allowed, limit=PAGE, before=after or None
        )
    except index.BadCursor:
        hits = index.find(who.organisation_id, query, filters=allowed, limit=PAGE)
    cases = {case.id: case for case in _cases([hit.case_id for hit in hits])}
    texts = dict(Event.objects.filter(id__in=[h.event_id for h in hits]).values_list("id", "text"))
    found = [Found(case, "") for case in by_number]
    first = {case.id for case in by_number}
    found += [
        Found(cases[hit.case_id], texts.get(hit.event_id, ""))
        for hit in hits
        if hit.case_id in cases and hit.case_id not in first
    ]
    return Hits(found, hits[-1].cursor if len(hits) == PAGE else "")


def by_number(who: Who, typed: str, most: int = 6) -> list[Case]:
    """Cases whose number ends with what was typed, newest first, for the palette."""
    digits = typed.strip().upper()
    if len(digits) < 3:
        return []
    rows = reached(who).filter(Q(number__endswith=digits) | Q(number=digits))
    return list(rows.order_by("-received_at")[:most])


def recent(who: Who, most: int = 6) -> list[Case]:
    """The own cases that are due first, for the empty palette."""
    return lists.page(who, lists.Filter(queue="mine"), size=most).rows


def _by_phone(who: Who, query: str, wanted: lists.Filter) -> list[Case]:
    people = parties.by_phone(who, query)
    if not people:
        return []
    rows = lists.ids_matching(who, wanted).filter(party__in=people)
    return list(rows.order_by("-received_at")[:PAGE])


def _cases(ids: list[UUID]) -> list[Case]:
    return list(Case.objects.filter(id__in=ids).select_related("party", "owner", "queue"))
