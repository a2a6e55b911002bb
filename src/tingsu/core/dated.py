"""Dated values: which one is in force on a day. Touches nothing but its arguments.

Law and house practice change on a day. A value therefore never stands alone: it has the day
since which it holds, the source that says so, and the day by which a person must look at it
again. There are no end dates (a forgotten one would leave nothing in force overnight); an end
is an explicit entry whose value is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)  # no slots: Dated[int](…) could not be made
class Dated(Generic[T]):
    """``value`` holds from ``since`` (inclusive) until the next entry; ``None`` ends it."""

    since: date
    value: T | None
    source: str
    review_by: date | None = None
    review: str = ""  # why a person should check this value; empty when it is sourced


def in_force(values: Iterable[Dated[T]], on: date) -> Dated[T] | None:
    """The entry that holds on a day; None before the first one and after an explicit end."""
    begun = [entry for entry in values if entry.since <= on]
    if not begun:
        return None
    latest = max(begun, key=lambda entry: entry.since)
    return latest if latest.value is not None else None


def out_of_order(values: Sequence[Dated[T]]) -> Dated[T] | None:
    """The first entry that does not begin after the one before it; None when all do.

    Files list values oldest first, so that a reader sees the history; two entries of one day
    would leave the choice to chance.
    """
    for earlier, later in pairwise(values):
        if later.since <= earlier.since:
            return later
    return None


def overdue_for_review(values: Iterable[Dated[T]], on: date) -> tuple[Dated[T], ...]:
    """Entries whose ``review_by`` has passed. They go on being in force."""
    return tuple(v for v in values if v.review_by is not None and v.review_by < on)
