"""A dossier is asked for, made by the worker, taken, thrown away after some days (CL-2).

Writes Dossier rows and the storage; making and taking are entries of the case.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import erasing
from tingsu.cases._files import opened
from tingsu.cases.actions import copied
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.documents.fonts import NoFont
from tingsu.followup._contents import Contents, Row, bound, contents, plain_rows
from tingsu.followup._packed import packed
from tingsu.followup.models import Dossier
from tingsu.people.actor import Actor
from tingsu.people.directory import names
from tingsu.people.models import new_id
from tingsu.people.permission import Can, NotThere, Who

log = logging.getLogger(__name__)
LASTS = timedelta(days=7)
CLAIM = timedelta(minutes=5)
MOST_TRIES = 3


def ask(
    case: Case, by: Actor, at: datetime, *, masked: bool, language: str, rows: Sequence[Row] = ()
) -> Dossier:
    """Ask for a copy. rows: the timeline in the words of the page that asks; without them it is
    told in few words. A copy that is being made for the same version is not made twice."""
    if case.anonymised_at:
        raise Refusal(_("这件投诉的案卷已按规定销毁，只留统计所需。"), code="disposed")
    waiting = Dossier.objects.filter(
        case=case, masked=masked, asked_by_id=by.me, state__in=("waiting", "making")
    )
    if found := waiting.first():
        return found
    row = Dossier(
        id=new_id(), organisation_id=case.organisation_id, case=case, masked=masked,
        language=language, asked_by_id=by.me, asked_at=at, version=case.version,
    )  # fmt: skip
    row.told = json.dumps(list(rows), ensure_ascii=False) if rows else ""
    with transaction.atomic():
        copied.asked(case, by, at, masked=masked)
        row.save(force_insert=True)
    return row


def sweep(at: datetime) -> bool:
    """Make the next one; throw away what has lain long enough."""
    old = Dossier.objects.filter(state="ready", ended_at__lt=at - LASTS)
    for gone in old[:50]:
        throw_away(gone, at)
    row = _claim(at)
    if row is None:
        return False
    try:
        make(row, at)
    except (NoFont, OSError, ValueError) as problem:
        log.error("dossier: %s", type(problem).__name__)  # the kind alone: a message names files
        # The claim runs out and it is tried again; after some tries a person is told.
        if row.tries >= MOST_TRIES:
            Dossier.objects.filter(id=row.id).update(state="failed", ended_at=at, told_sealed=None)
    return True


def make(row: Dossier, at: datetime) -> Dossier:
    """Make both files. Raises NoFont, OSError."""
    from tingsu.documents.binding import bind

    case = Case.objects.select_related("party", "owner").get(id=row.case_id)
    by = names({row.asked_by_id})[row.asked_by_id]
    with override(row.language):
        rows = json.loads(row.told) if row.told else plain_rows(case)
        found = contents(case, rows, language=row.language, masked=row.masked, by=by, at=at)
        step = _Steps(row, found)
        parts = [] if row.masked else bound(found, step)
        pdf, pages = bind(
            found.cover, found.sections, parts, language=row.language, at=at, step=step
        )
    with packed(case, pdf, found.papers, found.files, masked=row.masked, step=step) as archive:
        made: dict[str, Any] = _kept(row, "pdf", BytesIO(pdf)) | _kept(row, "zip", archive)
    made |= {"state": "ready", "pages": pages, "done": step.total, "ended_at": at,
             "told_sealed": None}  # fmt: skip
    Dossier.objects.filter(id=row.id).update(**made)
    row.refresh_from_db()
    return row


def take(row: Dossier, who: Who, by: Actor, at: datetime, *, what: str) -> IO[bytes]:
    """The file, after the timeline says who took it. what: pdf | zip. Raises NotThere."""
    path = row.pdf_as if what == "pdf" else row.zip_as
    if row.state != "ready" or not path:
        raise NotThere
    if not row.masked and Can.UNMASK not in who.rights:
        raise NotThere
    file = opened(path)
    digest = row.pdf_sha256 if what == "pdf" else row.zip_sha256
    copied.taken(row.case, by, at, what=what, masked=row.masked, sha256=digest)
    return file


def throw_away(row: Dossier, at: datetime) -> None:
    """The copy goes; the row says that there was one."""
    erasing.leave([row.pdf_as, row.zip_as], at)
    Dossier.objects.filter(id=row.id).update(state="gone", pdf_as="", zip_as="")


class _Steps:
    """Counts what is done, and says so on the row now and then."""

    def __init__(self, row: Dossier, found: Contents) -> None:
        parts = 0 if row.masked else 2 * (len(found.papers) + len(found.files))
        self.row, self.total, self.done = row, parts + 4, 0

    def __call__(self) -> None:
        self.done = min(self.done + 1, self.total - 1)
        if self.done % 5 == 1:
            Dossier.objects.filter(id=self.row.id).update(done=self.done, total=self.total)


def _claim(at: datetime) -> Dossier | None:
    """The next one that nobody is making; a maker that was killed loses its claim."""
    free = Dossier.objects.filter(state__in=("waiting", "making")).exclude(claimed_until__gt=at)
    row = free.order_by("id").first()
    if row is None:
        return None
    mine = Dossier.objects.filter(id=row.id, tries=row.tries).update(
        state="making", claimed_until=at + CLAIM, tries=row.tries + 1
    )
    if not mine:
        return None
    row.refresh_from_db()
    return row


def _kept(row: Dossier, kind: str, content: IO[bytes]) -> dict[str, Any]:
    digest = hashlib.sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    size = content.tell()
    content.seek(0)
    path = default_storage.save(f"dossiers/{row.id.hex}-{row.tries}.{kind}", File(content))
    return {
        f"{kind}_as": path, f"{kind}_size": size, f"{kind}_sha256": digest.hexdigest()
    }  # fmt: skip
