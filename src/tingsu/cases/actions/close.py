"""The end of a case, and its new beginning: close, withdraw, cancel, reopen (CL-3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._closing import still_missing
from tingsu.cases._ending import ground_of
from tingsu.cases._guided import mood_first
from tingsu.cases._moves import moving
from tingsu.cases._reopening import reopening
from tingsu.cases._rules import text_of
from tingsu.cases._screening import screened
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.people.actor import Actor

# Handing over is refusing to handle: both are signed alike (HA-18).
REFUSALS = frozenset({Move.REFUSE, Move.TRANSFER})
# Nothing was filed yet: striking it off needs no signature under a closing.
BEFORE_FILING = frozenset({"received", "screening", "incomplete"})


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
        if not given:
            mood_first(case, by)
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

    return write(case, by, at, lambda case: reopening(case, at, said), expected=expected, key=key)


def end(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    move: Move,
    reason: str,
    unit: str = "",
    ground: str = "",
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Withdraw, cancel, refuse or transfer: each ends the case, each with its reason.

    ground: one of those that the pack names for the step, "" for another one. Raises NeedsApproval
    when the pack wants it signed: a filed case is struck off by the same hand that closes (004).
    """
    if move is Move.ARCHIVE:  # the register belongs to it: actions/archive
        raise Refusal(_("这一步有自己的表单。"), code="not_plain")
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明原因。"))
    if move is Move.TRANSFER:
        unit = text_of(unit, "unit", limit=120, ask=_("请写明移送给哪个单位。"))

    def plan(case: Case) -> Plan:
        data = screened(case, move) | ({"unit": unit} if unit else {}) | _ground(case, move, ground)
        step = moving(case, move, at, said, data)
        if kind := signed_as(case, move):
            told = {"move": move.value, "reason": said, "unit": unit, "ground": ground}
            step.entry.data |= signed(case, kind, by, step="end", told=told, given=given)
        return step.plan(outcome=move.value)

    return write(case, by, at, plan, expected=expected, key=key)


def signed_as(case: Case, move: Move) -> str:
    """As what an end is signed, "" for one that never is."""
    if move in REFUSALS:
        return "refusal"
    return "closing" if move is Move.CANCEL and case.state not in BEFORE_FILING else ""


def _ground(case: Case, move: Move, ground: str) -> dict[str, str]:
    """The ground and where it stands, for the entry and the paper. Raises Invalid."""
    if not ground:
        return {}
    found = ground_of(case, move.value, ground)
    if found is None:
        raise Invalid({"ground": _("请从列出的选项中选择。")})
    return {"ground": ground, "basis": found.source}


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
        case, by, at,
        move=Move(told["move"]), reason=told["reason"], unit=told["unit"],
        ground=told.get("ground", ""), given=given,
    )  # fmt: skip
