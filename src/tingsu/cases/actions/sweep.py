"""What time itself does to a case: clocks warn and run out. Called by the worker."""

from datetime import datetime

from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Clock
from tingsu.people.actor import SYSTEM


def breach(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock ran out; None when somebody met it in the meantime."""
    return _tell(clock, at, "clock_breached", {"state": "breached", "late": True})


def warn(clock: Clock, at: datetime) -> Written | None:
    """Record that a clock is about to run out."""
    return _tell(clock, at, "clock_warned", {"warned_at": at})


def _tell(clock: Clock, at: datetime, kind: str, values: dict[str, object]) -> Written | None:
    running = Clock.objects.filter(id=clock.id, state="running")

    def plan(_case: Case) -> Plan:
        if not running.exists():
            raise _Met
        due = clock.due_at.isoformat(timespec="seconds")
        entry = Entry(kind, data={"clock": str(clock.id), "rule": clock.rule, "due": due})
        return Plan([entry], effects=[lambda: running.update(**values)])

    try:
        return write(Case.objects.get(id=clock.case_id), SYSTEM, at, plan)
    except _Met:
        return None


class _Met(Exception):
    """The clock does not run any more."""
