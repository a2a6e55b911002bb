"""Search over everything said in a case, numbers and names: one door over both databases.

Touches the search index alone; callers write inside their own transaction. Guarantees and
limits: docs/rules/search.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tingsu.cases import _search_postgres, _search_sqlite
from tingsu.cases._sealed import vault
from tingsu.cases._search_parts import (
    BadCursor,
    Condition,
    Cursor,
    Found,
    Hit,
    Place,
    SearchRow,
    Wanted,
    read_cursor,
)
from tingsu.core.text import query_tokens

__all__ = ["BadCursor", "Hit", "SearchRow", "find", "forget", "index_rows", "tidy"]

MOST_HITS = 200
_SMALLEST_BATCH = 60


def index_rows(rows: Sequence[SearchRow]) -> None:
    """Make messages findable, within the caller's transaction."""
    if rows:
        _backend().insert(rows)


def forget(event_ids: Sequence[UUID]) -> None:
    """Take messages out of the index; what they said cannot be found again (PL-2)."""
    if event_ids:
        _backend().delete(event_ids)


def tidy() -> None:
    """Bring the index into its best shape: after an import, after erasing, once a night."""
    _backend().tidy()


def find(
    org_id: UUID,
    query: str,
    *,
    filters: QuerySet[Any] | None = None,
    limit: int = 50,
    before: str | None = None,
) -> list[Hit]:
    """Return the cases of an organisation that fit, newest message first, each case once.

    Every run of letters, digits or ideographs of the query must stand in one message, as part
    of a word or of a name. filters: the cases to search among; None for all. before: the
    `cursor` of the last hit of the page before; raises `BadCursor` if it is none.
    """
    backend = _backend()
    wanted = _wanted(query)
    cursor = read_cursor(before, backend.PLACE_LENGTH) if before else None
    only = _only(filters)
    if not wanted or only is None:
        return []
    search = _Search(backend, org_id, backend.expression(wanted), only)
    return search.page(min(max(limit, 1), MOST_HITS), cursor)


@dataclass(frozen=True)
class _Search:
    backend: ModuleType
    org_id: UUID
    expression: str
    only: Condition

    def page(self, limit: int, cursor: Cursor | None) -> list[Hit]:
        """Read batches until the page is full; a batch may hold one case many times."""
        hits: dict[UUID, Hit] = {}
        batch = max(limit + limit // 2, _SMALLEST_BATCH)
        last, top = (cursor.last, cursor.top) if cursor else (None, None)
        while True:
            found = self.newest(last, batch)
            shown = self.shown_before({case for _, case, _, _ in found} - hits.keys(), cursor)
            for last, case, event, at in found:
                top = top or last
                if case not in hits and case not in shown:
                    hits[case] = Hit(case, event, at, str(Cursor(last, top)))
                if len(hits) == limit:
                    return list(hits.values())
            if len(found) < batch:
                return list(hits.values())

    def newest(self, before: Place | None, limit: int) -> list[Found]:
        found: list[Found]
        found = self.backend.newest(self.org_id, self.expression, before, limit, self.only)
        return found

    def shown_before(self, cases: set[UUID], cursor: Cursor | None) -> set[UUID]:
        if not (cases and cursor):
            return set()
        shown: set[UUID] = self.backend.seen_before(self.expression, list(cases), cursor)
        return shown


def _wanted(query: str) -> list[Wanted]:
    return [Wanted(tuple(tokens), _name_groups(tokens)) for tokens in query_tokens(query)]


def _name_groups(tokens: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    run = tokens[0] + "".join(token[1:] for token in tokens[1:])
    return () if run.isdigit() else tuple(map(tuple, vault().name_queries(run)))


def _only(filters: QuerySet[Any] | None) -> Condition | None:
    """Return the filters as a query that finds something if `s.case_id` passes; None: none does."""
    if filters is None:
        return "", ()
    query = filters.order_by().values("id").query
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    passes = f"SELECT 1 FROM ({sql}) allowed WHERE allowed.id = s.case_id"  # noqa: S608
    return passes, params


def _backend() -> ModuleType:
    return _search_sqlite if connection.vendor == "sqlite" else _search_postgres
