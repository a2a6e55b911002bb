"""Running numbers: of cases by organisation and local day, of papers by register and year.

Touches Counter.
"""

from datetime import date

from django.db import connection, transaction

from tingsu.cases.models import Counter
from tingsu.people.models import Organisation


def ahead(organisation: Organisation, day: date, count: int) -> list[str]:
    """Numbers taken before the transaction that uses them, where that is worth it.

    On PostgreSQL the counter's row would stay locked until the complaint is on disk, and all
    receivers would queue for it. The counter's own commit need not wait for the disk: whatever
    uses the number is flushed after it. A complaint that is then refused leaves a gap.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
        return take(organisation, day, count)


def take(organisation: Organisation, day: date, count: int) -> list[str]:
    """The next ``count`` numbers, such as TS-20261121-0412. Called as late as possible in the
    transaction: on PostgreSQL the row stays locked until the commit."""
    last = _next(f"case:{organisation.id.hex}:{day:%Y%m%d}", count)
    return [
        f"{organisation.number_prefix}-{day:%Y%m%d}-{number:04d}"
        for number in range(last - count + 1, last + 1)
    ]


def register_number(organisation: Organisation, word: str, year: int) -> tuple[int, str]:
    """The next place in a register of papers, and how it is written: TS受〔2026〕12号.

    Taken in the transaction that issues the paper: one that is rolled back gives it back, so that
    the register has no gaps. On PostgreSQL whoever issues next waits for the commit.
    """
    return _place(organisation, word, year, _next(_register(organisation, word, year), 1))


def likely_number(organisation: Organisation, word: str, year: int) -> tuple[int, str]:
    """What ``register_number`` will give if nobody is quicker; takes nothing."""
    row = Counter.objects.filter(key=_register(organisation, word, year)).first()
    return _place(organisation, word, year, row.value + 1 if row else 1)


def _register(organisation: Organisation, word: str, year: int) -> str:
    return f"paper:{organisation.id.hex}:{year}:{word}"


def _place(organisation: Organisation, word: str, year: int, place: int) -> tuple[int, str]:
    return place, f"{organisation.number_prefix}{word}〔{year}〕{place}号"


def _next(key: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_counter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = cases_counter.value + excluded.value"
            " RETURNING value",
            [key, count],
        )
        last: int = cursor.fetchone()[0]
    return last
