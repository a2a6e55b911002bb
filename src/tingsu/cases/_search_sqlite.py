"""The search index on SQLite (FTS5). Touches the tables of migration 0003 and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

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

PLACE_LENGTH = 1

# An id: 12 bits of the organisation, 33 of the second (1900 to 2172), 18 of the order within it.
# Organisations that share their bits only share a stretch of the index; rows are told apart.
_SECOND_BITS, _ORDER_BITS = 33, 18
_ORG_SHIFT = _SECOND_BITS + _ORDER_BITS
_ORG_MASK = 0xFFF
_START = datetime(1900, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_IDS = 500  # in one IN list
_MERGED_PAGES = 100
_ANY_CHANGES = 2  # FTS5 counts one change for a step that had nothing to do


def insert(rows: Sequence[SearchRow]) -> None:
    """Write the rows, within the caller's transaction."""
    lines, tokens = [], []
    with connection.cursor() as cursor:
        free: dict[int, int] = {}
        for row in rows:
            names = " ".join(checked(row.name_tokens))
            for words in pieces(row):
                number = _next_id(cursor, row, free)
                lines.append(_line(number, row, words, names))
                tokens.append((number, _tokens(words, names)))
        cursor.executemany("INSERT INTO cases_search VALUES (%s,%s,%s,%s,%s,%s,%s)", lines)
        cursor.executemany("INSERT INTO cases_search_fts (rowid, tokens) VALUES (%s,%s)", tokens)


def _line(number: int, row: SearchRow, words: str, names: str) -> tuple[Any, ...]:
    at = (row.at - _EPOCH) // _MICROSECOND
    return (number, row.org_id.hex, row.case_id.hex, row.event_id.hex, at, words, names)


def _tokens(words: str, names: str) -> str:
    return " ".join((*tokens_of(words), names))


def _next_id(cursor: CursorWrapper, row: SearchRow, free: dict[int, int]) -> int:
    """Return the next id of the row's second; a full second runs over into the next one."""
    first = _first_id(row.org_id, row.at)
    while True:
        number = free.get(first) or _after_last(cursor, first)
        if number < first + (1 << _ORDER_BITS):
            free[first] = number + 1
            return number
        first += 1 << _ORDER_BITS


def _first_id(org_id: UUID, at: datetime) -> int:
    second = int((at - _START).total_seconds())
    second = min(max(second, 0), (1 << _SECOND_BITS) - 1)
    return _org_first(org_id) + (second << _ORDER_BITS)


def _org_first(org_id: UUID) -> int:
    return (org_id.int & _ORG_MASK) << _ORG_SHIFT


def _after_last(cursor: CursorWrapper, first: int) -> int:
    cursor.execute(
        "SELECT max(id) FROM cases_search WHERE id >= %s AND id < %s",
        [first, first + (1 << _ORDER_BITS)],
    )
    (last,) = cursor.fetchone()
    return first if last is None else int(last) + 1


def expression(wanted: Iterable[Wanted]) -> str:
    """Return the query in FTS5's language. Tokens hold letters and digits only."""
    return " AND ".join(f"({_either(run)})" for run in wanted)


def _either(run: Wanted) -> str:
    text = '"' + " ".join(run.tokens) + '"'
    if len(run.tokens) == 1 and len(run.tokens[0]) == 1:
        text += " *"
    names = ("(" + " AND ".join(f'"{t}"' for t in group) + ")" for group in run.name_groups)
    return " OR ".join((text, *names))


def newest(
    org_id: UUID, query: str, before: Place | None, limit: int, only: Condition
) -> list[Found]:
    """Return messages that fit, newest first; those before a place; of cases that pass."""
    allowed, params = only
    condition = f"AND EXISTS ({allowed})" if allowed else ""
    start = _org_first(org_id)
    end = before[0] if before else start + (1 << _ORG_SHIFT) - 1
    sql = f"""
        SELECT s.id, s.case_id, s.event_id, s.at
        FROM cases_search_fts CROSS JOIN cases_search s ON s.id = cases_search_fts.rowid
        WHERE cases_search_fts MATCH %s
          AND cases_search_fts.rowid >= %s AND cases_search_fts.rowid < %s
          AND s.org_id = %s {condition}
        ORDER BY cases_search_fts.rowid DESC LIMIT %s
    """  # noqa: S608 - the condition is a compiled queryset
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, start, end, org_id.hex, *params, limit])
        return [_found(line) for line in cursor.fetchall()]


def _found(line: tuple[int, str, str, int]) -> Found:
    number, case, event, at = line
    return (number,), UUID(case), UUID(event), _EPOCH + at * _MICROSECOND


def seen_before(query: str, cases: Sequence[UUID], cursor: Cursor) -> set[UUID]:
    """Return those of the cases that an earlier page has shown."""
    marks = ",".join(["%s"] * len(cases))
    seen: set[UUID] = set()
    with connection.cursor() as db:
        db.execute(
            f"SELECT id, case_id FROM cases_search WHERE case_id IN ({marks})"  # noqa: S608
            " AND id >= %s AND id <= %s",
            [*(case.hex for case in cases), cursor.last[0], cursor.top[0]],
        )
        newer = dict(db.fetchall())
        for ids in _batches(sorted(newer)):
            marks = ",".join(["%s"] * len(ids))
            db.execute(
                "SELECT rowid FROM cases_search_fts WHERE cases_search_fts MATCH %s"  # noqa: S608
                f" AND rowid IN ({marks})",
                [query, *ids],
            )
            seen.update(UUID(newer[number]) for (number,) in db.fetchall())
    return seen


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), _MOST_IDS):
        yield ids[at : at + _MOST_IDS]


def delete(event_ids: Sequence[UUID]) -> None:
    """Take messages out of the index, words and all."""
    marks = ",".join(["%s"] * len(event_ids))
    events = [event.hex for event in event_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, words, names FROM cases_search WHERE event_id IN ({marks})",  # noqa: S608
            events,
        )
        gone = [(number, _tokens(words, names)) for number, words, names in cursor.fetchall()]
        cursor.executemany(
            "INSERT INTO cases_search_fts (cases_search_fts, rowid, tokens)"
            " VALUES ('delete', %s, %s)",
            gone,
        )
        cursor.execute(f"DELETE FROM cases_search WHERE event_id IN ({marks})", events)  # noqa: S608


def tidy() -> None:
    """Merge the index into one segment, which also drops the words of what was deleted.

    In small steps, each a transaction of its own outside of atomic blocks, so
    that nobody who writes has to wait.
    """
    pages = -_MERGED_PAGES  # the first, negative, step asks for all segments to be merged
    with connection.cursor() as cursor:
        while True:
            before = connection.connection.total_changes
            cursor.execute(
                "INSERT INTO cases_search_fts (cases_search_fts, rank) VALUES ('merge', %s)",
                [pages],
            )
            if connection.connection.total_changes - before < _ANY_CHANGES:
                return
            pages = _MERGED_PAGES
