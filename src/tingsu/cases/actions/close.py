"""The end of a case, and its new beginning: close, archive, withdraw, cancel, reopen (CL-3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import quiet_until
from tingsu.cases._closing import still_missing
from tingsu.cases._moves import moving
from tingsu.cases._rules import text_of
from tingsu.cases._screening import screened
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.people.actor import Actor
from tingsu.people.rulebook import case_pack

# Handing over is refusing to handle: both are signed alike (HA-18).
REFUSALS = frozenset({Move.REFUSE, Move.TRANSFER})


def close(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    verdict: str = "",
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Close with a verdict; without the customer's confirmation, with a reason.

    Raises Invalid naming what is missing, so that the form can ask for it there; NeedsApproval
    when the pack wants the closing signed.
    """

    def plan(case: Case) -> Plan:
        step = moving(case, Move.CLOSE, at, reason)
        if problems := still_missing(case, verdict=verdict, reason=reason):
            raise Invalid(problems)
        data = {"verdict": verdict, "confirmed": case.confirmed_at is not None}
        told = {"verdict": verdict, "reason": reason}
        data |= signed(case, "closing", by, step="close", told=told, given=given)
        entry = Entry("closed", reason, data, public=True)
        outcome = "confirmed" if case.confirmed_at else "unconfirmed"
        return step.plan(entry, verdict=verdict, outcome=outcome)

    return write(case, by, at, plan, expected=expected, key=key)


def reopen(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    reason: str,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """A new round; the history of the earlier ones stays. Old answers no longer count."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么要重新打开。"))

    def plan(case: Case) -> Plan:
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

    return write(case, by, at, plan, expected=expected, key=key)


def end(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    move: Move,
    reason: str,
    unit: str = "",
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Withdraw, cancel, refuse, transfer or archive: each ends the case, each with its reason.

    Raises NeedsApproval when the pack wants a refusal signed.
    """
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明原因。"))
    if move is Move.TRANSFER:
        unit = text_of(unit, "unit", limit=120, ask=_("请写明移送给哪个单位。"))

    def plan(case: Case) -> Plan:
        data = screened(case, move) | ({"unit": unit} if unit else {})
        step = moving(case, move, at, said, data)
        if move in REFUSALS:
            told = {"move": move.value, "reason": said, "unit": unit}
            step.entry.data |= signed(case, "refusal", by, step="end", told=told, given=given)
        return step.plan(outcome=move.value)

    return write(case, by, at, plan, expected=expected, key=key)


@carried("close")
def _carry_close(
    case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given
) -> Written:
    return close(case, by, at, verdict=told["verdict"], reason=told["reason"], given=given)


@carried("end")
def _carry_end(
    case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given
) -> Written:
    return end(
        case, by, at, move=Move(told["move"]), reason=told["reason"], unit=told["unit"], given=given
    )
