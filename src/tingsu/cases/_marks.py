"""Telling words, addresses and order numbers of cases as numbers: kept in one statement, found in
one. Touches the table of marks alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Any
from uuid import UUID

from django.db import connection

from tingsu.cases._insert import prepared
from tingsu.cases._sealed import vault
from tingsu.cases.learned import rarity, text_of
from tingsu.cases.models import CaseMark
from tingsu.mind.likeness import marks, weighed

LASTS = timedelta(days=400)  # like matters are looked for no further back
CROWD = 60  # newest cases of one mark that are looked at
EXACT = ("address", "order_number", "contract_number")

_INTO = f"INSERT INTO {CaseMark._meta.db_table} (mark, day, about)"
_LINES = f"{_INTO} VALUES (%s, %s, %s)"
# A dozen lines in one statement: on PostgreSQL one each takes longer than all the rest.
_COLUMNS = f"{_INTO} SELECT * FROM unnest(%s::bigint[], %s::int[], %s::uuid[])"  # noqa: S608 - our own names

_NEWEST = (
    f"SELECT mark, about FROM {CaseMark._meta.db_table}"  # noqa: S608 - our own names
    " WHERE mark = {} AND day >= %s ORDER BY day DESC LIMIT %s"
)
_ONE = f"SELECT * FROM ({_NEWEST.format('%s')}) AS met"  # noqa: S608
# One plan for all marks: to plan a union of fifteen takes PostgreSQL longer than to answer it.
_EACH = (
    "SELECT met.* FROM unnest(%s::bigint[]) AS wanted (number) CROSS JOIN LATERAL ("  # noqa: S608 - our own names
    + _NEWEST.format("wanted.number")
    + ") AS met"
)

Row = tuple[int, int, Any]


def rows_of(case: Any, party: Any, at: datetime) -> list[Row]:
    """What a new case will be found by; nothing for an old record that is brought in."""
    if at - case.received_at > LASTS:
        return []
    told = {"address": party.address if party else "", **_numbers(case)}
    known = rarity(case.organisation_id, case.pack)
    numbers = [*marks(weighed(text_of(case), known)), *exact(told)]
    day, about = case.received_at.date().toordinal(), _as_stored(case.id)
    scoped = dict.fromkeys(scope(case.organisation_id, number) for number in numbers)
    return [(number, day, about) for number in scoped]


def keep(rows: Iterable[Row]) -> None:
    """Write marks in the caller's transaction."""
    lines = list(rows)
    if not lines:
        return
    with prepared() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_COLUMNS, [list(column) for column in zip(*lines, strict=True)])
        else:
            cursor.executemany(_LINES, lines)


def exact(told: Mapping[str, str]) -> dict[int, str]:
    """Marks of what either is the same or is not, each with its name; keyed, so that nobody can
    try out addresses on the table."""
    found = {}
    for name in EXACT:
        for index in vault().sign_lookups(name, told.get(name, "")):
            found[int(index[:16], 16) >> 1] = name
    return found


def meeting(
    numbers: Collection[int], signs: Collection[int], since: datetime, most: int
) -> dict[UUID, set[int]]:
    """The newest cases that carry any of the marks, with those that they carry: those with an
    equal sign first, then by how many. signs: the marks that are signs."""
    wanted = list(numbers)
    if not wanted:
        return {}
    day = since.date().toordinal()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_EACH, [wanted, day, CROWD])
        else:
            values = [value for number in wanted for value in (number, day, CROWD)]
            cursor.execute(" UNION ALL ".join([_ONE] * len(wanted)), values)
        rows = cursor.fetchall()
    met: dict[Any, set[int]] = defaultdict(set)
    for mark, about in rows:
        met[about].add(mark)
    best = nlargest(
        most, met, key=lambda about: (len(met[about].intersection(signs)), len(met[about]))
    )
    return {_as_id(about): met[about] for about in best}


def scope(organisation_id: UUID, number: int) -> int:
    """The mark as this organisation alone has it: no other is ever met."""
    return number ^ (organisation_id.int >> 65)


def forget_old(at: datetime) -> None:
    """Drop what is too long ago to be the same."""
    CaseMark.objects.filter(day__lt=(at - LASTS).date().toordinal()).delete()


def _numbers(case: Any) -> dict[str, str]:
    return {name: getattr(case, name) for name in ("order_number", "contract_number")}


def _as_id(stored: Any) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(hex=stored)


def _as_stored(key: UUID) -> Any:
    return key.hex if connection.vendor == "sqlite" else key
