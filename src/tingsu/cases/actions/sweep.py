"""What time itself does to a case: clocks warn and run out. Called by the worker."""

from datetime import datetime

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


def breach(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock ran out; None when somebody met it in the meantime."""
    return _tell(clock, at, "clock_breached", {"state": "breached", "late": True})


def warn(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock is about to run out."""
    return _tell(clock, at, "clock_warned", {"warned_at": at})


def _tell(clock: Clock, at: datetime, kind: str, values: dict[str, object]) -> Written | None:
    case = rows_of(Case, id=clock.case_id)[0]

    def plan(_case: Case) -> Plan:
        if row_of(Clock, id=clock.id, state="running") is None:
            raise _Met
        due = clock.due_at.isoformat(timespec="seconds")
        entry = Entry(kind, data={"clock": str(clock.id), "rule": clock.rule, "due": due})
        return Plan([entry], effects=[changing(Clock, values, id=clock.id, state="running")])

    try:
        return write(case, SYSTEM, at, plan)
    except _Met:
        return None


class _Met(Exception):
    """The clock does not run any more."""
