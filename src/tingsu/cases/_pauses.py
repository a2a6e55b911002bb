"""Pausing and resuming a clock, for the steps that do it: by hand, or with a test that was ordered.

Builds entries and effects, writes nothing (HA-14).
"""

from datetime import datetime

from tingsu.cases._clocks import Effect, move_clock
from tingsu.cases._update import changing
from tingsu.cases._write import Entry
from tingsu.cases.models import Case, Clock
from tingsu.core import clock as clocks
from tingsu.packs import calendar_of
from tingsu.people.rulebook import case_pack


def allows(row: Clock, cause: str) -> bool:
    """Whether the source of a clock lets it be paused for this cause."""
    return cause in clocks.from_json(row.explanation).rule.pauses


def pausing(row: Clock, at: datetime, cause: str) -> tuple[Entry, Effect]:
    """A running clock stops."""
    entry = Entry("clock_paused", data={"clock": str(row.id), "rule": row.rule, "cause": cause})
    stands = {"state": "paused", "paused_at": at, "pause_cause": cause}
    return entry, changing(Clock, stands, id=row.id, state="running")


def resuming(case: Case, row: Clock, at: datetime) -> tuple[Entry, Effect]:
    """A paused clock runs on; its end moves by what the pause took from the count."""
    old = clocks.from_json(row.explanation)
    calendar = calendar_of(case_pack(case))
    new = clocks.stretch(old, row.paused_at or at, at, calendar, cause=row.pause_cause)
    moved = {
        "was": old.due_at.isoformat(timespec="seconds"),
        "due": new.due_at.isoformat(timespec="seconds"),
    }
    entry = Entry("clock_resumed", data={"clock": str(row.id), "rule": row.rule, **moved})
    runs = {"state": "running", "paused_at": None, "pause_cause": "", "warned_at": None}
    return entry, move_clock(row, new, **runs)
