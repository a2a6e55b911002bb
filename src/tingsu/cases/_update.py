"""Changes rows with SQL made once per set of columns: every step of a case moves its version, and
composing that statement anew took longer than running it. Touches whatever it is given.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db import connection, models

from tingsu.cases._columns import Convert, Shape, condition, converter, shape_of, values_of


def update(model: type[models.Model], changes: Mapping[str, Any], **where: Any) -> int:
    """Set columns in the rows that fit, in the caller's transaction; how many there were.

    where: column = value, or a tuple of which one must fit; never None.
    """
    sql, sets, conditions = _statement(model, connection.vendor, tuple(changes), shape_of(where))
    values = [convert(value) for convert, value in zip(sets, changes.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *values_of(conditions, where)])
        return int(cursor.rowcount)


def changing(
    model: type[models.Model], changes: Mapping[str, Any], **where: Any
) -> Callable[[], int]:
    """The same as an effect of a plan, which ``write`` calls in its transaction."""
    return lambda: update(model, changes, **where)


@cache
def _statement(
    model: type[models.Model], vendor: str, names: tuple[str, ...], shape: Shape
) -> tuple[str, list[Convert], list[Convert]]:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    where, conditions = condition(model, vendor, shape)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {where}"  # noqa: S608 - our own names
    return sql, [converter(field, vendor) for field in fields], conditions
