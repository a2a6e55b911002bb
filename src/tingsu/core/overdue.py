"""Touches nothing: what follows when a clock has run out, step by step (HA-10, HA-14).

Each step has its hour, counted from the end of the clock. Those whose hour has come are taken in
their order, each once; a clock that is met takes no more of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tingsu.core import clock as clocks
from tingsu.core.calendar import Calendar
from tingsu.core.clock import ClockRule, Span

DEEDS = ("report", "escalate", "task")
"""report: who answered for it is written down for the reports; escalate: the next one up the ladder
takes the case over; task: somebody is asked, with a date, to see to it."""

LADDER = ("supervisor", "head")
"""Who a case goes up to, rung by rung."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that follows. after: so long behind the end, None for at once; within: how long
    whoever is asked has."""

    do: str
    to: str = ""  # one of LADDER
    after: Span | None = None
    within: Span | None = None


def hour_of(step: Step, due_at: datetime, calendar: Calendar) -> datetime:
    """When a step is to be taken."""
    return due_at if step.after is None else later(due_at, step.after, calendar)


def later(at: datetime, length: Span, calendar: Calendar) -> datetime:
    """So long after an instant, as clocks count it."""
    rule = ClockRule("overdue", "breached", length.n, length.unit, date.min)
    return clocks.start(rule, at, calendar).due_at


def ready(
    steps: Sequence[Step], done: int, due_at: datetime, now: datetime, calendar: Calendar
) -> tuple[list[Step], datetime | None]:
    """The steps to take now, behind those that are done, and the hour of the next; None after the
    last."""
    waiting = list(steps[done:])
    taken: list[Step] = []
    while waiting and hour_of(waiting[0], due_at, calendar) < now:
        taken.append(waiting.pop(0))
    return taken, hour_of(waiting[0], due_at, calendar) if waiting else None
