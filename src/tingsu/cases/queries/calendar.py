"""What is due on which day, holiday notices, and what they move. Bounded work for any number."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tingsu.cases.models import CalendarNotice, Clock, ClockMove
from tingsu.cases.queries import lists
from tingsu.core.calendar import Calendar
from tingsu.people.permission import Can, NotThere, Reach, Who, may, reaches

MOST = 5_000  # dates looked at for one page; behind that the days are told without numbers
PAGE = 50


@dataclass(frozen=True)
class Ahead:
    """How many time limits run out on which day. complete: whether all were counted."""

    on: dict[date, int]
    complete: bool
    last: date | None  # the last day that was counted


@dataclass(frozen=True)
class Moves:
    """One page of what a notice moves."""

    rows: list[ClockMove]
    following: str


def scopes(who: Who) -> list[str]:
    """Whose dates this member may look at: the own ones, the team's, those of all."""
    if not may(who, Can.READ):
        return []
    found = ["mine"] if may(who, Can.HANDLE) else []
    found += ["team"] if may(who, Can.ASSIGN) else []
    return found + (["all"] if Reach.ALL in reaches(who, Can.READ) else [])


def ahead(who: Who, scope: str, calendar: Calendar, start: datetime, end: datetime) -> Ahead:
    """The running time limits that end between two instants, by local day."""
    rows = _running(who, scope, start, end).order_by("due_at", "id")
    dates = list(rows.values_list("due_at", flat=True)[: MOST + 1])
    complete = len(dates) <= MOST
    days = [calendar.day_of(at) for at in dates]
    last = days[-1] if days else None
    if not complete:  # the last day may go on behind what was looked at
        days = [day for day in days if day != last]
    return Ahead(dict(Counter(days)), complete, last)


def due(
    who: Who, scope: str, start: datetime, end: datetime, after: str = ""
) -> tuple[list[Clock], str]:
    """The running time limits that end between two instants, a page at a time, and where the next
    page begins."""
    rows = _running(who, scope, start, end)
    with suppress(ValueError):
        at, last = after.split("~")
        since = datetime.fromisoformat(at)
        rows = rows.filter(due_at__gte=since).filter(Q(due_at__gt=since) | Q(id__gt=UUID(last)))
    found = list(
        rows.select_related("case__owner", "case__party").order_by("due_at", "id")[: PAGE + 1]
    )
    more = len(found) > PAGE
    end_of_page = found[PAGE - 1] if more else None
    following = f"{end_of_page.due_at.isoformat()}~{end_of_page.id.hex}" if end_of_page else ""
    return found[:PAGE], following


def _running(who: Who, scope: str, start: datetime, end: datetime) -> QuerySet[Clock]:
    rows = Clock.objects.filter(
        organisation_id=who.organisation_id, state="running", due_at__gte=start, due_at__lt=end
    )
    if scope == "all":  # offered only to those who reach every case of the organisation
        return rows
    own = lists.queue_of(who, scope).select_related(None).order_by()
    return rows.filter(case_id__in=own.values("id"))


def notices(organisation_id: UUID, most: int = 20) -> list[CalendarNotice]:
    """The notices of an organisation, newest first."""
    rows = CalendarNotice.objects.filter(organisation_id=organisation_id)
    return list(rows.select_related("made_by", "applied_by").order_by("-id")[:most])


def access_notice(who: Who, notice_id: UUID) -> CalendarNotice:
    """A notice of the own organisation. Raises NotThere."""
    rows = CalendarNotice.objects.select_related("made_by", "applied_by", "organisation")
    found = rows.filter(organisation_id=who.organisation_id, id=notice_id).first()
    if found is None:
        raise NotThere
    return found


def moves(notice: CalendarNotice, rule: str = "", after: str = "") -> Moves:
    """What a notice moves, a page at a time. rule: of one clock alone."""
    rows = ClockMove.objects.filter(notice_id=notice.id).select_related("case")
    if rule:
        rows = rows.filter(rule=rule)
    with suppress(ValueError):  # a cursor that somebody made up is simply the beginning
        rows = rows.filter(id__gt=UUID(after)) if after else rows
    found = list(rows.order_by("id")[: PAGE + 1])
    more = len(found) > PAGE
    return Moves(found[:PAGE], found[PAGE - 1].id.hex if more else "")
