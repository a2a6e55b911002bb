"""What the steps on a promise share: its row, its reminders, its end with the figures (HA-7).
Builds rows, facts and effects; writes nothing by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from tingsu.cases._fresh import fresh
from tingsu.cases._read import row_of
from tingsu.cases._update import changing
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Promise, PromiseFigure, Task
from tingsu.core.clock import Span
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING, Reminder
from tingsu.people.models import Member, new_id
from tingsu.people.rulebook import case_pack

Effect = Callable[[], object]


def new_row(
    case: Case,
    by: UUID,
    at: datetime,
    content: str,
    due: datetime,
    *,
    agreed_by: UUID | None = None,
) -> Promise:
    """A promise with its first reminder, not saved yet."""
    hours = [hour for _rule, hour in reminders(case, due)]
    first = next((n for n, hour in enumerate(hours) if hour > at), len(hours))
    return fresh(
        Promise,
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        content=content,
        due_at=due,
        made_by_id=by,
        made_at=at,
        agreed_by_id=agreed_by,
        reminded=first,
        remind_at=hours[first] if first < len(hours) else None,
    )


def reminders(case: Case, due: datetime) -> list[tuple[Reminder, datetime]]:
    """When a promise of this case is called to mind, in order."""
    pack = case_pack(case)
    rules = HANDLING.of(pack).reminders_on(calendar_of(pack).day_of(case.received_at))
    turns = {"before": -1, "at": 0, "after": 1}
    return [(rule, due + turns[rule.when] * _length(rule.gap)) for rule in rules]


def facts(row: Promise) -> dict[str, Any]:
    """What every entry about a promise carries."""
    return {"promise": str(row.id), "due": row.due_at.isoformat(timespec="seconds")}


def due_row(case: Case, promise_id: UUID) -> Promise:
    """A promise that has no result yet. Raises Refusal."""
    row = row_of(Promise, case_id=case.id, id=promise_id)
    if row is None:
        raise Refusal(_("找不到这个承诺。"), code="missing")
    if row.state != "due":
        raise Refusal(_("这个承诺已经有结果了。"), code="ended")
    return row


def ending(
    case: Case,
    row: Promise,
    at: datetime,
    *,
    state: str,
    reason: str,
    moved_to: Promise | None = None,
) -> list[Effect]:
    """The updates that give a promise its result, count it, and take back what was asked above
    because it was late."""
    late = at > row.due_at and state != "broken"
    ended = {
        "state": state,
        "ended_at": at,
        "reason": reason,
        "remind_at": None,
        "moved_to_id": moved_to.id if moved_to else None,
    }
    return [
        changing(Promise, ended, id=row.id, state="due"),
        changing(Task, {"state": "void"}, clock_id=row.id, state="open"),
        lambda: _count(case, row, at, "late" if late else state),
    ]


def void_all(case_id: UUID) -> Effect:
    """The case is over: nobody is reminded any more."""
    return changing(Promise, {"state": "void", "remind_at": None}, case_id=case_id, state="due")


def _count(case: Case, row: Promise, at: datetime, how: str) -> None:
    """One more in the figures of the day: by whoever promised."""
    department = Member.objects.values_list("department_id", flat=True).get(id=row.made_by_id)
    figure, _made = PromiseFigure.objects.get_or_create(
        organisation_id=case.organisation_id,
        day=calendar_of(case_pack(case)).day_of(at),
        member_id=row.made_by_id,
        department_id=department,
        pack=case.pack,
    )
    PromiseFigure.objects.filter(id=figure.id).update(**{how: F(how) + 1})


def _length(gap: Span | None) -> timedelta:
    if gap is None:
        return timedelta()
    return timedelta(hours=gap.n) if gap.unit == "h" else timedelta(days=gap.n)
