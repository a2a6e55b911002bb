"""How the worker leaves room for people. Touches nothing.

SQLite has one writer, and whoever waits for it looks again after a while: a worker that writes
without pause keeps a customer waiting for a second. On PostgreSQL the processor is shared.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")
SHARE = 3  # a pause is this many times as long as the work before it
LONGEST = 0.2  # seconds


def politely(rows: Iterable[Row], rest: Callable[[float], None] = time.sleep) -> Iterator[Row]:
    """The rows one by one, with a pause after the work on each but the last."""
    pause = 0.0
    for row in rows:
        if pause:
            rest(pause)
        began = time.monotonic()
        yield row
        pause = min(LONGEST, SHARE * (time.monotonic() - began))


def handfuls(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows, so many at a time."""
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
