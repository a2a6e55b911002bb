"""Steps of working together: promises, tasks of departments, the customer's word. Calls actions."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.moves import department_of, member_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Text, Whole
from tingsu.cases.actions import confirm as confirming
from tingsu.cases.actions import promise as promises
from tingsu.cases.actions import task as tasks
from tingsu.cases.queries.here import may_answer
from tingsu.people.permission import Can

place = Place("together")


class PromiseIn(In):
    """What was promised, and by when. agreed_by: the member who agreed to what is beyond the own
    authority."""

    content: Text
    due_at: Instant
    agreed_by: UUID | None = None


@place.step("promise", Can.HANDLE, _l("作出承诺"))
def promise(on: Doing, told: PromiseIn) -> Any:
    """It is watched until it is kept."""
    return promises.promise(on.case, on.by, on.at, **told.dict(), **on.once)


class KeptIn(In):
    """Which promise."""

    promise_id: UUID
    text: Text = ""


@place.step("promise-keep", Can.HANDLE, _l("承诺做到了"))
def promise_keep(on: Doing, told: KeptIn) -> Any:
    """Said and done."""
    return promises.keep(on.case, on.by, on.at, **told.dict(), **on.once)


class MovedIn(In):
    """Which promise, until when now, and why."""

    promise_id: UUID
    due_at: Instant
    reason: Text


@place.step("promise-move", Can.HANDLE, _l("承诺改期"))
def promise_move(on: Doing, told: MovedIn) -> Any:
    """Settled with the customer first."""
    return promises.move(on.case, on.by, on.at, **told.dict(), **on.once)


class BrokenIn(In):
    """Which promise, and why."""

    promise_id: UUID
    reason: Text


@place.step("promise-broken", Can.HANDLE, _l("没做到"))
def promise_broken(on: Doing, told: BrokenIn) -> Any:
    """Admitted, with the reason."""
    return promises.admit_broken(on.case, on.by, on.at, **told.dict(), **on.once)


class TaskIn(In):
    """What is asked of which department, by when, of one person if named."""

    department: UUID
    content: Text
    due_at: Instant
    assignee: UUID | None = None


@place.step("task", Can.HANDLE, _l("请求协办"))
def task(on: Doing, told: TaskIn) -> Any:
    """The department sees the case as far as it was asked."""
    return tasks.ask(
        on.case, on.by, on.at,
        department=department_of(on, told.department, "department"),
        assignee=member_of(on, told.assignee, "assignee"),
        content=told.content, due_at=told.due_at, **on.once,
    )  # fmt: skip


class AnswerIn(In):
    """The answer to a task."""

    task_id: UUID
    text: Text


@place.step("task-answer", Can.ANSWER, _l("答复协办"))
def task_answer(on: Doing, told: AnswerIn) -> Any:
    """By the department that was asked, or whoever handles the case."""
    may_answer(on.who, on.case, told.task_id)
    return tasks.answer(on.case, on.by, on.at, **told.dict(), **on.once)


class TaskOnly(In):
    """Which task."""

    task_id: UUID


@place.step("task-accept", Can.HANDLE, _l("协办完成"))
def task_accept(on: Doing, told: TaskOnly) -> Any:
    """The answer will do."""
    return tasks.accept(on.case, on.by, on.at, task_id=told.task_id, **on.once)


class ReturnIn(In):
    """Which task, what is missing, until when."""

    task_id: UUID
    reason: Text
    due_at: Instant


@place.step("task-return", Can.HANDLE, _l("退回重办"))
def task_return(on: Doing, told: ReturnIn) -> Any:
    """Not yet: back to those who answered."""
    return tasks.send_back(on.case, on.by, on.at, **told.dict(), **on.once)


class ConfirmIn(In):
    """What the customer said of the result, in their own words. rating: 1 to 5."""

    agreed: Flag
    text: Text = ""
    rating: Whole | None = Field(None, ge=1, le=5)


@place.step("confirm", Can.HANDLE, _l("记录客户的答复"))
def confirm(on: Doing, told: ConfirmIn) -> Any:
    """An objection sends the case back to investigation."""
    return confirming.confirm(on.case, on.by, on.at, **told.dict(), **on.once)
