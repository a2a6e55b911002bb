"""Leading a talk: how far it is by the method, ticks, the call at the promised time, prepared
solutions. Calls actions and queries."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.door import Call
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Out, Text, Whole
from tingsu.cases.actions import guide
from tingsu.cases.actions import promise_call as calls
from tingsu.cases.actions import solution as prepared
from tingsu.cases.queries import here, solutions
from tingsu.packs import say
from tingsu.people.permission import Can

place = Place("leading")
NO_METHOD: dict[str, Any] = {
    "method": "", "stages": [], "now": "", "hints": [], "questions": [], "needs": [], "ahead": "",
}  # fmt: skip


class GuideStage(Out):
    """done | now | later. how: shown (by the case) | ticked | passed; words: of the tick."""

    code: str
    name: str
    mood: bool
    status: str
    how: str
    words: str


class GuideOut(Out):
    """The method of the talk, and what to do and to ask now; empty where there is none. ahead: the
    stage of the matter that was reached while the mood is still open."""

    method: str
    stages: list[GuideStage]
    now: str
    hints: list[str]
    questions: list[str]
    needs: list[str]
    ahead: str


@place.get("/cases/{uuid:case_id}/guide", Can.READ, _l("谈话走到哪一步"), GuideOut)
def guide_read(request: Call) -> Any:
    """Mood before matter (HA-1)."""
    found = here.past(request.auth.case).guided
    if found is None:
        return NO_METHOD
    standing, ticks = found.standing, found.ticks
    now = standing.now
    return {
        "method": _say(found.method.labels),
        "stages": [_stage(one, ticks) for one in standing.places],
        "now": now.code if now else "",
        "hints": [_say(one) for one in now.hints] if now else [],
        "questions": [_say(one) for one in now.questions] if now else [],
        "needs": list(now.needs) if now else [],
        "ahead": standing.ahead.code if standing.ahead else "",
    }


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


def _stage(one: Any, ticks: dict[str, str]) -> dict[str, Any]:
    return {
        "code": one.stage.code,
        "name": _say(one.stage.labels),
        "mood": one.stage.mood,
        "status": one.status,
        "how": one.how,
        "words": ticks.get(one.stage.code, "") if one.how == "ticked" else "",
    }


def _say(labels: Any) -> str:
    return say(labels, get_language() or "zh-hans")
