"""The tests of single values of a pack, and the keys that many tables share.

Touches nothing but its arguments. A test answers with the code of a complaint, or "" for a
value in order; the words are in `tingsu.packs.problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tingsu.packs.opening import interval
from tingsu.packs.vocabulary import (
    ENDS,
    LANGUAGES,
    ROLLS,
    STARTS,
    UNITS,
    WARN_UNITS,
)

Test = Callable[[object], str]


class Key(NamedTuple):
    """One key of a table."""

    test: Test
    required: bool = False


Shape = Mapping[str, Key]


def text(value: object) -> str:
    """Some words."""
    return "" if isinstance(value, str) and value.strip() else "not_text"


def flag(value: object) -> str:
    """True or false."""
    return "" if isinstance(value, bool) else "not_flag"


def number(value: object) -> str:
    """A whole number from 1."""
    right = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if right else "not_number"


def amount(value: object) -> str:
    """Money in fen, from 0."""
    right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if right else "not_amount"


def day(value: object) -> str:
    """A date without time and without quotes."""
    return "" if isinstance(value, date) and not isinstance(value, datetime) else "not_day"


def days(value: object) -> str:
    """A list of dates."""
    return "" if isinstance(value, list) and not any(map(day, value)) else "not_days"


def label(value: object) -> str:
    """Words in every language."""
    if not isinstance(value, dict):
        return "not_label"
    complete = all(not text(value.get(language)) for language in LANGUAGES)
    return "" if complete and set(value) <= set(LANGUAGES) else "not_label"


def labels(value: object) -> str:
    """A list of words in every language."""
    return "" if isinstance(value, list) and not any(map(label, value)) else "not_labels"


def words(value: object) -> str:
    """A list of words."""
    return "" if isinstance(value, list) and not any(map(text, value)) else "not_words"


def table(value: object) -> str:
    """A table in one line, such as { received = 2026-09-30 }."""
    return "" if isinstance(value, dict) and value else "not_inline"


def hours(value: object) -> str:
    """Stretches of a day in order, such as ["09:00-12:00", "13:30-18:00"]."""
    if words(value):
        return "not_hours"
    try:
        stretches = [interval(str(item)) for item in value]  # type: ignore[attr-defined]
    except ValueError:
        return "not_hours"
    ordered = all(a[1] < b[0] for a, b in pairwise(stretches))
    return "" if ordered else "not_hours"


_WORD = "[a-z][a-z0-9_]*"


def code(value: object) -> str:
    """``group``, ``group.entry`` or ``group.entry.detail`` in small letters."""
    right = isinstance(value, str) and re.fullmatch(
        r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}", value
    )
    return "" if right else "bad_code"


def article(value: object) -> str:
    """``23.1(5)``: article 23, paragraph 1, item 5."""
    right = isinstance(value, str) and re.fullmatch(r"\d+[a-z]?(\.\d+)?(\(\d+\))?", value)
    return "" if right else "bad_article"


def zone(value: object) -> str:
    """A time zone such as Asia/Shanghai."""
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        return "bad_zone"
    return ""


def fixed_days(value: object) -> str:
    """Names by month and day."""
    if not isinstance(value, dict):
        return "bad_fixed"
    try:
        return "" if all(date.fromisoformat(f"2000-{key}") for key in value) else "bad_fixed"
    except ValueError:
        return "bad_fixed"


@dataclass(frozen=True, eq=False)
class OneOf:
    """A test for one word of a list."""

    known: Collection[str]
    complaint: str

    def __call__(self, value: object) -> str:
        return "" if value in self.known else self.complaint


@dataclass(frozen=True, eq=False)
class AllOf:
    """A test for a list of words of a list."""

    known: Collection[str]
    complaint: str

    def __call__(self, value: object) -> str:
        right = isinstance(value, list) and all(item in self.known for item in value)
        return "" if right else self.complaint


@dataclass(frozen=True, eq=False)
class Length:
    """A test for { n = 2, unit = "wd" }."""

    units: Collection[str]

    def __call__(self, value: object) -> str:
        if not isinstance(value, dict) or set(value) != {"n", "unit"} or number(value["n"]):
            return "bad_span"
        return "" if value["unit"] in self.units else "bad_unit"


one_of, all_of, span = OneOf, AllOf, Length


def extensions(value: object) -> str:
    """A list of { by or to = 30, unit, condition, approval, notify }."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return "bad_extension"
    for item in value:
        kinds = {"by", "to"} & set(item)
        others = set(item) - {"by", "to", "unit", "condition", "approval", "notify"}
        if len(kinds) != 1 or others or number(item[kinds.pop()]):
            return "bad_extension"
        if item.get("unit") not in UNITS:
            return "bad_unit"
    return ""


LABEL = Key(label, required=True)
CODE = Key(code, required=True)
SINCE = Key(day, required=True)
REVIEW: Shape = {"review": Key(text), "review_by": Key(day)}
SOURCED: Shape = {
    "act": Key(text),
    "article": Key(article),
    "source": Key(text),
    "house": Key(flag),
    **REVIEW,
}
LENGTH: Shape = {
    "n": Key(number, required=True),
    "unit": Key(one_of(UNITS, "bad_unit"), required=True),
}
COUNTING: Shape = {
    "start_rule": Key(one_of(STARTS, "bad_start")),
    "roll": Key(one_of(ROLLS, "bad_roll")),
    "ends_at": Key(one_of(ENDS, "bad_end")),
    "warn": Key(span(WARN_UNITS)),
}
