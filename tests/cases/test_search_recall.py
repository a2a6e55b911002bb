"""On 3,600 real messages a search of two characters finds what a scan of all texts finds."""

import gzip
import json
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tingsu.cases.search import SearchRow, find, index_rows
from tingsu.core.text import normalise

pytestmark = pytest.mark.django_db

ORG = UUID(int=9)
START = datetime(2026, 1, 1, tzinfo=UTC)
QUERIES = 60


@pytest.fixture
def messages(shared: Path) -> dict[UUID, str]:
    """The real messages, indexed; event id and normalised text."""
    with gzip.open(
        shared / "data" / "tipdm_annex3_stream.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        lines = [json.loads(line) for line in file]
    rows = [
        SearchRow(ORG, uuid4(), uuid4(), START + timedelta(minutes=n), f"{m['title']}\n{m['body']}")
        for n, m in enumerate(lines)
    ]
    index_rows(rows)
    return {row.event_id: normalise(row.text) for row in rows}


def _found(query: str) -> set[UUID]:
    events: set[UUID] = set()
    before = None
    while page := find(ORG, query, limit=200, before=before):
        events.update(hit.event_id for hit in page)
        before = page[-1].cursor
    return events


def test_recall_and_precision_are_one(messages: dict[UUID, str]) -> None:
    draw = random.Random(20261121)
    texts = list(messages.values())
    for length in (1, 2, 2, 2, 3, 6):
        for _ in range(QUERIES // 6):
            runs = [run for run in re.findall(r"[^\W_]+", draw.choice(texts)) if len(run) >= length]
            run = draw.choice(runs)
            start = draw.randrange(len(run) - length + 1)
            query = run[start : start + length]
            scanned = {event for event, text in messages.items() if query in text}
            assert _found(query) == scanned, query
