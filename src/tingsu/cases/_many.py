"""One step on many cases at once, with the same pen: versions, next dates, entries and chains in a
handful of statements. Touches case tables.

For what a decision does to thousands of cases, such as a new holiday notice. What a single case
does goes through ``_write.write``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from tingsu.cases._columns import converter
from tingsu.cases._insert import insert
from tingsu.cases._next import earliest_of
from tingsu.cases._write import Entry, seal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor

READ = ("id", "version", "head_hash", "open", "quiet_until", "planned_at", "next_at", "next_kind")


class Lost(Exception):
    """Another writer came between reading and writing one of the cases: read again."""


def write_many(
    cases: Sequence[Case],
    entries: Mapping[UUID, Sequence[Entry]],
    by: Actor,
    at: datetime,
    effect: Callable[[], object],
) -> None:
    """Write the entries of each case, after ``effect`` has changed the other rows.

    The cases must have been read before the rows on which the effect was decided. Raises Lost
    when any of them moved on since; nothing is written then. Entries here have no text to search.
    """
    with transaction.atomic():
        effect()
        dates = earliest_of(cases)
        events = []
        changed = []
        for case in cases:
            seen = case.version
            events += seal(case, entries[case.id], by, at)
            next_at, next_kind = dates[case.id]
            columns = {
                "version": case.version,
                "head_hash": case.head_hash,
                "next_at": next_at,
                "next_kind": next_kind,
            }
            changed.append((columns, {"id": case.id, "version": seen}))
        if update_many(Case, changed) != len(changed):
            raise Lost
        insert(events)


def update_many(
    model: type[models.Model],
    rows: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> int:
    """Change each row that still fits its condition, all in one go; how many there were.

    rows: columns to set and columns to compare; the same names in every pair.
    """
    if not rows:
        return 0
    quote = connection.ops.quote_name
    names = (tuple(rows[0][0]), tuple(rows[0][1]))
    fields: list[Any] = [model._meta.get_field(name) for part in names for name in part]
    sets = ", ".join(f"{quote(one.column)} = %s" for one in fields[: len(names[0])])
    where = " AND ".join(f"{quote(one.column)} = %s" for one in fields[len(names[0]) :])
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {where}"  # noqa: S608 - our own names
    converts = [converter(one, connection.vendor) for one in fields]
    values = [
        [
            convert(value)
            for convert, value in zip(converts, (*new.values(), *old.values()), strict=True)
        ]
        for new, old in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
        return int(cursor.rowcount)
