"""Inserts rows with SQL made once per table: a complaint is eight rows, and Django's building of
the statements took longer than the database took to run them. Touches whatever it is given.

PostgreSQL keeps the plan of each statement and is not waited for after each of them. Its driver is
loaded where it is used.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from functools import cache
from typing import Any

from django.db import connection, models

Convert = Callable[[Any], Any]


class JsonText(str):
    """JSON that is text already, for a column that holds JSON."""

    __slots__ = ()


_MANY = 20  # rows from which a stream pays
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
)


@contextmanager
def one_round_trip() -> Iterator[None]:
    """What is written inside goes to PostgreSQL in one go. No answer may be needed before the end:
    a count of changed rows is not known yet. An error comes at the end, as Django's own."""
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, connection.connection.pipeline():
            yield
    else:
        yield


def insert(rows: Iterable[models.Model]) -> None:
    """Insert new rows, one statement per table, in the caller's transaction.

    Rows must carry their own key; foreign keys are checked at commit, so the order is free.
    """
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    with connection.wrap_database_errors, prepared() as cursor:
        for model, group in by_model.items():
            sql, columns = _statement(model, connection.vendor)
            values = [[convert(row.__dict__[name]) for name, convert in columns] for row in group]
            if len(values) == 1:
                cursor.execute(sql, values[0])
            elif connection.vendor == "postgresql" and len(values) >= _MANY:
                table = sql.removeprefix("INSERT INTO ").partition(" VALUES ")[0]
                copy_rows(cursor, table, values)
            else:
                cursor.executemany(sql, values)
            for row in group:
                row._state.adding = False


def prepared() -> Any:
    """A cursor whose statements PostgreSQL prepares once they have come a few times."""
    if connection.vendor == "postgresql":
        from psycopg import Cursor

        connection.ensure_connection()
        return Cursor(connection.connection)
    return connection.cursor()


def copy_rows(cursor: Any, table: str, values: Iterable[Sequence[Any]]) -> None:
    """Many rows for PostgreSQL in one stream: an import spends half its time here otherwise.

    table: its name with the columns in brackets, of ours alone.
    """
    from psycopg.pq import PipelineStatus

    rows = list(values)
    if connection.connection.info.pipeline_status != PipelineStatus.OFF:  # no place for a stream
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
        return
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


@cache
def _statement(model: type[models.Model], vendor: str) -> tuple[str, list[tuple[str, Convert]]]:
    fields: Any = model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    return sql, [(field.attname, converter(field, vendor)) for field in fields]


def converter(field: Any, vendor: str) -> Convert:
    """How a value of the field goes to this database; the plain kinds go as they are."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.UUIDField):
        return _hex if vendor == "sqlite" else _same
    if isinstance(target, _PLAIN):
        return _same
    if isinstance(target, models.DateTimeField):
        return _utc_text if vendor == "sqlite" else _same
    if isinstance(target, models.JSONField):
        adapt, encoder = connection.ops.adapt_json_value, target.encoder
        return lambda value: (
            value if value is None or isinstance(value, JsonText) else adapt(value, encoder)
        )
    return lambda value: target.get_db_prep_save(value, connection)


def _hex(value: Any) -> Any:
    return None if value is None else value.hex


def _utc_text(value: Any) -> Any:
    """As Django writes an instant into SQLite: text in UTC, without a zone."""
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _same(value: Any) -> Any:
    return value
