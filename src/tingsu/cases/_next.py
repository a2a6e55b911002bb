"""The date on which somebody must look again (IN-10). Touches clocks,
promises, tasks, obligations (read)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from tingsu.cases.models import Case, Clock, Obligation, Promise, Task

OWED = (
    # A clock that ran out stays the first thing to do until it is met.
    ("clock", Clock, "'running', 'breached'"),
    ("promise", Promise, "'due'"),
    ("task", Task, "'open', 'declined'"),
    ("owed", Obligation, "'open', 'refused'"),
)
# By hand: every step of every case asks this, and composing it anew took half of the step.
FIRST = " UNION ALL ".join(
    f"SELECT '{kind}', MIN(due_at) FROM {model._meta.db_table}"  # noqa: S608 - our own names
    f" WHERE case_id = %s AND state IN ({states})"
    for kind, model, states in OWED
)


def refresh_next(case: Case) -> dict[str, Any]:
    """Set the earliest of all that the case owes; returns the changed columns."""
    case.next_at, case.next_kind = _earliest(case) if case.open else (None, "")
    return {"next_at": case.next_at, "next_kind": case.next_kind}


def earliest_of(cases: Sequence[Case]) -> dict[UUID, tuple[datetime | None, str]]:
    """The same for many cases in three questions."""
    owed: dict[UUID, dict[str, datetime | None]] = {case.id: {} for case in cases}
    read = UUID if connection.vendor == "sqlite" else _same
    keys = [Case._meta.pk.get_db_prep_value(key, connection) for key in owed]
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        for kind, model, states in OWED if keys else ():
            cursor.execute(
                f"SELECT case_id, MIN(due_at) FROM {model._meta.db_table}"  # noqa: S608 - our own names
                f" WHERE case_id IN ({marks}) AND state IN ({states}) GROUP BY case_id",
                keys,
            )
            for key, at in cursor.fetchall():
                owed[read(key)][kind] = _instant(at)
    return {case.id: _first(case, owed[case.id]) for case in cases}


def _first(case: Case, owed: Mapping[str, datetime | None]) -> tuple[datetime | None, str]:
    if not case.open:
        return None, ""
    dates = {**owed, "quiet": case.quiet_until, "plan": case.planned_at}
    return min(((at, kind) for kind, at in dates.items() if at), default=(None, ""))


def _earliest(case: Case) -> tuple[datetime | None, str]:
    key = Case._meta.pk.get_db_prep_value(case.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [key] * len(OWED))
        owed = {kind: _instant(at) for kind, at in cursor.fetchall()}
    return _first(case, owed)


def _same(value: UUID) -> UUID:
    return value


def _instant(value: datetime | str | None) -> datetime | None:
    """What the driver gives for a minimum: PostgreSQL an instant, SQLite its text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
