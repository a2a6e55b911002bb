"""Case numbers: one running number per organisation and local day. Touches Counter."""

from datetime import date

from django.db import connection, transaction

from tingsu.people.models import Organisation


def ahead(organisation: Organisation, day: date) -> list[str]:
    """One number taken before the transaction that uses it, where that is worth it.

    On PostgreSQL the counter's row would stay locked until the complaint is on disk, and all
    receivers would queue for it. The counter's own commit need not wait for the disk: whatever
    uses the number is flushed after it. A complaint that is then refused leaves a gap.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
        return take(organisation, day, 1)


def take(organisation: Organisation, day: date, count: int) -> list[str]:
    """The next ``count`` numbers, such as TS-20261121-0412. Called as late as possible in the
    transaction: on PostgreSQL the row stays locked until the commit."""
    key = f"case:{organisation.id.hex}:{day:%Y%m%d}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_counter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = cases_counter.value + excluded.value"
            " RETURNING value",
            [key, count],
        )
        last: int = cursor.fetchone()[0]
    return [
        f"{organisation.number_prefix}-{day:%Y%m%d}-{number:04d}"
        for number in range(last - count + 1, last + 1)
    ]
