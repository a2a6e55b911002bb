"""Tasks over all cases: mine, my department's, those I asked for. Reads case tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tingsu.cases._counted import counted
from tingsu.cases.models import Task
from tingsu.people.permission import Can, Who, may

PAGE = 25
MOST_COUNTED = 999
KINDS: Mapping[str, Callable[[Who], Q]] = {
    "mine": lambda who: Q(state="open", assignee_id=who.member_id),
    "department": lambda who: Q(state="open", department_id__in=who.branch),
    "asked": lambda who: Q(state__in=("open", "answered", "declined"), asked_by_id=who.member_id),
}


@dataclass(frozen=True)
class Tasks:
    """One page, and where the next begins ("" at the end)."""

    rows: list[Task]
    following: str


def kinds_for(who: Who) -> list[str]:
    """Which lists this member has."""
    return [kind for kind in KINDS if kind != "asked" or may(who, Can.HANDLE)]


def page(who: Who, kind: str, *, after: str = "", size: int = PAGE) -> Tasks:
    """The most overdue first; costs the same for any number of tasks."""
    rows = _after(_rows(who, kind), after).order_by("due_at", "id")
    joins = "case__party", "department", "assignee", "asked_by"
    found = list(rows.select_related(*joins)[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    return Tasks(found[:size], f"{last.due_at.isoformat()}~{last.id.hex}" if last else "")


def counts(who: Who) -> dict[str, int]:
    """How many there are in each list, up to MOST_COUNTED."""
    return counted({kind: _rows(who, kind) for kind in kinds_for(who)}, MOST_COUNTED + 1)


def _rows(who: Who, kind: str) -> QuerySet[Task]:
    return Task.objects.filter(KINDS[kind](who), organisation_id=who.organisation_id)


def _after(rows: QuerySet[Task], cursor: str) -> QuerySet[Task]:
    """Rows behind the cursor; one that somebody made up is simply the beginning."""
    try:
        stamp, last = cursor.split("~")
        at, last_id = datetime.fromisoformat(stamp), UUID(last)
    except ValueError:
        return rows
    return rows.filter(due_at__gte=at).filter(Q(due_at__gt=at) | Q(id__gt=last_id))
