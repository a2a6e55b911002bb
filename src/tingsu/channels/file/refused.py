"""The refused rows as a file: row, column, reason, and the columns as they were (IN-11).

The values come from the stored upload alone; nothing of them lies in the database.
"""

import csv
import io
from collections.abc import Iterator
from typing import IO

from tingsu.channels.file import store
from tingsu.channels.file.fields import REFUSED_HEADINGS
from tingsu.channels.file.readers import open_table
from tingsu.channels.file.table import Row
from tingsu.channels.models import ImportJob, ImportRefusal

# A cell that begins so would be worked out as a formula by the spreadsheet that opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 500


def refused_csv(job: ImportJob) -> Iterator[bytes]:
    """CSV in parts, UTF-8 with a mark so that every spreadsheet reads it. Raises OSError."""
    file = store.opened(job.stored_as)
    return _closing(file, _parts(job, open_table(file, job.kind, job.headers).rows))


def _closing(file: IO[bytes], parts: Iterator[bytes]) -> Iterator[bytes]:
    with file:
        yield from parts


def _parts(job: ImportJob, rows: Iterator[Row]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow([*map(str, REFUSED_HEADINGS), *job.headers])
    why = _refusals(job)
    wanted = next(why, None)
    for row in rows:
        if wanted is None:
            break
        if row.number == wanted.row:
            told = (wanted.row, wanted.column, wanted.reason)
            writer.writerow([*told, *map(harmless, row.cells)])
            wanted = next(why, None)
        if text.tell() > 1 << 16:
            yield _taken(text)
    yield _taken(text)


def _refusals(job: ImportJob) -> Iterator[ImportRefusal]:
    return ImportRefusal.objects.filter(job=job).order_by("row").iterator(chunk_size=AT_ONCE)


def _taken(text: io.StringIO) -> bytes:
    part = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return part


def harmless(cell: str) -> str:
    """The cell as text, whatever it begins with; numbers with a sign stay numbers."""
    if cell.startswith(FORMULA) and not cell.lstrip("+-").replace(".", "", 1).isdecimal():
        return f"'{cell}"
    return cell


def reasons(job: ImportJob, most: int = 20) -> list[ImportRefusal]:
    """The first refused rows, for the page and the terminal."""
    return list(ImportRefusal.objects.filter(job=job).order_by("row")[:most])
