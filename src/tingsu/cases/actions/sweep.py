"""What time itself does to a case: clocks warn, run out, and what follows then. By the worker."""

from collections.abc import Callable
from datetime import datetime

from tingsu.cases._ladder import Follows, follows
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Clock
from tingsu.people.actor import SYSTEM

MOST = 200  # clocks per look, so that a sweep never holds the loop for long


def due(at: datetime) -> tuple[list[Clock], list[Clock]]:
    """Running clocks that have run out, and those that are to be warned about."""
    running = Clock.objects.filter(state="running")
    late = running.filter(due_at__lt=at).order_by("due_at")[:MOST]
    warned = running.filter(warn_at__lte=at, warned_at__isnull=True, due_at__gte=at)
    return list(late), list(warned.order_by("warn_at")[:MOST])


def overdue(at: datetime) -> list[Clock]:
    """Clocks that ran out before and whose next step has come."""
    rows = Clock.objects.filter(state="breached", breach_next__lt=at)
    return list(rows.order_by("breach_next")[:MOST])


def breach(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock ran out, with what follows at once; None when somebody met it in the
    meantime."""

    def plan(case: Case) -> Plan:
        entry = _entry("clock_breached", _still(clock, "running"))
        more = follows(case, clock, at)
        values = {"state": "breached", "late": True, **more.columns}
        update = changing(Clock, values, id=clock.id, state="running")
        return Plan([entry, *more.entries], more.changes, more.rows, [update, *more.effects])

    return _written(clock, at, plan)


def warn(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock is about to run out."""

    def plan(_case: Case) -> Plan:
        entry = _entry("clock_warned", _still(clock, "running"))
        update = changing(Clock, {"warned_at": at}, id=clock.id, state="running")
        return Plan([entry], effects=[update])

    return _written(clock, at, plan)


def follow(clock: Clock, at: datetime) -> Written | None:
    """Take the next steps on the ladder of a clock that ran out; None when it was met, or when
    another worker has taken them."""

    def plan(case: Case) -> Plan:
        now = _still(clock, "breached")
        if now.breach_done != clock.breach_done:
            raise _Met
        more = follows(case, now, at)
        if not case.open:
            more = Follows(more.done, None)
        update = changing(Clock, more.columns, id=clock.id, state="breached")
        return Plan(more.entries, more.changes, more.rows, [update, *more.effects])

    return _written(clock, at, plan)


def _written(clock: Clock, at: datetime, plan: Callable[[Case], Plan]) -> Written | None:
    case = rows_of(Case, id=clock.case_id)[0]
    try:
        return write(case, SYSTEM, at, plan)
    except _Met:
        return None


def _still(clock: Clock, state: str) -> Clock:
    row = row_of(Clock, id=clock.id, state=state)
    if row is None:
        raise _Met
    return row


def _entry(kind: str, clock: Clock) -> Entry:
    due = clock.due_at.isoformat(timespec="seconds")
    return Entry(kind, data={"clock": str(clock.id), "rule": clock.rule, "due": due})


class _Met(Exception):
    """The clock does not stand there any more."""
