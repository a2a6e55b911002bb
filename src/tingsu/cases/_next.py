"""The date on which somebody must look again (IN-10). Touches clocks, promises, tasks (read)."""

from datetime import datetime
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from tingsu.cases.models import Case, Clock, Promise, Task


def refresh_next(case: Case) -> dict[str, Any]:
    """Set the earliest of all that the case owes; returns the changed columns."""
    if not case.open:
        case.next_at, case.next_kind = None, ""
    else:
        case.next_at, case.next_kind = _earliest(case)
    return {"next_at": case.next_at, "next_kind": case.next_kind}


def _earliest(case: Case) -> tuple[datetime | None, str]:
    owed = (
        Case.objects.filter(id=case.id)
        .annotate(
            # One that ran out stays the first thing to do until it is met.
            clock=_first(Clock.objects.filter(state__in=("running", "breached"))),
            promise=_first(Promise.objects.filter(state="due")),
            task=_first(Task.objects.filter(state="open")),
        )
        .values("clock", "promise", "task")
        .get()
    )
    dates: dict[str, Any] = {**owed, "quiet": case.quiet_until, "plan": case.planned_at}
    found: list[tuple[datetime, str]] = [(at, kind) for kind, at in dates.items() if at]
    return min(found, default=(None, ""))


def _first(rows: QuerySet[Any]) -> Subquery:
    owed = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(owed.annotate(first=Min("due_at")).values("first"))
