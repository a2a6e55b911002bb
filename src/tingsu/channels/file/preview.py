"""What the first rows of a file would become, before anything is written. Reads the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.cases.intake import Intake, checked
from tingsu.cases.queries.imports import received_before
from tingsu.channels.file import store
from tingsu.channels.file.jobs import reading_of
from tingsu.channels.file.readers import open_table
from tingsu.channels.file.rows import Reading, RowRefused, intake_of
from tingsu.channels.file.table import Row
from tingsu.channels.models import ImportJob

SHOWN = 20


@dataclass(frozen=True)
class Shown:
    """One row: the intake it becomes, or in which column it fails and why."""

    number: int
    intake: Intake | None
    column: str = ""
    reason: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Preview:
    """The first rows, and a few cells of each column for the choice of its field."""

    rows: list[Shown]
    examples: dict[str, str]  # header -> first filled cell, shortened

    @property
    def refused(self) -> int:
        """How many of the shown rows cannot come in."""
        return sum(row.intake is None for row in self.rows)


def preview(job: ImportJob, now: datetime, most: int = SHOWN) -> Preview:
    """Read the beginning of the job's file. Raises TableError, OSError."""
    with store.opened(job.stored_as) as file:
        rows = list(islice(open_table(file, job.kind, job.headers).rows, most))
    reading = reading_of(job, now)
    shown = [_shown(row, reading, now) for row in rows]
    keys = [row.intake.intake_key for row in shown if row.intake and row.intake.intake_key]
    known = received_before(job.organisation_id, keys)
    return Preview(
        [
            replace(row, repeated=row.intake is not None and row.intake.intake_key in known)
            for row in shown
        ],
        _examples(job.headers, rows),
    )


def _shown(row: Row, reading: Reading, now: datetime) -> Shown:
    try:
        return Shown(row.number, checked(intake_of(row, reading), now))
    except RowRefused as refused:
        return Shown(row.number, None, refused.column, refused.reason)
    except Invalid as invalid:
        return Shown(row.number, None, *reading.first_wrong(invalid.fields))


def _examples(headers: Sequence[str], rows: Sequence[Row]) -> dict[str, str]:
    examples = {}
    for place, header in enumerate(headers):
        filled = (cell for row in rows if (cell := row.cells[place].strip()))
        cell = " ".join(next(filled, "").split())
        examples[header] = f"{cell[:59]}…" if len(cell) > 60 else cell or _("（空）")
    return examples
