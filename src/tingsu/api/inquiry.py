"""Looking into a case: who does and who keeps away, the plan, talks, evidence. Calls actions."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.api.moves import member_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Text
from tingsu.cases.actions import evidence as pieces
from tingsu.cases.actions import inquiry, minutes, ties
from tingsu.cases.errors import Refusal
from tingsu.people.permission import Can

place = Place("investigation")
Capacity = Literal["complainant", "respondent", "staff", "witness", "expert", "other"]


def _one(on: Doing, chosen: UUID) -> Any:
    """A member that must be named. Raises Refusal."""
    found = member_of(on, chosen, "member")
    if found is None:
        raise Refusal(_("请选择是哪一位。"), "member", "missing")
    return found


class InquiryPlanIn(In):
    """What is to be found out, by whom, by when."""

    what: Text
    member: UUID | None = None
    due_at: Instant | None = None


@place.step("inquiry-plan", Can.RECORD, _l("列入调查计划"))
def plan(on: Doing, told: InquiryPlanIn) -> Any:
    """The case comes up again on that day."""
    who = member_of(on, told.member, "member")
    return inquiry.plan_point(
        on.case, on.by, on.at, what=told.what, who=who, due_at=told.due_at, **on.once
    )


class InquiryPointIn(In):
    """What was found out; dropped: why it need not be any more."""

    point_id: UUID
    result: Text
    dropped: Flag = False


@place.step("inquiry-point", Can.RECORD, _l("查到的情况"))
def point(on: Doing, told: InquiryPointIn) -> Any:
    """A point of the plan is over."""
    return inquiry.end_point(on.case, on.by, on.at, **told.dict(), **on.once)


class InvestigatorIn(In):
    """Who."""

    member: UUID


@place.step("investigator", Can.HANDLE, _l("加调查人员"))
def investigator(on: Doing, told: InvestigatorIn) -> Any:
    """Refused for whoever has part in the matter, naming others who may."""
    return inquiry.add(on.case, on.by, on.at, member=_one(on, told.member), **on.once)


class InvestigatorOffIn(In):
    """Which row of the investigators, and why."""

    row_id: UUID
    reason: Text = ""


@place.step("investigator-off", Can.HANDLE, _l("退出调查"))
def investigator_off(on: Doing, told: InvestigatorOffIn) -> Any:
    """What they did stays."""
    return inquiry.leave(on.case, on.by, on.at, **told.dict(), **on.once)


class InvolvedIn(In):
    """Who, and what they have to do with it."""

    member: UUID
    reason: Text


@place.step("tie", Can.RECORD, _l("记下涉及人员"))
def tie(on: Doing, told: InvolvedIn) -> Any:
    """They can neither own nor look into nor approve the case any more."""
    member = _one(on, told.member)
    return ties.involve(on.case, on.by, on.at, member=member, reason=told.reason, **on.once)


@place.step("namesake", Can.DECIDE, _l("只是同名"))
def namesake(on: Doing, told: InvolvedIn) -> Any:
    """Said by somebody else, with how it was checked."""
    member = _one(on, told.member)
    return ties.namesake(on.case, on.by, on.at, member=member, reason=told.reason, **on.once)


class RecusalIn(In):
    """Who is to keep away, who wants it, and why."""

    member: UUID
    asked_for: Literal["self", "complainant", "respondent"]
    reason: Text


@place.step("recusal", Can.RECORD, _l("申请回避"))
def recusal(on: Doing, told: RecusalIn) -> Any:
    """A supervisor or the head decides."""
    return ties.ask_recusal(
        on.case, on.by, on.at,
        member=_one(on, told.member), asked_for=told.asked_for, reason=told.reason, **on.once,
    )  # fmt: skip


class RecusalDecideIn(In):
    """Granted or not, and why."""

    row_id: UUID
    granted: Flag
    reason: Text


@place.step("recusal-decide", Can.DECIDE, _l("决定回避申请"))
def recusal_decide(on: Doing, told: RecusalDecideIn) -> Any:
    """Never by the member themself."""
    return ties.decide_recusal(on.case, on.by, on.at, **told.dict(), **on.once)


class MinutesIn(In):
    """A talk (lines 问： 答：) or a check on the spot (lines 项目：所见)."""

    kind: Literal["interview", "check"]
    person: Text
    capacity: Capacity
    held_at: Instant | None = None
    place: Text = ""
    present: Text = ""
    text: Text


@place.step("minutes", Can.RECORD, _l("笔录、现场核对"))
def record(on: Doing, told: MinutesIn) -> Any:
    """Who was there stands one a line in ``present``."""
    return minutes.record(on.case, on.by, on.at, **told.dict(), **on.once)


class MinutesReadIn(In):
    """Which record, and what the person wanted put right."""

    minutes_id: UUID
    corrections: Text = ""


@place.step("minutes-read", Can.RECORD, _l("对方核对过了"))
def minutes_read(on: Doing, told: MinutesReadIn) -> Any:
    """From now on nothing of it changes."""
    return minutes.read_back(on.case, on.by, on.at, **told.dict(), **on.once)


class MinutesSignIn(In):
    """Who is to sign, and in what capacity."""

    minutes_id: UUID
    role: Literal["complainant", "respondent", "staff", "witness", "other"]
    name: Text


@place.step("minutes-sign", Can.RECORD, _l("请在场的人签字"))
def minutes_sign(on: Doing, told: MinutesSignIn) -> Any:
    """They sign on a screen, by a link or on paper."""
    return minutes.ask_sign(on.case, on.by, on.at, **told.dict(), **on.once)


class MinutesPaperIn(In):
    """Which record."""

    minutes_id: UUID


@place.step("minutes-paper", Can.HANDLE, _l("笔录做成文书"))
def minutes_paper(on: Doing, told: MinutesPaperIn) -> Any:
    """A draft, to be issued like any other."""
    return minutes.paper(on.case, on.by, on.at, minutes_id=told.minutes_id, **on.once)


class EvidenceIn(In):
    """What, from whom, since when, where. file_id: of a file that the case has already."""

    what: Text
    kind: Literal["document", "photo", "audio", "video", "data", "object", "statement", "other"]
    giver: Literal["complainant", "respondent", "house", "third"]
    giver_name: Text = ""
    given_at: Instant | None = None
    original: Flag = False
    place: Text = ""
    shows: Text = ""
    file_id: UUID | None = None


@place.step("evidence", Can.RECORD, _l("登记证据"))
def evidence(on: Doing, told: EvidenceIn) -> Any:
    """With a file of the case, or a thing that lies in a place."""
    return pieces.add(on.case, on.by, on.at, **told.dict(), **on.once)


class EvidenceMoveIn(In):
    """To whom it went, and where it lies now."""

    evidence_id: UUID
    to: Text
    place: Text
    note: Text = ""


@place.step("evidence-move", Can.RECORD, _l("证据移交"))
def evidence_move(on: Doing, told: EvidenceMoveIn) -> Any:
    """The timeline is the chain of who had it."""
    return pieces.hand_on(on.case, on.by, on.at, **told.dict(), **on.once)
