"""Files that come with a step: looked at, stored under their hash, hung under the step's entry.

Touches the storage; reads attachments of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from tingsu.cases._files import Found, Given, inspect, store
from tingsu.cases._read import row_of
from tingsu.cases._write import Entry
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Attachment, Case
from tingsu.people.actor import Actor
from tingsu.people.models import new_id


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are in the storage."""

    name: str
    size: int
    sha256: str
    stored_as: str
    content_type: str


def check_all(files: Sequence[Given]) -> list[Found]:
    """What the files are. Raises Invalid at ``files``, naming each one that cannot be taken, so
    that a form can be refused before the case is made."""
    problems, found = [], []
    for given in files:
        try:
            found.append(inspect(given.name, given.size, given.content))
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise Invalid({"files": " ".join(problems)})
    return found


def keep_all(case: Case, files: Sequence[Given]) -> list[Kept]:
    """Store the files. Raises Invalid at ``files``. What a step that is refused afterwards leaves
    in the storage is the bytes alone; they are named by their hash and do no harm."""
    found = check_all(files)
    if files:
        _room_for(case, sum(given.size for given in files))
    return [stored(given, what) for given, what in zip(files, found, strict=True)]


def keep(given: Given) -> Kept:
    """Look at one file that proves a step, and store it. Raises Invalid at ``files``."""
    (found,) = check_all([given])
    return stored(given, found)


def stored(given: Given, found: Found) -> Kept:
    """Store what has been looked at, under its hash."""
    digest, path = store(given.content)
    return Kept(found.name, given.size, digest, path, found.content_type)


def lying(case: Case, file_id: UUID) -> Attachment:
    """A file that the case has already. Raises Refusal."""
    found = row_of(Attachment, id=file_id, case_id=case.id)
    if found is None:
        raise Refusal(_("找不到这个附件。"), "file_id", "missing")
    return found


def hung(
    case: Case, entry: Entry, kept: Sequence[Kept], by: Actor, at: datetime, *, public: bool = False
) -> list[Attachment]:
    """The rows of stored files under an entry, which names them."""
    if kept:
        entry.data["files"] = [one.name for one in kept]
    return [attachment(case, entry, one, by, at, public=public) for one in kept]


def attachment(
    case: Case, entry: Entry, kept: Kept, by: Actor, at: datetime, *, public: bool = False
) -> Attachment:
    """The row of one stored file under an entry."""
    return Attachment(
        id=new_id(),
        case_id=case.id,
        event_id=entry.id,
        public=public,
        given_by=by.kind,
        at=at,
        **vars(kept),
    )


def _room_for(case: Case, more: int) -> None:
    used = Attachment.objects.filter(case_id=case.id).aggregate(all=Sum("size"))["all"] or 0
    if used + more > settings.CASE_FILES_LIMIT:
        words = _("这件投诉的附件合计不能超过 %(limit)s MB，请压缩后再传，或分到另一件。")
        raise Invalid({"files": words % {"limit": settings.CASE_FILES_LIMIT // 2**20}})
