"""What requests and answers are made of. Pydantic alone, no tables.

Requests are read strictly: a field that nobody knows, a number in quotes, a time without a zone is
refused, so that a slip of the pen is noticed at once and not in a year's figures.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Strict,
    WithJsonSchema,
)

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("a time with its zone, such as 2026-11-21T14:00:00+08:00")
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except OverflowError as odd:
        raise ValueError("out of range") from odd


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day, such as 2026-11-21")
    return date.fromisoformat(value)


def _no_nul(value: str) -> str:
    """No database keeps it, and no person types it."""
    if "\0" in value:
        raise ValueError("NUL")
    return value


Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, AfterValidator(_no_nul)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]


_TAKEN: dict[str, str] = {}


class Shape(Schema):
    """Every shape has a name of its own: the document knows them by nothing else."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        there = _TAKEN.setdefault(cls.__name__, cls.__module__)
        if there != cls.__module__:
            raise TypeError(f"{cls.__name__} is taken by {there}; the document needs another name")


class Asked(Shape):
    """The query of a read; with it come the parts of an address after the question mark."""


class In(Shape):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid")


class Out(Shape):
    """The body of an answer."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
