"""What still hangs on a member or a department before they can be switched off (IN-10).

For administrators, who may not read cases: numbers and dates only, no titles, no people.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases.models import Case, Task
from tingsu.people.permission import Who

MOST_SHOWN = 50


@dataclass(frozen=True)
class Brief:
    """A case as much as an administrator may know of it."""

    number: str
    state: str
    next_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    """Open cases (the first MOST_SHOWN, most urgent first), how many, and open tasks."""

    cases: list[Brief]
    count: int
    tasks: int

    @property
    def total(self) -> int:
        """Everything that must be handed over."""
        return self.count + self.tasks


def of_member(who: Who, member_id: UUID) -> Waiting:
    """Open cases that the member owns and open tasks in the member's name."""
    tasks = Task.objects.filter(
        organisation_id=who.organisation_id, assignee_id=member_id, state="open"
    )
    return _waiting(_open(who).filter(owner_id=member_id), tasks)


def of_department(who: Who, department_id: UUID) -> Waiting:
    """Open cases in the department's queue and open tasks asked of it."""
    tasks = Task.objects.filter(
        organisation_id=who.organisation_id, department_id=department_id, state="open"
    )
    return _waiting(_open(who).filter(queue_id=department_id), tasks)


def _open(who: Who) -> QuerySet[Case]:
    return Case.objects.filter(organisation_id=who.organisation_id, open=True)


def _waiting(cases: QuerySet[Case], tasks: QuerySet[Task]) -> Waiting:
    rows = cases.order_by("next_at", "id").values_list("number", "state", "next_at")[:MOST_SHOWN]
    return Waiting([Brief(*row) for row in rows], cases.count(), tasks.count())
