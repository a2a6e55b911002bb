"""Files of a case: checked, stored under their hash, never executed, never shown inline."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from tingsu.cases._files import Found, Given, inspect, store
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Attachment, Case
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

__all__ = ["Given", "attach", "check_all"]


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


def attach(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    files: Sequence[Given],
    public: bool = False,
    key: str | None = None,
) -> Written:
    """Keep files with the case. Raises Invalid at ``files``. public: the customer sees them."""
    found = check_all(files)
    _room_for(case, sum(given.size for given in files))
    stored = [store(given.content) for given in files]

    def plan(case: Case) -> Plan:
        entry = Entry("attached", "\n".join(f.name for f in found), public=public)
        entry.data["files"] = [f.name for f in found]
        rows = [
            Attachment(
                id=new_id(),
                case_id=case.id,
                event_id=entry.id,
                name=what.name,
                size=given.size,
                sha256=digest,
                content_type=what.content_type,
                stored_as=path,
                public=public,
                given_by=by.kind,
                at=at,
            )
            for given, what, (digest, path) in zip(files, found, stored, strict=True)
        ]
        return Plan([entry], rows=rows)

    return write(case, by, at, plan, key=key)


def _room_for(case: Case, more: int) -> None:
    used = Attachment.objects.filter(case_id=case.id).aggregate(all=Sum("size"))["all"] or 0
    if used + more > settings.CASE_FILES_LIMIT:
        words = _("这件投诉的附件合计不能超过 %(limit)s MB，请压缩后再传，或分到另一件。")
        raise Invalid({"files": words % {"limit": settings.CASE_FILES_LIMIT // 2**20}})
