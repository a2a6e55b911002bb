"""What follows when a clock of a case runs out, and how far it has come. Reads packs."""

from dataclasses import dataclass
from datetime import datetime

from tingsu.cases._ladder import steps_of
from tingsu.cases.models import Case, Clock
from tingsu.core.overdue import Step, hour_of
from tingsu.people.rulebook import case_pack


@dataclass(frozen=True)
class Rung:
    """One step with its hour."""

    step: Step
    at: datetime
    done: bool


def ladder(case: Case, clock: Clock) -> list[Rung]:
    """All steps, those that were taken first."""
    days = case_pack(case).calendar
    return [
        Rung(step, hour_of(step, clock.due_at, days), number < clock.breach_done)
        for number, step in enumerate(steps_of(case, clock))
    ]
