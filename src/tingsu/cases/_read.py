"""Reads rows by simple conditions with SQL made once per shape of the question: what every step
of a case asks must not be composed anew. Touches whatever it is given.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from tingsu.cases._columns import Convert, Shape, as_json, condition, reader, shape_of, values_of

Row = TypeVar("Row", bound=models.Model)
Column = tuple[str, Convert | None]


def rows_of(model: type[Row], **where: Any) -> list[Row]:
    """The rows that fit, in no order. where: column = value, or a tuple of which one must fit."""
    sql, columns, conditions = _statement(model, connection.vendor, shape_of(where))
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(conditions, where))
        return [_row(model, columns, values) for values in cursor.fetchall()]


def parts_of(model: type[Row], names: tuple[str, ...], **where: Any) -> list[Row]:
    """The same with these columns alone, for those who read thousands."""
    sql, columns, conditions = _statement(model, connection.vendor, shape_of(where), names)
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(conditions, where))
        return [_row(model, columns, values) for values in cursor.fetchall()]


def columns_of(model: type[models.Model], names: tuple[str, ...], **where: Any) -> list[list[Any]]:
    """These columns as plain values, in the order of their names; JSON as the text that it is."""
    sql, columns, conditions = _statement(model, connection.vendor, shape_of(where), names)
    reads = [None if read is as_json else read for _name, read in columns]
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(conditions, where))
        return [
            [read(value) if read else value for read, value in zip(reads, row, strict=True)]
            for row in cursor.fetchall()
        ]


def row_of(model: type[Row], **where: Any) -> Row | None:
    """The one row that fits, or None."""
    found = rows_of(model, **where)
    return found[0] if found else None


def _row(model: type[Row], columns: list[Column], values: tuple[Any, ...]) -> Row:
    """As ``Model.from_db`` makes it, without the signals that nobody here listens to."""
    row = model.__new__(model)
    state = ModelState()
    state.db, state.adding = connection.alias, False
    row.__dict__["_state"] = state
    for (name, read), value in zip(columns, values, strict=True):
        row.__dict__[name] = read(value) if read else value
    return row


@cache
def _statement(
    model: type[models.Model], vendor: str, shape: Shape, only: tuple[str, ...] = ()
) -> tuple[str, list[Column], list[Convert]]:
    quote = connection.ops.quote_name
    every: Any = model._meta.concrete_fields
    by_name = {field.attname: field for field in every}
    fields = [by_name[name] for name in only or by_name]
    names = ", ".join(quote(field.column) for field in fields)
    where, conditions = condition(model, vendor, shape)
    sql = f"SELECT {names} FROM {quote(model._meta.db_table)} WHERE {where}"  # noqa: S608 - our own names
    return sql, [(field.attname, reader(field, vendor)) for field in fields], conditions
