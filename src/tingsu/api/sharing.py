"""Shared work: taking over, passing on, tasks that go on, needs, limits. Calls actions."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.door import Call
from tingsu.api.moves import department_of, member_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Out, Text
from tingsu.cases.actions import limits, needs, pass_on, take_over
from tingsu.cases.actions import task as tasks
from tingsu.cases.queries.here import may_answer
from tingsu.packs import calendar_of, say
from tingsu.packs.escalation import ESCALATION
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack

place = Place("sharing")


class TakeOverIn(In):
    """Which asking. member or department: a supervisor names who shall have it."""

    handover_id: UUID
    text: Text = ""
    member: UUID | None = None
    department: UUID | None = None


@place.step("takeover-accept", Can.HANDLE, _l("接手上报、转来的"))
def accept(on: Doing, told: TakeOverIn) -> Any:
    """From now on it is mine, or theirs."""
    return take_over.accept(
        on.case, on.by, on.at,
        handover_id=told.handover_id, text=told.text,
        to=member_of(on, told.member, "member"),
        queue=department_of(on, told.department, "department"), **on.once,
    )  # fmt: skip


class TakeOverReturnIn(In):
    """Which asking, and why it is not for us."""

    handover_id: UUID
    reason: Text


@place.step("takeover-return", Can.HANDLE, _l("退回上报、转来的"))
def send_back(on: Doing, told: TakeOverReturnIn) -> Any:
    """Between departments a supervisor decides then."""
    return take_over.send_back(on.case, on.by, on.at, **told.dict(), **on.once)


class PassOnIn(In):
    """To which department, and why."""

    department: UUID
    reason: Text


@place.step("pass-on", Can.HANDLE, _l("转给别的部门"), fresh=True)
def pass_to(on: Doing, told: PassOnIn) -> Any:
    """It stays where it is until they accept."""
    department = department_of(on, told.department, "department")
    return pass_on.pass_on(
        on.case, on.by, on.at, department=department, reason=told.reason, **on.fresh
    )


class TaskDeclineIn(In):
    """Which task, and why it is not ours."""

    task_id: UUID
    reason: Text


@place.step("task-decline", Can.ANSWER, _l("协办办不了"))
def task_decline(on: Doing, told: TaskDeclineIn) -> Any:
    """Whoever asked sends it on, or takes it back."""
    may_answer(on.who, on.case, told.task_id)
    return tasks.decline(on.case, on.by, on.at, **told.dict(), **on.once)


class TaskRedirectIn(In):
    """Which task, to whom, why; the day stays, unless another one is named."""

    task_id: UUID
    department: UUID
    assignee: UUID | None = None
    reason: Text
    due_at: Instant | None = None


@place.step("task-redirect", Can.ANSWER, _l("协办转给别的部门"))
def task_redirect(on: Doing, told: TaskRedirectIn) -> Any:
    """By the department that was asked, or whoever handles the case."""
    may_answer(on.who, on.case, told.task_id)
    return tasks.redirect(
        on.case, on.by, on.at,
        task_id=told.task_id, reason=told.reason, due_at=told.due_at,
        department=department_of(on, told.department, "department"),
        assignee=member_of(on, told.assignee, "assignee"), **on.once,
    )  # fmt: skip


class TaskWithdrawIn(In):
    """Which task, and why."""

    task_id: UUID
    reason: Text


@place.step("task-withdraw", Can.HANDLE, _l("撤回协办"))
def task_withdraw(on: Doing, told: TaskWithdrawIn) -> Any:
    """Not needed any more."""
    return tasks.withdraw(on.case, on.by, on.at, **told.dict(), **on.once)


class NeedKind(Out):
    """A kind of need that the pack knows, and what to do."""

    code: str
    label: str
    care: list[str]


class NeedsOut(Out):
    """What the customer needs, and what could be marked."""

    kinds: list[str]
    words: str
    known: list[NeedKind]


@place.operation(
    "GET", "/cases/{uuid:case_id}/needs", Can.UNMASK, _l("客户要照顾的地方"), {200: NeedsOut}
)
def read(request: Call) -> Any:
    """For those who talk with customers (HA-10)."""
    case = request.auth.case
    pack, party = case_pack(case), case.party
    known = ESCALATION.of(pack).needs(calendar_of(pack).day_of(case.received_at))
    return {
        "kinds": party.need_kinds if party else [],
        "words": party.needs if party else "",
        "known": [
            {"code": one.id, "label": _say(one.labels), "care": [_say(line) for line in one.care]}
            for one in known
        ],
    }


class NeedsIn(In):
    """What the customer needs, by the pack's codes and in words; consent: how they agreed that we
    keep it. No kinds and no words take it away."""

    kinds: list[Text] = Field([], max_length=20)
    words: Text = ""
    consent: Literal["", "yes", "guardian", "evident"] = ""


@place.step("needs", Can.UNMASK, _l("要照顾的地方"))
def mark(on: Doing, told: NeedsIn) -> Any:
    """The words stay with the person, never in the timeline."""
    return needs.mark(on.case, on.by, on.at, **told.dict(), **on.once)


class AbuseIn(In):
    """What was said or done, as it was; the words of the limit; whether the talk was ended, and
    when we talk again."""

    happened: Text
    words: Text = ""
    ended: Flag = False
    again_at: Instant | None = None


@place.step("limit", Can.RECORD, _l("遇到辱骂"))
def limit(on: Doing, told: AbuseIn) -> Any:
    """Nobody has to bear it; the complaint is handled all the same."""
    return limits.set_limit(on.case, on.by, on.at, **told.dict(), **on.once)


class BreakIn(In):
    """For how many minutes, and what the customer was told."""

    minutes: Literal[5, 10, 15, 30]
    words: Text = ""


@place.step("break", Can.RECORD, _l("歇一会儿"))
def rest(on: Doing, told: BreakIn) -> Any:
    """A pause in the talk."""
    return limits.take_break(on.case, on.by, on.at, **told.dict(), **on.once)


class TurnIn(In):
    """Who goes on with the talk."""

    member: UUID
    words: Text = ""


@place.step("turn", Can.RECORD, _l("换人接着谈"))
def turn(on: Doing, told: TurnIn) -> Any:
    """Whoever has the case keeps it."""
    to = member_of(on, told.member, "member")
    return limits.take_turns(on.case, on.by, on.at, to=to, words=told.words, **on.once)


def _say(labels: Any) -> str:
    return say(labels, get_language() or "zh-hans")
