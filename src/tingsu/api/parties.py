"""The register of complainants: recognised by number, found by name, with their cases (IN-3)."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.cases import Complainant
from tingsu.api.door import Call
from tingsu.api.lines import Line, lines
from tingsu.api.place import Place
from tingsu.api.shapes import Asked, Instant, Out
from tingsu.cases.queries import access_party, parties
from tingsu.cases.queries.file import person
from tingsu.people.permission import Can, Who

place = Place("parties")


class Listed(Out):
    """A line of the register."""

    person: Complainant
    cases: int
    last: Instant | None


class Register(Out):
    """Newest first; with ``q`` those with that number, address or name."""

    parties: list[Listed]
    following: str | None


class Wanted(Asked):
    """Whom."""

    q: str = Field("", max_length=100)
    after: str = Field("", max_length=600)


@place.get("/parties", Can.PARTIES, _l("当事人"), Register)
def register(request: Call, wanted: Query[Wanted]) -> Any:
    """A number is looked up exactly: who is calling?"""
    who, query = request.auth.who, wanted.q.replace("\0", "").strip()
    if query:
        exact = {p.id: p for p in [*parties.by_phone(who, query), *parties.by_email(who, query)]}
        found = list(exact.values()) or parties.by_name(who, query)
        return {"parties": _listed(who, parties.listed(found)), "following": None}
    start = cursor.opened("parties", wanted.after)
    before = UUID(start) if start else None
    page = parties.register(who, before=before, size=parties.PAGE + 1)
    shown, more = page[: parties.PAGE], len(page) > parties.PAGE
    following = cursor.sealed("parties", str(shown[-1].party.id) if more else "")
    return {"parties": _listed(who, shown), "following": following}


class WatchLine(Out):
    """An entry of the watch list."""

    kind: str
    reason: str


class Party(Out):
    """One person with what helps in the first minute of a talk (HA-2)."""

    person: Complainant
    cases: list[Line]
    out_of_reach: int
    promises_due: int
    promises_kept: int
    promises_broken: int
    watch: list[WatchLine]
    household: list[Complainant]


@place.get("/parties/{uuid:party_id}", Can.PARTIES, _l("一位当事人"), Party)
def read(request: Call, party_id: UUID) -> Any:
    """Data, cases, promises, watch list, the household."""
    who = request.auth.who
    found = access_party(who, party_id)
    cases = parties.cases_of([found])
    opens = parties.openable(who, cases)
    record = parties.promise_record(found)
    today = timezone.localdate(request.auth.at)
    return {
        "person": person(who, found),
        "cases": lines(who, [case for case in cases if case.id in opens]),
        "out_of_reach": len(cases) - len(opens),
        "promises_due": record.due,
        "promises_kept": record.kept,
        "promises_broken": record.broken,
        "watch": parties.watch_of(found, today),
        "household": [person(who, other) for other in parties.household(who, found)],
    }


def _listed(who: Who, rows: list[Any]) -> list[dict[str, Any]]:
    return [
        {"person": person(who, one.party), "cases": one.cases, "last": one.last} for one in rows
    ]
