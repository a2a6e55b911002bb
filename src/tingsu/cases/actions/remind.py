"""Reminders of tasks, by the worker: before, at and after their day (HA-13)."""

from datetime import datetime

from tingsu.cases._read import row_of, rows_of
from tingsu.cases._reminding import remind_at
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Task
from tingsu.people.actor import SYSTEM

MOST = 200  # tasks per look


def due(at: datetime) -> list[Task]:
    """Open tasks whose reminder has come."""
    rows = Task.objects.filter(state="open", remind_at__lte=at)
    return list(rows.order_by("remind_at")[:MOST])


def remind(task: Task, at: datetime) -> Written | None:
    """Say it on the case, where whoever asked and whoever was asked hear of it; None when it was
    answered meanwhile, or another worker has said it."""
    case = rows_of(Case, id=task.case_id)[0]

    def plan(case: Case) -> Plan:
        row = row_of(Task, id=task.id, state="open")
        if row is None or row.reminded != task.reminded or row.remind_at is None:
            raise _Done
        following = remind_at(case, row.due_at, max(at, row.remind_at)) if case.open else None
        told = {"remind_at": following, "reminded": row.reminded + 1}
        update = changing(Task, told, id=row.id, state="open", reminded=row.reminded)
        data = {
            "task": str(row.id),
            "department": str(row.department_id),
            "assignee": str(row.assignee_id or ""),
            "due": row.due_at.isoformat(timespec="seconds"),
            "late": at > row.due_at,
        }
        entries = [Entry("task_reminded", data=data)] if case.open else []
        return Plan(entries, effects=[update])

    try:
        return write(case, SYSTEM, at, plan)
    except _Done:
        return None


class _Done(Exception):
    """Nobody need be reminded any more."""
