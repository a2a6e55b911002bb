"""A move of the state, with the clocks it starts, meets and stops. Builds plans, writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tingsu.cases import _callbacks as callbacks
from tingsu.cases._allowed import allowed_by_pack
from tingsu.cases._approvals import void_waiting
from tingsu.cases._archive import taken_out
from tingsu.cases._clocks import clocks_from, ended_by, void_all
from tingsu.cases._documents import proposed
from tingsu.cases._ending import all_over, check_asked, check_ended
from tingsu.cases._plans import lapsing
from tingsu.cases._promises import void_all as void_promises
from tingsu.cases._rules import seen_to
from tingsu.cases._solutions import ended
from tingsu.cases._write import Entry, Plan
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import OPEN, Move, Refused, State, Why, step

# What the clocks of packs call it, where that is not the name of the state reached.
HAPPENINGS = {
    Move.ASK_COMPLETE: "asked_complete",
    Move.REOPEN: "reopened",
    Move.DECIDE: "",  # deciding has begun; nothing is decided yet
}
# What the customer reads on the follow page; the rest is the house's own business.
TOLD = frozenset(State) - {State.MERGED, State.ARCHIVED, State.DECIDING}


@dataclass
class Moving:
    """The parts of a move, to be joined with what the action adds."""

    target: State
    entry: Entry
    changes: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    effects: list[Callable[[], object]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)  # for whichever entry comes first

    def plan(
        self,
        *entries: Entry,
        rows: Iterable[models.Model] = (),
        effects: Iterable[Callable[[], object]] = (),
        **changes: Any,
    ) -> Plan:
        """The whole plan: the move's entry first, unless the action gives its own entries."""
        said = list(entries) or [self.entry]
        said[0].data |= self.told
        return Plan(
            said,
            {**self.changes, **changes},
            [*self.rows, *rows],
            [*self.effects, *effects],
        )


def moving(
    case: Case,
    move: Move,
    at: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
    *,
    chosen: bool = True,
) -> Moving:
    """The move from where the case stands. Raises Refusal when the table or the pack forbids it.

    chosen: a person decides on it; not so where it follows from what the customer did."""
    target = stepped(case, move)
    if chosen:
        allowed_by_pack(case, move, reason)
    told = {"move": move.value, "from": case.state, "to": target.value}
    entry = Entry("moved", reason, told | (data or {}), public=target in TOLD)
    result = Moving(target, entry, {"state": target.value, "open": target in OPEN})
    happening = HAPPENINGS.get(move, target.value)
    result.effects += ended_by(case, happening, at=at)
    papers = proposed(case, happening, at, reason, data)
    result.rows += papers.rows
    result.changes |= papers.changes
    entry.data |= papers.data
    if case.state == State.CONFIRMING:
        result.effects.append(check_ended(case, "void"))
    if target is State.CONFIRMING:
        result.rows += check_asked(case, at)
    if target in OPEN:
        _goes_on(result, case, happening, at)
    else:
        _ends(result, case, happening, at)
    result.effects += ended(case, move)
    return result


def _goes_on(result: Moving, case: Case, happening: str, at: datetime) -> None:
    """Somebody has it in hand, or has it again; new clocks run."""
    result.changes |= seen_to(case, at)
    result.rows += clocks_from(case, happening, at)
    if case.callback_at:  # it is open again: nobody need ask how it went
        result.changes["callback_at"] = None
        result.effects.append(callbacks.void_all(case, at))
    if case.state == State.ARCHIVED:
        result.effects.append(taken_out(case, at, "reopened"))


def _ends(result: Moving, case: Case, happening: str, at: datetime) -> None:
    """Whatever still ran or waited is over with it."""
    result.changes |= {"closed_at": at}
    result.effects.append(void_all(case.id, at))
    if result.target is not State.MERGED:  # there the customer still waits
        result.effects.append(void_promises(case.id))
    result.effects += lapsing(case, at, "void")
    if case.ending:
        result.changes |= {"owed_open": 0}
        result.effects.append(all_over(case, at))
    if case.approvals_waiting:
        result.changes |= {"approvals_waiting": 0}
        result.effects.append(void_waiting(case))
    _call_back(result, case, happening, at)


def _call_back(result: Moving, case: Case, happening: str, at: datetime) -> None:
    """The plan of call-backs belongs to the end itself: never one without the other (FU-1)."""
    rows = callbacks.planned(case, happening, at)
    if rows:
        result.rows += rows
        result.changes["callback_at"] = min(row.due_at for row in rows)
        result.told["callbacks"] = [row.due_at.isoformat(timespec="seconds") for row in rows]


def stepped(case: Case, move: Move) -> State:
    """The state after the move. Raises Refusal with words for the person."""
    before = State(case.state_before) if case.state_before else None
    try:
        return step(State(case.state), move, before=before)
    except Refused as refused:
        raise Refusal(_words(refused.why), code="not_from_here") from refused


def _words(why: Why) -> str:
    return {
        Why.ALREADY: _("这一步已经做过了。"),
        Why.OPEN: _("这件投诉还没办完，先办结才能做这一步。"),
        Why.ENDED: _("这件投诉已经结束。需要继续处理时，请先重新打开。"),
        Why.MERGED: _("这件投诉已并入另一件，请到主件里处理。"),
        Why.NOT_FROM_HERE: _("现在这个阶段还不能做这一步。"),
        Why.BEFORE_MISSING: _("找不到并案之前的状态，无法拆开。"),
    }[why]
