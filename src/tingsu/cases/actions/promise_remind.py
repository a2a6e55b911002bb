"""Promises are called to mind before their time, at it and after it (HA-7). By the worker."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._handover import holder
from tingsu.cases._promises import facts, reminders
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Promise, Task
from tingsu.core.overdue import later
from tingsu.packs.handling import Reminder
from tingsu.people.actor import SYSTEM
from tingsu.people.models import new_id
from tingsu.people.permission import Role
from tingsu.people.rulebook import case_pack

MOST = 200  # promises per look, so that a sweep never holds the loop for long


def due(at: datetime) -> list[Promise]:
    """Promises whose next reminder has come."""
    rows = Promise.objects.filter(state="due", remind_at__lte=at)
    return list(rows.order_by("remind_at")[:MOST])


def remind(promise: Promise, at: datetime) -> Written | None:
    """Give the reminder whose hour has come, the last of them where the worker stood still; None
    where the promise has its result, or another worker gave it."""

    def plan(case: Case) -> Plan:
        row = row_of(Promise, id=promise.id, state="due", reminded=promise.reminded)
        if row is None:
            raise _Given
        hours = reminders(case, row.due_at)
        reached = [n for n, (_rule, hour) in enumerate(hours) if n >= row.reminded and hour <= at]
        following = reached[-1] + 1 if reached else row.reminded
        change = {
            "reminded": following,
            "remind_at": hours[following][1] if following < len(hours) else None,
        }
        step = changing(Promise, change, id=row.id, state="due", reminded=row.reminded)
        if not reached:  # the rules were changed since
            return Plan([], effects=[step])
        rule = hours[reached[-1]][0]
        entry = Entry("promise_reminded", row.content, facts(row) | {"when": rule.when})
        asked = _asked(case, row, rule, at)
        more = [Entry("task_asked", asked.content, _of(asked))] if asked else []
        return Plan([entry, *more], rows=[asked] if asked else [], effects=[step])

    try:
        return write(rows_of(Case, id=promise.case_id)[0], SYSTEM, at, plan)
    except _Given:
        return None


def _asked(case: Case, row: Promise, rule: Reminder, at: datetime) -> Task | None:
    """Somebody above is asked to see to a promise that is over."""
    found = holder(case, Role.SUPERVISOR, at) if rule.within else None
    if found is None or rule.within is None:
        return None
    to = found[0]
    words = _("承诺「%(content)s」过了时间还没有结果。请过问：先给客户打电话，有没有结果都打。")
    return Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        department_id=to.department_id,
        assignee_id=to.id,
        content=words % {"content": row.content},
        asked_at=at,
        due_at=later(at, rule.within, case_pack(case).calendar),
        clock_id=row.id,
    )


def _of(task: Task) -> dict[str, str]:
    due = task.due_at.isoformat(timespec="seconds")
    return {"task": str(task.id), "department": str(task.department_id), "due": due}


class _Given(Exception):
    """The promise does not stand there any more."""
