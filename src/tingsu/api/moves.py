"""Steps that move a case or change who answers for it. Each calls its action."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import Verdict
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Text
from tingsu.cases.actions import assign as assigning
from tingsu.cases.actions import close as closing
from tingsu.cases.actions import escalate as escalating
from tingsu.cases.actions import move as moving
from tingsu.cases.errors import Refusal
from tingsu.core.lifecycle import Move
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere

place = Place("moves")


@place.step("take", Can.HANDLE, _l("接手"), fresh=True)
def take(on: Doing) -> Any:
    """The member becomes the owner."""
    return assigning.take(on.case, on.by, on.at, **on.fresh)


class AssignIn(In):
    """To a member, or into the queue of a department."""

    member: UUID | None = None
    department: UUID | None = None
    reason: Text = ""


@place.step("assign", Can.ASSIGN, _l("交办"), fresh=True)
def assign(on: Doing, told: AssignIn) -> Any:
    """Give the case to somebody."""
    return assigning.assign(
        on.case, on.by, on.at,
        to=member_of(on, told.member, "member"),
        queue=department_of(on, told.department, "department"),
        reason=told.reason, **on.fresh,
    )  # fmt: skip


class EscalateIn(In):
    """To whom, and why."""

    member: UUID
    reason: Text


@place.step("escalate", Can.HANDLE, _l("上报"), fresh=True)
def escalate(on: Doing, told: EscalateIn) -> Any:
    """Up the ladder, with the whole record."""
    to = member_of(on, told.member, "member")
    return escalating.escalate(on.case, on.by, on.at, to=to, reason=told.reason, **on.fresh)


class TextIn(In):
    """One text."""

    text: Text


@place.step("instruct", Can.INSTRUCT, _l("批示"))
def instruct(on: Doing, told: TextIn) -> Any:
    """A written instruction; it stands in the timeline."""
    return escalating.instruct(on.case, on.by, on.at, text=told.text, **on.once)


class MoveIn(In):
    """Which step, and a few words if there is something to say."""

    to: Literal[
        "screen", "accept", "investigate", "negotiate", "mediate", "decide", "execute",
        "ask_confirm",
    ]  # fmt: skip
    reason: Text = ""


@place.step("move", Can.HANDLE, _l("推进一步"), fresh=True)
def move(on: Doing, told: MoveIn) -> Any:
    """What may follow what: docs/rules/lifecycle.md. 202 when a signature is needed first."""
    return moving.move(on.case, on.by, on.at, to=Move(told.to), reason=told.reason, **on.fresh)


class CompleteIn(In):
    """What the customer is to bring, and until when."""

    missing: Text
    due_at: Instant


@place.step("ask-complete", Can.HANDLE, _l("请客户补材料"), fresh=True)
def ask_complete(on: Doing, told: CompleteIn) -> Any:
    """The customer reads it on the follow page."""
    return moving.ask_complete(on.case, on.by, on.at, **told.dict(), **on.fresh)


class ReferIn(In):
    """Down to a unit that reports back."""

    unit: Text
    due_at: Instant
    reason: Text = ""


@place.step("refer", Can.DECIDE, _l("下转"), fresh=True)
def refer(on: Doing, told: ReferIn) -> Any:
    """It stays ours; the report is due to us."""
    return moving.refer(on.case, on.by, on.at, **told.dict(), **on.fresh)


class CloseIn(In):
    """The verdict (none for a communicative case), and why without the customer's word."""

    verdict: Verdict = ""
    reason: Text = ""


@place.step("close", Can.HANDLE, _l("办结"), fresh=True)
def close(on: Doing, told: CloseIn) -> Any:
    """Says what is missing when it cannot be closed yet. 202 when a signature is needed first."""
    return closing.close(on.case, on.by, on.at, **told.dict(), **on.fresh)


class ReasonIn(In):
    """Why."""

    reason: Text


class GroundIn(ReasonIn):
    """Why, and by which of the pack's grounds ("" for another one)."""

    ground: Text = Field("", max_length=60)


@place.step("withdraw", Can.HANDLE, _l("客户撤回"), fresh=True)
def withdraw(on: Doing, told: GroundIn) -> Any:
    """Only when the customer said so."""
    return _end(on, Move.WITHDRAW, told)


class EndIn(GroundIn):
    """How it ends; for a transfer to which unit."""

    how: Literal["refuse", "transfer", "cancel"]
    unit: Text = ""


@place.step("end", Can.DECIDE, _l("不予受理、移送、撤销"), fresh=True)
def end(on: Doing, told: EndIn) -> Any:
    """Endings that are decided. 202 when a signature is needed first."""
    return _end(on, Move(told.how), told, told.unit)


@place.step("reopen", Can.DECIDE, _l("重新办理"), fresh=True)
def reopen(on: Doing, told: ReasonIn) -> Any:
    """A new round; the old one stays."""
    return closing.reopen(on.case, on.by, on.at, reason=told.reason, **on.fresh)


def member_of(on: Doing, chosen: UUID | None, field: str) -> Any:
    """A member of the house, None for nobody. Raises Refusal at the field."""
    try:
        return directory.member(on.who.organisation_id, chosen) if chosen else None
    except NotThere as odd:
        raise Refusal(_("本机构没有这个成员。"), field, "missing") from odd


def department_of(on: Doing, chosen: UUID | None, field: str) -> Any:
    """A department of the house, None for none. Raises Refusal at the field."""
    try:
        return directory.department(on.who.organisation_id, chosen) if chosen else None
    except NotThere as odd:
        raise Refusal(_("本机构没有这个部门。"), field, "missing") from odd


def _end(on: Doing, move: Move, told: GroundIn, unit: str = "") -> Any:
    return closing.end(
        on.case, on.by, on.at,
        move=move, reason=told.reason, ground=told.ground, unit=unit, **on.fresh,
    )  # fmt: skip
