"""What is owed until it is done: a proposal taken, extra service, proof, put off, given up; and the
customer asked once more. Calls actions."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy
from ninja import Field

from tingsu.api.codes import MOST_FEN, Gives
from tingsu.api.ending_shapes import OwedLineIn, line_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Text, Whole
from tingsu.cases.actions import ask_again, perform, sign, take_on
from tingsu.cases.queries.ending import result_paper
from tingsu.people.permission import Can

place = Place("owed")


class ProposalBeginIn(In):
    """Which proposal; lines: the same with another day or person, left out they are its own."""

    proposal_id: UUID
    lines: list[OwedLineIn] = Field([], max_length=20)


@place.step("proposal-begin", Can.HANDLE, _l("转入履行"))
def begin(on: Doing, told: ProposalBeginIn) -> Any:
    """The customer agreed: each line is owed from now on."""
    lines = [line_of(one) for one in told.lines]
    return take_on.begin(
        on.case, on.by, on.at, calculation=told.proposal_id, lines=lines, **on.once
    )


class ProposalDropIn(In):
    """Which proposal, and why."""

    proposal_id: UUID
    reason: Text


@place.step("proposal-drop", Can.HANDLE, _l("方案不再采用"))
def drop(on: Doing, told: ProposalDropIn) -> Any:
    """It stays on record."""
    return take_on.drop(
        on.case, on.by, on.at, calculation=told.proposal_id, reason=told.reason, **on.once
    )


class ExtraIn(In):
    """Beyond what is owed: what, what it will cost us in fen, why."""

    gives: Gives
    words: Text = Field(max_length=400)
    cost: Whole = Field(0, ge=0, le=MOST_FEN)
    due_at: Instant | None = None
    member: UUID | None = None
    reason: Text


@place.step("extra", Can.HANDLE, _l("额外服务"))
def extra(on: Doing, told: ExtraIn) -> Any:
    """202 when it costs more than the member may decide."""
    line = line_of(OwedLineIn(**told.dict(exclude={"cost", "reason"})))
    return take_on.plan_extra(
        on.case, on.by, on.at, line=line, cost=told.cost, reason=told.reason, **on.once
    )


class PerformIn(In):
    """What was done and what proves it: a sum with its reference or voucher; who said it and how;
    how it was done. file_id: of a file that the case has. last: nothing of it is left."""

    obligation_id: UUID
    done_at: Instant | None = None
    fen: Whole = Field(0, ge=0, le=MOST_FEN)
    reference: Text = Field("", max_length=120)
    who: Text = Field("", max_length=120)
    how: Text = Field("", max_length=400)
    file_id: UUID | None = None
    last: Flag = True


@place.step("owed-perform", Can.HANDLE, pgettext_lazy("step", "记下履行"))
def done(on: Doing, told: PerformIn) -> Any:
    """In part or whole; the last line of all meets the time limits that wait for a remedy."""
    given = told.dict(exclude={"obligation_id", "done_at"})
    doing = perform.Doing(at=told.done_at, **given)
    return perform.perform(
        on.case, on.by, on.at, obligation_id=told.obligation_id, doing=doing, **on.once
    )


class OwedRefuseIn(In):
    """Which line, what they said, and by which of the pack's grounds ("" for another one)."""

    obligation_id: UUID
    reason: Text
    ground: Text = Field("", max_length=60)


@place.step("owed-refuse", Can.HANDLE, _l("拒绝履行"))
def refuse(on: Doing, told: OwedRefuseIn) -> Any:
    """It stays owed."""
    return perform.refuse(on.case, on.by, on.at, **told.dict(), **on.once)


class OwedWaiveIn(In):
    """Which line, and what the customer said."""

    obligation_id: UUID
    reason: Text


@place.step("owed-waive", Can.HANDLE, _l("不用再履行"))
def waive(on: Doing, told: OwedWaiveIn) -> Any:
    """Only when the customer gave it up, or had it another way."""
    return perform.waive(on.case, on.by, on.at, **told.dict(), **on.once)


class OwedChangeIn(In):
    """Which line, until when now, by whom (null for nobody in particular), and why."""

    obligation_id: UUID
    due_at: Instant
    member: UUID | None = None
    reason: Text


@place.step("owed-change", Can.HANDLE, _l("改期、换人"))
def change(on: Doing, told: OwedChangeIn) -> Any:
    """One that was refused is open again."""
    return perform.change(on.case, on.by, on.at, **told.dict(), **on.once)


class AskAgainIn(In):
    """In which words; "" for ours."""

    text: Text = Field("", max_length=2_000)


@place.step("result-again", Can.HANDLE, _l("再次请客户确认"))
def again(on: Doing, told: AskAgainIn) -> Any:
    """A friendly reminder; the wait begins anew."""
    return ask_again.ask_again(on.case, on.by, on.at, text=told.text, **on.once)


@place.step("result-sign", Can.HANDLE, _l("请客户签字确认"))
def result_sign(on: Doing) -> Any:
    """The customer is asked to put their name to the result (``signings``)."""
    return sign.ask(on.case, on.by, on.at, **result_paper(on.case), **on.once)[0]
