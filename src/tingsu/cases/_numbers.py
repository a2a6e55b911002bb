"""Case numbers: one running number per organisation and local day. Touches Counter."""

from datetime import date

from django.db import connection

from tingsu.people.models import Organisation


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
