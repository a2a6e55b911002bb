"""Time limits: read with their explanation; paused, resumed, lengthened; what they wait for."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Out, Text
from tingsu.cases.actions import clock as clocks_of
from tingsu.cases.actions import extend as extending
from tingsu.cases.actions import happen as happening
from tingsu.cases.explain import explain_text, source_words
from tingsu.cases.queries import file
from tingsu.core import clock as clocks
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack

place = Place("times")


class Clock(Out):
    """A time limit. ``why``: how the date came about. ``review``: its rule is to be reviewed."""

    id: UUID
    rule: str
    label: str
    state: str
    started_at: Instant
    due_at: Instant
    ended_at: Instant | None
    late: bool
    provisional: bool
    duty: str
    source: str
    why: str
    pauses: list[str]


class Clocks(Out):
    """All of a case, those that run first."""

    clocks: list[Clock]


@place.get("/cases/{uuid:case_id}/clocks", Can.READ, _l("时限和依据"), Clocks)
def listing(request: Call) -> Any:
    """Each with its count in words and its source."""
    case = request.auth.case
    return {"clocks": [_clock(case, row) for row in file.clocks(case)]}


class PauseIn(In):
    """Which time limit, and one of the causes that its source names (``pauses``)."""

    clock_id: UUID
    cause: Text


@place.step("clock-pause", Can.HANDLE, _l("暂停时限"))
def clock_pause(on: Doing, told: PauseIn) -> Any:
    """It stands still until it is resumed."""
    return clocks_of.pause(on.case, on.by, on.at, **told.dict(), **on.once)


class ResumeIn(In):
    """Which time limit."""

    clock_id: UUID


@place.step("clock-resume", Can.HANDLE, _l("恢复时限"))
def clock_resume(on: Doing, told: ResumeIn) -> Any:
    """Its end moves by the pause."""
    return clocks_of.resume(on.case, on.by, on.at, **told.dict(), **on.once)


class ExtendIn(In):
    """Which time limit, and why; how long the source says."""

    clock_id: UUID
    reason: Text


@place.step("clock-extend", Can.HANDLE, _l("延长时限"))
def clock_extend(on: Doing, told: ExtendIn) -> Any:
    """Only as often and as long as its source allows. 202 when a signature is needed first."""
    return extending.extend(on.case, on.by, on.at, **told.dict(), **on.once)


class HappenIn(In):
    """What happened outside, and when (now, if nothing is said)."""

    event: Text
    happened_at: Instant | None = None
    text: Text = ""


@place.step("happen", Can.HANDLE, _l("记下时限等的事"))
def happen(on: Doing, told: HappenIn) -> Any:
    """Time limits that wait for it are met on its day."""
    return happening.happen(on.case, on.by, on.at, **told.dict(), **on.once)


def _clock(case: Any, row: Any) -> dict[str, Any]:
    deadline = clocks.from_json(row.explanation)
    return {
        "label": case_pack(case).clock_label(row.rule, get_language() or "zh-hans"),
        "duty": deadline.rule.duty,
        "source": source_words(deadline),
        "why": explain_text(deadline),
        "pauses": sorted(deadline.rule.pauses),
        **{name: getattr(row, name) for name in _PLAIN},
    }


_PLAIN = "id rule state started_at due_at ended_at late provisional".split()
