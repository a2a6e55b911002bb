"""Steps of leading a talk: ticks in the method, the call at the promised time, prepared solutions.
Each calls its action."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Text, Whole
from tingsu.cases.actions import guide
from tingsu.cases.actions import promise_call as calls
from tingsu.cases.actions import solution as prepared
from tingsu.cases.queries import solutions
from tingsu.people.permission import Can

place = Place("leading")


class TickIn(In):
    """stage: its code in the method of the talk; text: how it was done."""

    stage: Text
    text: Text


@place.step("guide-tick", Can.RECORD, _l("这一步做过了"))
def guide_tick(on: Doing, told: TickIn) -> Any:
    """A stage that the case cannot show by itself."""
    return guide.tick(on.case, on.by, on.at, stage=told.stage, text=told.text, **on.once)


class UntickIn(In):
    """stage: its code."""

    stage: Text


@place.step("guide-untick", Can.RECORD, _l("取消打勾"))
def guide_untick(on: Doing, told: UntickIn) -> Any:
    """Only ticks made by hand."""
    return guide.untick(on.case, on.by, on.at, stage=told.stage, **on.once)


class CallIn(In):
    """result: what came of it. due_at: the new time of one that is moved; reason: of one that is
    moved or broken; mood: anger 0 to 4 afterwards."""

    promise_id: UUID
    result: Literal["kept", "moved", "broken", "unreached"]
    text: Text
    reason: Text = ""
    due_at: Instant | None = None
    mood: Whole | None = Field(None, ge=0, le=4)


@place.step("promise-call", Can.HANDLE, _l("到点回话"))
def promise_call(on: Doing, told: CallIn) -> Any:
    """The call at the promised time and its result, in one go."""
    given = told.dict()
    row = given.pop("promise_id")
    call = calls.Told(**given)
    return calls.call(on.case, on.by, on.at, promise_id=row, told=call, **on.once)


class UseIn(In):
    """Which prepared solution."""

    solution_id: UUID


@place.step("solution-use", Can.HANDLE, _l("用这个预案"))
def solution_use(on: Doing, told: UseIn) -> Any:
    """How it did, the end of the case says."""
    row = solutions.one(on.who, told.solution_id)
    return prepared.use(on.case, on.by, on.at, solution=row, **on.once)
