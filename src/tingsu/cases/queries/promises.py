"""Promises for the screens: the call at the promised time, what is late, how many are kept (HA-7).
Reads; bounded work at any number of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from tingsu.cases._authority import deciders
from tingsu.cases.models import Case, Event, Promise, PromiseFigure
from tingsu.cases.queries.access import near
from tingsu.cases.queries.here import HASHES
from tingsu.people.models import Department, Member
from tingsu.people.permission import Can, NotThere, Reach, Who, reaches

LOOKED = 300  # promises, those that are due first
SHOWN = 50
NEWS = (
    "task_answered issue_found inquiry_done remedy_proposed plan_offered offer_accepted remedy_done"
    " document_issued customer_added customer_objected replied note happened"
).split()
MOST_NEWS = 8
COUNTED = ("kept", "late", "broken", "moved")
MOST_ROWS = 100


@dataclass(frozen=True)
class Share:
    """How the promises of one person, team or pack ended."""

    name: str
    kept: int = 0
    late: int = 0
    broken: int = 0
    moved: int = 0

    @property
    def ended(self) -> int:
        """Those that count for or against."""
        return self.kept + self.late + self.broken

    @property
    def percent(self) -> int | None:
        """Of a hundred that ended, how many were kept in time; None where none ended."""
        return round(100 * self.kept / self.ended) if self.ended else None


def due_one(case: Case, promise_id: UUID) -> Promise:
    """A promise of the case, with who made it. Raises NotThere."""
    rows = Promise.objects.filter(case=case, id=promise_id)
    found = rows.select_related("made_by", "agreed_by").first()
    if found is None:
        raise NotThere
    return found


def news_since(case: Case, promise: Promise) -> list[Event]:
    """What there is to tell since the promise was made, newest first."""
    rows = Event.objects.filter(case=case, kind__in=NEWS, at__gte=promise.made_at)
    return list(rows.defer(*HASHES).order_by("-seq")[:MOST_NEWS])


def tries(case: Case, promise: Promise) -> int:
    """How often nobody answered since the promise was made, of the last calls."""
    rows = Event.objects.filter(case=case, kind="contact", at__gte=promise.made_at)
    return sum(not data.get("reached", True) for data in rows.values_list("data", flat=True)[:20])


def late(who: Who, until: datetime) -> list[Promise]:
    """Promises that are due by then, in reach, the most urgent first."""
    wide = reaches(who, Can.ASSIGN)
    rows = Promise.objects.filter(
        organisation_id=who.organisation_id, state="due", due_at__lt=until, case__open=True
    ).select_related("case", "case__party", "made_by")
    found = rows.order_by("due_at", "id")[:LOOKED]
    return [one for one in found if near(who, one.case, wide)][:SHOWN]


def shares(who: Who, since: date, until: date) -> dict[str, list[Share]]:
    """By person, team and pack (``member``, ``department``, ``pack``), the least kept first, and
    all together (``all``). Packs by their id."""
    rows = PromiseFigure.objects.filter(
        organisation_id=who.organisation_id, day__gte=since, day__lte=until
    )
    if Reach.ALL not in reaches(who, Can.ASSIGN):
        rows = rows.filter(department_id__in=who.branch)
    people: Any = dict(_summed(rows, "member_id"))
    teams: Any = dict(_summed(rows, "department_id"))
    named = dict(Member.objects.filter(id__in=people).values_list("id", "name"))
    called = dict(Department.objects.filter(id__in=teams).values_list("id", "name"))
    packs = [Share(str(key), **values) for key, values in _summed(rows, "pack")]
    total = {name: sum(getattr(one, name) for one in packs) for name in COUNTED}
    return {
        "all": [Share("", **total)],
        "member": _ordered(Share(named[key], **values) for key, values in people.items()),
        "department": _ordered(Share(called[key], **values) for key, values in teams.items()),
        "pack": _ordered(packs),
    }


def askable(organisation_id: UUID) -> list[Member]:
    """Who can agree to what is beyond the authority of others."""
    return deciders(organisation_id)


def _summed(rows: QuerySet[PromiseFigure], by: str) -> list[tuple[UUID | str, dict[str, int]]]:
    found = rows.values(by).annotate(**{f"n_{name}": Sum(name) for name in COUNTED}).order_by(by)
    return [(row[by], {name: row[f"n_{name}"] for name in COUNTED}) for row in found]


def _ordered(rows: Iterable[Share]) -> list[Share]:
    """Those of whom something can be said first, the least kept on top."""

    def worst(one: Share) -> tuple[bool, int, int, str]:
        return one.percent is None, one.percent or 0, -one.ended, one.name

    return sorted(rows, key=worst)[:MOST_ROWS]
