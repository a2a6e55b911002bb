"""Search over everything said in a case, numbers and names: one door over both databases.

Touches the search index alone; callers write inside their own transaction. Guarantees and
limits: docs/rules/search.md.
"""

from collections.abc import Sequence
from datetime import datetime
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
    Cursor,
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
    expression = backend.expression(wanted)
    return _pages(backend, org_id, expression, cursor, min(limit, MOST_HITS), only)


def _pages(
    backend: ModuleType,
    org_id: UUID,
    query: str,
    cursor: Cursor | None,
    limit: int,
    only: tuple[str, Sequence[object]],
) -> list[Hit]:
    """Read batches until the page is full; a batch may hold one case many times."""
    hits: dict[UUID, Hit] = {}
    batch = max(limit + limit // 2, _SMALLEST_BATCH)
    last, top = (cursor.last, cursor.top) if cursor else (None, None)
    while len(hits) < limit:
        found: list[tuple[Place, UUID, UUID, datetime]]
        found = backend.newest(org_id, query, last, batch, only)
        fresh = list(dict.fromkeys(case for _, case, _, _ in found if case not in hits))
        shown = backend.seen_before(query, fresh, cursor) if cursor and fresh else frozenset()
        for place, case, event, at in found:
            last, top = place, top or place
            if case not in hits and case not in shown and len(hits) < limit:
                hits[case] = Hit(case, event, at, str(Cursor(place, top)))
        if len(found) < batch:
            break
    return list(hits.values())


def _wanted(query: str) -> list[Wanted]:
    return [Wanted(tuple(tokens), _name_groups(tokens)) for tokens in query_tokens(query)]


def _name_groups(tokens: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    run = tokens[0] + "".join(token[1:] for token in tokens[1:])
    return () if run.isdigit() else tuple(map(tuple, vault().name_queries(run)))


def _only(filters: QuerySet[Any] | None) -> tuple[str, Sequence[object]] | None:
    """Return the filters as a condition on `s.case_id`, asked of hits alone; None: no case fits."""
    if filters is None:
        return "", ()
    query = filters.order_by().values("pk").query
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return f"AND EXISTS (SELECT 1 FROM ({sql}) allowed WHERE allowed.id = s.case_id)", params


def _backend() -> ModuleType:
    return _search_sqlite if connection.vendor == "sqlite" else _search_postgres
