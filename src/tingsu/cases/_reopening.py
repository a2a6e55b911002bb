"""A new round of a case, asked for by a person or by what a call-back heard. Builds plans, writes
nothing."""

from datetime import datetime

from tingsu.cases._clocks import quiet_until
from tingsu.cases._moves import moving
from tingsu.cases._write import Entry, Plan
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.people.rulebook import case_pack


def reopening(case: Case, at: datetime, said: str) -> Plan:
    """The history of the earlier rounds stays; old answers no longer count (CL-3)."""
    step = moving(case, Move.REOPEN, at, said)
    entry = Entry("reopened", said, {"round": case.round + 1}, public=True)
    return step.plan(
        entry,
        round=case.round + 1,
        closed_at=None,
        confirmed_at=None,
        contacted_at=None,
        restated_at=None,
        outcome="",
        reopen_asked_at=None,
        quiet_until=quiet_until(case_pack(case), at),
    )
