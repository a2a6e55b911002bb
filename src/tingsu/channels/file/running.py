"""Brings the records of a started import in, batch by batch, through the real receive (IN-11).

A batch, its refusals and the job's position are one transaction: killed at any moment, the next
worker goes on behind the last batch. Writes import jobs; cases through ``cases.actions``.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import search, tidy
from tingsu.cases.actions.receive import Received, receive_many
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import Intake, checked
from tingsu.channels.file import store
from tingsu.channels.file.jobs import reading_of
from tingsu.channels.file.readers import open_table
from tingsu.channels.file.rows import Reading, RowRefused, intake_of
from tingsu.channels.file.table import Row
from tingsu.channels.models import ImportJob, ImportRefusal
from tingsu.packs import PackError
from tingsu.people.actor import SYSTEM, Actor
from tingsu.people.directory import department
from tingsu.people.models import Department
from tingsu.people.permission import NotThere

BATCH = 250
MOVING = ("state", "position", "made", "repeated", "refused", "busy_ms", "first_case", "last_case")
LEASE = timedelta(minutes=2)  # a batch takes a fraction of a second

# What a single record can do to a batch; anything else is the house's trouble, not the row's.
ROW_FAULTS = (Refusal, PackError, DataError, IntegrityError, ValueError, KeyError)


class Lost(Exception):
    """Somebody stopped the import, or another worker has it."""


class Broken(Exception):
    """No record of a batch could be saved."""


@dataclass
class Outcome:
    """What became of one batch."""

    cases: list[UUID] = field(default_factory=list)
    repeated: int = 0
    refusals: list[ImportRefusal] = field(default_factory=list)

    def take(self, results: Sequence[Received]) -> None:
        """Count what receive made and what it knew already."""
        self.cases += [one.case.id for one in results if not one.repeated]
        self.repeated += sum(one.repeated for one in results)


class Run:
    """One job with its file open behind the last record that is in.

    Raises TableError or OSError when the file cannot be read.
    """

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.by = _actor(job)
        self.queue = _queue(job)
        self.file = store.opened(job.stored_as)
        self.rows = open_table(self.file, job.kind, job.headers).rows
        for _skipped in islice(self.rows, job.position):
            pass

    def close(self) -> None:
        self.file.close()

    def step(self, at: datetime) -> bool:
        """Bring one batch in; False when it was the last. Raises Lost, TableError."""
        began = time.monotonic()
        with override(self.job.options.get("language", "zh-hans")):
            rows = list(islice(self.rows, BATCH))
            reading = reading_of(self.job, at)
            outcome = Outcome()
            pairs = self._understood(rows, reading, outcome)
            with transaction.atomic():
                self._receive(pairs, reading, at, outcome)
                ImportRefusal.objects.bulk_create(outcome.refusals)
                self._move(len(rows), outcome, at, began)
        self.job.refresh_from_db(fields=MOVING)
        if len(rows) == BATCH:
            return True
        finish(self.job, at)
        return False

    def _understood(
        self, rows: Sequence[Row], reading: Reading, outcome: Outcome
    ) -> list[tuple[Row, Intake]]:
        pairs = []
        for row in rows:
            try:
                pairs.append((row, intake_of(row, reading)))
            except RowRefused as refused:
                self._refuse(outcome, row, refused.column, refused.reason)
        return pairs

    def _receive(
        self,
        pairs: Sequence[tuple[Row, Intake]],
        reading: Reading,
        at: datetime,
        outcome: Outcome,
    ) -> None:
        """All at once; where a record is bad, the good ones still all at once."""
        try:
            outcome.take(self._made([intake for _row, intake in pairs], at))
        except Invalid:
            good = [pair for pair in pairs if self._holds(pair, reading, at, outcome)]
            outcome.take(self._made([intake for _row, intake in good], at))
        except ROW_FAULTS as fault:
            failed = [pair for pair in pairs if not self._goes_in(pair, reading, at, outcome)]
            if len(failed) == len(pairs) > 1:
                raise Broken from fault  # not the rows, the house
            for row, _intake in failed:
                words = _("这一行没能存入，请检查各列内容后再试。")
                self._refuse(outcome, row, "", words)

    def _made(self, intakes: Sequence[Intake], at: datetime) -> list[Received]:
        if not intakes:
            return []
        house = self.job.organisation
        return receive_many(house, intakes, self.by, at, queue=self.queue, acknowledge=False)

    def _holds(
        self, pair: tuple[Row, Intake], reading: Reading, at: datetime, outcome: Outcome
    ) -> bool:
        row, intake = pair
        try:
            checked(intake, at)
        except Invalid as invalid:
            self._refuse(outcome, row, *reading.first_wrong(invalid.fields))
            return False
        return True

    def _goes_in(
        self, pair: tuple[Row, Intake], reading: Reading, at: datetime, outcome: Outcome
    ) -> bool:
        """One record by itself; False when it breaks what nobody foresaw."""
        if not self._holds(pair, reading, at, outcome):
            return True  # refused in words
        try:
            with transaction.atomic():
                outcome.take(self._made([pair[1]], at))
        except ROW_FAULTS:
            return False
        return True

    def _refuse(self, outcome: Outcome, row: Row, column: str, reason: str) -> None:
        outcome.refusals.append(
            ImportRefusal(job_id=self.job.id, row=row.number, column=column, reason=reason[:400])
        )

    def _move(self, count: int, outcome: Outcome, at: datetime, began: float) -> None:
        """Compare-and-set on the position: whoever comes second takes everything back."""
        job, cases = self.job, outcome.cases
        changes = {
            "position": job.position + count,
            "made": F("made") + len(cases),
            "repeated": F("repeated") + outcome.repeated,
            "refused": F("refused") + len(outcome.refusals),
            "busy_ms": F("busy_ms") + max(1, round((time.monotonic() - began) * 1000)),
            "claimed_until": at + LEASE,
        }
        if cases:
            changes |= {"last_case": max(cases), "first_case": job.first_case or min(cases)}
        mine = ImportJob.objects.filter(id=job.id, state="ready", position=job.position)
        if not mine.update(**changes):
            raise Lost


def finish(job: ImportJob, at: datetime) -> None:
    """All records have been read. The file goes, unless refused rows are to be shown with it."""
    if ImportJob.objects.filter(id=job.id, state="ready").update(
        state="done", ended_at=at, claimed_until=None, total=job.position
    ):
        if not job.refused:
            store.throw_away(job.stored_as)
            ImportJob.objects.filter(id=job.id).update(stored_as="")
        search.tidy()
        tidy.learn_sizes()
    job.refresh_from_db(fields=[*MOVING, "total", "stored_as", "ended_at"])


def fail(job: ImportJob, at: datetime, words: str) -> None:
    """The file could not be read to its end; what came in stays."""
    ImportJob.objects.filter(id=job.id, state="ready").update(
        state="failed", failure=words[:400], ended_at=at, claimed_until=None
    )


def _actor(job: ImportJob) -> Actor:
    return Actor("member", job.member_id, job.member.name) if job.member else SYSTEM


def _queue(job: ImportJob) -> Department | None:
    """The chosen department; None (the intake department) when it is gone meanwhile."""
    try:
        return department(job.organisation_id, UUID(job.options["queue"]))
    except (KeyError, ValueError, NotThere):
        return None
