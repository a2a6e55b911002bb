"""An import from upload to start: look into the file, remember mappings, choose, begin, stop.

Writes import jobs and mappings; the cases are made by ``running``.
"""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import IO, Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.channels.file import store
from tingsu.channels.file.fields import BY_CODE, REFUSED_HEADINGS, plain_header
from tingsu.channels.file.guess import Guess, day_first, guess, needed
from tingsu.channels.file.readers import check_size, count_rows, kind_of, open_table, unpacked
from tingsu.channels.file.rows import Reading
from tingsu.channels.models import ImportJob, ImportMapping
from tingsu.core.text import clean_line
from tingsu.people.models import Organisation, new_id
from tingsu.people.permission import NotThere

SAMPLE = 200
DRAFTS_LAST = timedelta(days=7)


@dataclass(frozen=True)
class Looked:
    """A new job, what we take its columns for, and the mapping it was recognised by."""

    job: ImportJob
    guesses: list[Guess]
    recognised: str  # name of the remembered mapping, "" when there was none


def upload(
    organisation: Organisation, member_id: UUID | None, name: str, file: IO[bytes], at: datetime
) -> Looked:
    """Look through a file and keep it as a draft. Raises TableError with words."""
    with tempfile.TemporaryFile() as spare:
        content = unpacked(file, spare)
        kind = kind_of(content)
        check_size(content.seek(0, 2), workbook=kind == "xlsx")
        job = ImportJob(id=new_id(), organisation=organisation, member_id=member_id, kind=kind)
        sample = _survey(job, content)
        job.name, job.created_at = _shown_name(name), at
        guesses = guess(job.headers, sample)
        job.options = {
            "day_first": _day_first(sample),
            "language": get_language() or "zh-hans",
            "guessed": {one.header: [one.field, round(one.confidence * 100)] for one in guesses},
        }
        recognised = remembered(organisation.id, job.headers)
        job.columns = {one.header: one.field for one in guesses}
        if recognised:
            job.columns = {h: recognised.columns.get(plain_header(h), "") for h in job.headers}
            job.options |= recognised.options
        job.stored_as = store.keep(job.id, kind, content)
    job.save()
    return Looked(job, guesses, recognised.name if recognised else "")


def _survey(job: ImportJob, content: IO[bytes]) -> list[Sequence[str]]:
    """Fill in what the file itself says; returns the cells of its first rows."""
    job.size = content.seek(0, 2)
    table = open_table(content, job.kind)
    first = list(islice(table.rows, SAMPLE))
    table.rows = chain(first, table.rows)
    job.total = count_rows(table)
    job.headers, job.notes, job.encoding = table.headers, table.notes, table.encoding
    return [row.cells for row in first if not row.problem]


def _shown_name(name: str) -> str:
    return clean_line(PurePosixPath(name.replace("\\", "/")).name)[-200:] or _("未命名")


def _day_first(sample: Sequence[Sequence[str]]) -> bool:
    return bool(sample) and any(day_first(cells) for cells in zip(*sample, strict=True))


def headers_key(headers: Sequence[str]) -> str:
    """The same for the same headings in any order and writing."""
    ours = {plain_header(str(heading)) for heading in REFUSED_HEADINGS}
    plain = {plain_header(header) for header in headers}
    # The file of refused rows, corrected and brought again, is the same kind of file.
    told = "\x1f".join(sorted(plain - ours if ours <= plain else plain))
    return hashlib.sha256(told.encode()).hexdigest()


def remembered(organisation_id: UUID, headers: Sequence[str]) -> ImportMapping | None:
    """The mapping with which these headings were imported before."""
    return ImportMapping.objects.filter(
        organisation_id=organisation_id, headers_key=headers_key(headers)
    ).first()


def mappings(organisation_id: UUID) -> list[ImportMapping]:
    """All remembered mappings, the last used first."""
    rows = ImportMapping.objects.filter(organisation_id=organisation_id)
    return list(rows.order_by("-used_at")[:100])


def named_mapping(organisation_id: UUID, name: str) -> ImportMapping | None:
    """A remembered mapping by its name."""
    return next((one for one in mappings(organisation_id) if one.name == name), None)


def forget_mapping(organisation_id: UUID, mapping_id: UUID) -> None:
    """Remember it no longer; what was imported stays."""
    ImportMapping.objects.filter(organisation_id=organisation_id, id=mapping_id).delete()


def reading_of(job: ImportJob, now: datetime) -> Reading:
    """How the job's rows are to be read."""
    house = job.organisation
    return Reading(
        house=house.id,
        headers=job.headers,
        columns=job.columns,
        pack=job.options.get("pack") or house.pack,
        packs=tuple(dict.fromkeys([house.pack, *house.packs])),
        zone=house.zone,
        now=now,
        day_first=bool(job.options.get("day_first")),
        channel=job.options.get("channel") or "file",
    )


def choose(job: ImportJob, columns: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """Set what the columns are, whether that is complete or not. Unknown fields are left out."""
    job.columns = {h: f if (f := columns.get(h, "")) in BY_CODE else "" for h in job.headers}
    job.options |= options
    ImportJob.objects.filter(id=job.id, state="draft").update(
        columns=job.columns, options=job.options
    )


def check_columns(job: ImportJob) -> None:
    """Raises Invalid when no complaint can come of these columns."""
    fields = [field for field in job.columns.values() if field]
    twice = {f for f in fields if fields.count(f) > 1 and not BY_CODE[f].many}
    if not needed(fields):
        raise Invalid({"columns": _("请指出哪一列是事实经过（或标题、诉求），否则成不了投诉。")})
    if twice:
        labels = _("、").join(str(BY_CODE[f].label) for f in sorted(twice))
        raise Invalid({"columns": _("「%(labels)s」只能对应一列，请改正。") % {"labels": labels}})
    if "closed_at" in fields and "received_at" not in fields:
        raise Invalid({"columns": _("有办结时间，就要有收到时间。请指出是哪一列。")})


def start(job: ImportJob, at: datetime, *, name: str = "") -> None:
    """Hand a draft to the worker and remember its mapping. Raises Invalid or Refusal."""
    check_columns(job)
    ready = ImportJob.objects.filter(id=job.id, state__in=("draft", "stopped"))
    if not ready.update(state="ready", started_at=job.started_at or at, claimed_until=None):
        raise Refusal(_("这份文件已经在导入了。"), code="started")
    job.refresh_from_db()
    kept = {k: v for k, v in job.options.items() if k in ("pack", "channel", "day_first", "queue")}
    ImportMapping.objects.update_or_create(
        organisation_id=job.organisation_id,
        headers_key=headers_key(job.headers),
        defaults={
            "name": clean_line(name)[:80] or PurePosixPath(job.name).stem[:80],
            "columns": {plain_header(h): f for h, f in job.columns.items() if f},
            "options": kept,
            "used_at": at,
        },
    )


def stop(job: ImportJob, at: datetime) -> None:
    """Stop after the batch that is under way; what came in stays, and it can go on later."""
    ImportJob.objects.filter(id=job.id, state="ready").update(state="stopped", ended_at=at)


def drop(job: ImportJob) -> None:
    """Throw a draft away, with its file."""
    if ImportJob.objects.filter(id=job.id, state="draft").delete()[0]:
        store.throw_away(job.stored_as)


def access_job(organisation_id: UUID, job_id: UUID) -> ImportJob:
    """A job of the own organisation. Raises NotThere."""
    rows = ImportJob.objects.select_related("organisation", "member")
    found = rows.filter(organisation_id=organisation_id, id=job_id).first()
    if found is None:
        raise NotThere
    return found


def newest(organisation_id: UUID, most: int = 50) -> list[ImportJob]:
    """The imports of an organisation, newest first."""
    rows = ImportJob.objects.filter(organisation_id=organisation_id).select_related("member")
    return list(rows.order_by("-id")[:most])


def purge(at: datetime) -> None:
    """Delete files that nobody needs any longer, and drafts that were never started."""
    for job in ImportJob.objects.filter(state="draft", created_at__lt=at - DRAFTS_LAST)[:100]:
        drop(job)
    over = ImportJob.objects.exclude(stored_as="").filter(ended_at__lt=at - store.KEPT)
    for job in over.exclude(state="ready")[:100]:
        store.throw_away(job.stored_as)
        ImportJob.objects.filter(id=job.id).update(stored_as="")
