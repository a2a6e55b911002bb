"""Work asked of a department: ask, answer, accept, return (HA-13)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Task
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Member, new_id


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
        update = _update(row, state="open", due_at=due, returned=row.returned + 1)
        return Plan([entry], effects=[update])

    return write(case, by, at, plan, key=key)


def _row(case: Case, task_id: UUID, state: str) -> Task:
    row = row_of(Task, case_id=case.id, id=task_id)
    if row is None:
        raise Refusal(_("找不到这项协办任务。"), code="missing")
    if row.state != state:
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
