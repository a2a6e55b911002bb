"""Conditions and values of hand-made SQL, in the manner of each database. Touches no table."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import connection, models

from tingsu.cases._insert import Convert, converter

Shape = tuple[tuple[str, int], ...]
"""The columns of a condition: name, and how many values one of which must fit (0: just one)."""

__all__ = [
    "Convert",
    "Shape",
    "as_json",
    "condition",
    "converter",
    "reader",
    "shape_of",
    "values_of",
]


def shape_of(where: Mapping[str, Any]) -> Shape:
    """What of a condition decides its SQL."""
    return tuple(
        (name, len(value) if isinstance(value, tuple) else 0) for name, value in where.items()
    )


def condition(model: type[models.Model], vendor: str, shape: Shape) -> tuple[str, list[Convert]]:
    """The SQL behind WHERE, and how each of its columns' values goes to the database."""
    parts, converts = [], []
    for name, count in shape:
        field: Any = model._meta.get_field(name)
        marks = f"IN ({', '.join(['%s'] * count)})" if count else "= %s"
        parts.append(f"{connection.ops.quote_name(field.column)} {marks}")
        converts.append(converter(field, vendor))
    return " AND ".join(parts), converts


def values_of(converts: list[Convert], where: Mapping[str, Any]) -> list[Any]:
    """The values of a condition, in the order of its marks."""
    found: list[Any] = []
    for convert, value in zip(converts, where.values(), strict=True):
        found += map(convert, value) if isinstance(value, tuple) else [convert(value)]
    return found


def reader(field: Any, vendor: str) -> Convert | None:
    """How a value of the column comes back; None where it comes as it is."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.JSONField):
        return as_json
    if vendor == "sqlite":
        kinds: tuple[tuple[type, Callable[[Any], Any]], ...] = (
            (models.UUIDField, _uuid),
            (models.DateTimeField, _instant),
        )
        return next((read for kind, read in kinds if isinstance(target, kind)), None)
    return None


def as_json(value: Any) -> Any:
    """What a column of JSON holds."""
    return None if value is None else json.loads(value)


def _uuid(value: Any) -> Any:
    return None if value is None else UUID(hex=value)


def _instant(value: Any) -> Any:
    """The driver has made it an instant without a zone already; it is UTC."""
    return None if value is None else value.replace(tzinfo=UTC)
