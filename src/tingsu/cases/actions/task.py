"""Work asked of a department or a person: ask, answer, accept, return, decline, send on (HA-13)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of
from tingsu.cases._reminding import remind_at
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Task
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Member, new_id

MOST_REDIRECTED = 2  # by those who were asked; then whoever asked decides


def ask(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    department: Department,
    content: str,
    due_at: datetime | None,
    assignee: Member | None = None,
    key: str | None = None,
) -> Written:
    """Ask a department, or one person of it, for something by a date."""
    said = text_of(content, "content", limit=5_000, ask=_("请写清楚要对方做什么。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        only_open(case)
        _same_house(case, department, assignee)
        row = Task(
            id=new_id(),
            case_id=case.id,
            organisation_id=case.organisation_id,
            department_id=department.id,
            assignee_id=assignee.id if assignee else None,
            content=said,
            asked_by_id=by.member_id,
            asked_at=at,
            due_at=due,
            remind_at=remind_at(case, due, at),
        )
        data = _facts(row) | {"due": due.isoformat(timespec="seconds")}
        return Plan([Entry("task_asked", said, data)], rows=[row])

    return write(case, by, at, plan, key=key)


def answer(
    case: Case, by: Actor, at: datetime, *, task_id: UUID, text: str, key: str | None = None
) -> Written:
    """The department's answer; a late one is kept all the same."""
    said = text_of(text, "text", ask=_("请写下查到的情况和处理意见。"))

    def plan(case: Case) -> Plan:
        row = _row(case, task_id, "open")
        data = _facts(row) | {"late": at > row.due_at}
        changed = {
            "state": "answered", "answer": said, "answered_by_id": by.member_id, "answered_at": at
        }  # fmt: skip
        return Plan([Entry("task_answered", said, data)], effects=[_update(row, **changed)])

    return write(case, by, at, plan, key=key)


def accept(
    case: Case, by: Actor, at: datetime, *, task_id: UUID, key: str | None = None
) -> Written:
    """The answer is good: the task is over."""

    def plan(case: Case) -> Plan:
        row = _row(case, task_id, "answered")
        entry = Entry("task_accepted", data=_facts(row))
        return Plan([entry], effects=[_update(row, state="accepted")])

    return write(case, by, at, plan, key=key)


def send_back(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    task_id: UUID,
    reason: str,
    due_at: datetime | None,
    key: str | None = None,
) -> Written:
    """The answer does not do: back to the department with why, and a new date."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下还缺什么。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        row = _row(case, task_id, "answered")
        entry = Entry("task_returned", said, _facts(row))
        update = _update(
            row, state="open", due_at=due, returned=row.returned + 1,
            remind_at=remind_at(case, due, at), reminded=0,
        )  # fmt: skip
        return Plan([entry], effects=[update])

    return write(case, by, at, plan, key=key)


def decline(
    case: Case, by: Actor, at: datetime, *, task_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Not ours, with why: whoever asked sends it on, or takes it back."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么办不了、该找谁。"))

    def plan(case: Case) -> Plan:
        row = _row(case, task_id, "open")
        entry = Entry("task_declined", said, _facts(row))
        told = {"state": "declined", "answer": said, "answered_by_id": by.member_id}
        return Plan([entry], effects=[_update(row, **told, answered_at=at)])

    return write(case, by, at, plan, key=key)


def redirect(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    task_id: UUID,
    department: Department,
    reason: str,
    assignee: Member | None = None,
    due_at: datetime | None = None,
    key: str | None = None,
) -> Written:
    """To another department or person, with why; the day stays, unless another one is named."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么该由他们办。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _row(case, task_id, "open", "declined")
        _same_house(case, department, assignee)
        chosen = assignee.id if assignee else None
        if (department.id, chosen) == (row.department_id, row.assignee_id):
            raise Refusal(_("这项协办就在他们那里，请另选。"), "department", "same")
        if row.state == "open" and row.redirected >= MOST_REDIRECTED:
            words = _("已经转过 %(n)s 次，请退回给请求的人，由他来定。")
            raise Refusal(words % {"n": row.redirected}, code="too_often")
        due = future(due_at, at, "due_at") if due_at else row.due_at
        data = {"from": str(row.department_id), **_facts(row), "department": str(department.id)}
        entry = Entry("task_redirected", said, data | {"due": due.isoformat(timespec="seconds")})
        told = {"state": "open", "department_id": department.id, "assignee_id": chosen}
        told |= {"due_at": due, "redirected": row.redirected + 1, "answer": "", "reminded": 0}
        return Plan([entry], effects=[_update(row, **told, remind_at=remind_at(case, due, at))])

    return write(case, by, at, plan, key=key)


def withdraw(
    case: Case, by: Actor, at: datetime, *, task_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Not needed any more, or it will be done otherwise."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么不用办了。"))

    def plan(case: Case) -> Plan:
        row = _row(case, task_id, "open", "declined")
        return Plan(
            [Entry("task_withdrawn", said, _facts(row))], effects=[_update(row, state="void")]
        )

    return write(case, by, at, plan, key=key)


def _row(case: Case, task_id: UUID, *states: str) -> Task:
    row = row_of(Task, case_id=case.id, id=task_id)
    if row is None:
        raise Refusal(_("找不到这项协办任务。"), code="missing")
    if row.state not in states:
        raise Refusal(_("这项协办任务的状态已经变了，请刷新后再看。"), code="ended")
    return row


def _update(row: Task, **values: Any) -> Any:
    return changing(Task, values, id=row.id)


def _facts(row: Task) -> dict[str, Any]:
    return {"task": str(row.id), "department": str(row.department_id)}


def _same_house(case: Case, department: Department, assignee: Member | None) -> None:
    if department.organisation_id != case.organisation_id or not department.active:
        raise Refusal(_("只能请本机构的部门协办。"), "department", "outside")
    if assignee and assignee.department_id != department.id:
        raise Refusal(_("这位同事不在所选的部门。"), "assignee", "outside")
