"""The search index on PostgreSQL (tsvector, GIN). Touches the table of migration 0003 alone.

The tsvector is written by hand, so that no dictionary and no locale has a say in it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from tingsu.cases._insert import copy_rows
from tingsu.cases._search_parts import (
    Condition,
    Cursor,
    Found,
    Place,
    SearchRow,
    Wanted,
    checked,
    pieces,
)
from tingsu.core.text import tokens_of

PLACE_LENGTH = 2

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FEW = 50
_PROBED = 60
_NARROW = 0.05
_NEWEST_FIRST = "ORDER BY s.at DESC, s.id DESC"
_TABLE = "cases_search (org_id, case_id, event_id, at, tokens)"
_INSERT = f"INSERT INTO {_TABLE} VALUES "  # noqa: S608 - our own names
_VALUES = "(%s,%s,%s,%s,%s::tsvector)"


def insert(rows: Sequence[SearchRow]) -> None:
    """Write the rows, within the caller's transaction; a few of them in one round trip."""
    lines = [
        (row.org_id, row.case_id, row.event_id, row.at, _vector(words, row.name_tokens))
        for row in rows
        for words in pieces(row)
    ]
    with connection.cursor() as cursor:
        if len(lines) <= _FEW:
            values = ",".join([_VALUES] * len(lines))
            cursor.execute(_INSERT + values, [value for line in lines for value in line])
        else:
            copy_rows(cursor, _TABLE, lines)


def _vector(words: str, names: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, token in enumerate((*tokens_of(words), *checked(names)), start=1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(where)}" for token, where in places.items())


def expression(wanted: Iterable[Wanted]) -> str:
    """Return the query as a tsquery literal. Tokens hold letters and digits only."""
    return " & ".join(f"({_either(run)})" for run in wanted)


def _either(run: Wanted) -> str:
    if len(run.tokens) == 1 and len(run.tokens[0]) == 1:
        text = f"'{run.tokens[0]}':*"
    else:
        text = " <-> ".join(f"'{token}'" for token in run.tokens)
    names = ("(" + " & ".join(f"'{t}'" for t in group) + ")" for group in run.name_groups)
    return " | ".join((f"({text})", *names))


def newest(
    org_id: UUID, query: str, before: Place | None, limit: int, only: Condition
) -> list[Found]:
    """Return messages that fit, newest first; those before a place; of cases that pass."""
    older, place = ("AND (s.at, s.id) < (%s, %s)", _bind(before)) if before else ("", [])
    matching = f"s.org_id = %s AND s.tokens @@ %s::tsquery {older}"
    params = [org_id, query, *place]
    condition, allowed = _condition(matching, params, only)
    sql = f"""
        SELECT s.id, s.case_id, s.event_id, s.at FROM cases_search s
        WHERE {matching} {condition} {_NEWEST_FIRST} LIMIT %s
    """  # noqa: S608 - the condition is a compiled queryset
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *allowed, limit])
        return [_found(line) for line in cursor.fetchall()]


def _condition(matching: str, params: list[Any], only: Condition) -> Condition:
    """Choose how to apply a filter, by the share of the newest matches that pass it.

    A wide one is asked of each match (OFFSET 0 holds the planner to that, who would else read
    all cases first); a narrow one is joined, so that not every match has to be asked.
    """
    allowed, values = only
    if not allowed:
        return "", []
    asked = f"EXISTS ({allowed} OFFSET 0)"
    sql = f"""
        SELECT count(*), count(*) FILTER (WHERE {asked}) FROM (
            SELECT s.case_id FROM cases_search s WHERE {matching} {_NEWEST_FIRST} LIMIT {_PROBED}
        ) s
    """  # noqa: S608 - as above
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *params])
        matches, passed = cursor.fetchone()
    wide = passed >= matches * _NARROW
    return f"AND {asked}" if wide else f"AND EXISTS ({allowed})", values


def _bind(place: Place) -> list[Any]:
    return [_EPOCH + place[0] * _MICROSECOND, place[1]]


def _found(line: tuple[int, UUID, UUID, datetime]) -> Found:
    number, case, event, at = line
    return ((at - _EPOCH) // _MICROSECOND, number), case, event, at


def seen_before(query: str, cases: Sequence[UUID], cursor: Cursor) -> set[UUID]:
    """Return those of the cases that an earlier page has shown."""
    with connection.cursor() as db:
        db.execute(
            "SELECT DISTINCT case_id FROM cases_search WHERE case_id = ANY(%s)"
            " AND tokens @@ %s::tsquery AND (at, id) >= (%s, %s) AND (at, id) <= (%s, %s)",
            [list(cases), query, *_bind(cursor.last), *_bind(cursor.top)],
        )
        return {case for (case,) in db.fetchall()}


def delete(event_ids: Sequence[UUID]) -> None:
    """Take messages out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_search WHERE event_id = ANY(%s)", [list(event_ids)])


def tidy() -> None:
    """Move pending entries into the index and count again how common each word is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('cases_search_tokens')")
        cursor.execute("ANALYZE cases_search")
