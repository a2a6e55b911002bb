"""Mail that is no case: what a person has to look at, and what was only kept. Asks the right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases.queries.access import access_case
from tingsu.channels.mail import arriving, store
from tingsu.channels.mail.message import Mail, Unreadable
from tingsu.channels.mail.reading import read
from tingsu.channels.models import ReceivedMail
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may
from tingsu.vault import VaultError

PAGE = 25
MOST_COUNTED = 99
STATES = ("quarantine", "kept")


@dataclass(frozen=True)
class Page:
    """One page, newest first, and where the next begins ("" at the end)."""

    rows: list[ReceivedMail]
    following: str


def page(who: Who, state: str, before: UUID | None = None) -> Page:
    """The mails of the own organisation in one state."""
    rows = _own(who).filter(state=state).select_related("mailbox").defer("raw_sealed")
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    more = len(found) > PAGE
    return Page(found[:PAGE], found[PAGE - 1].id.hex if more else "")


def waiting(who: Who) -> int:
    """How many a person has to look at, up to MOST_COUNTED."""
    rows = _own(who).filter(state="quarantine").order_by()
    return int(rows.values("id")[: MOST_COUNTED + 1].count())


def one(who: Who, ident: UUID) -> ReceivedMail:
    """One mail. Raises NotThere."""
    found = _own(who).filter(id=ident).select_related("mailbox", "organisation").first()
    if found is None:
        raise NotThere
    if found.case_id:  # then it is part of the case, and for those who may read that
        access_case(who, found.case_id, Can.READ)
    return found


def opened(row: ReceivedMail) -> Mail | None:
    """What it says; None when it cannot be read."""
    try:
        return read(store.raw_of(row))
    except (Unreadable, VaultError, ValueError):
        return None


def again(row: ReceivedMail, at: datetime) -> None:
    """Read it once more, as if it had just come: a later version may know what to do with it."""
    row.tries = 0
    arriving.take(row, at)


def make_case(row: ReceivedMail, at: datetime) -> None:
    """A person wants a case of it, whoever or whatever wrote it."""
    arriving.take(row, at, by_hand=True)


def put_aside(row: ReceivedMail) -> None:
    """Seen; nothing to do. It stays among what was kept."""
    row.state = "kept"
    row.save(update_fields=["state"])


def _own(who: Who) -> QuerySet[ReceivedMail]:
    if not may(who, Can.RECEIVE):
        raise Forbidden(Can.RECEIVE)
    return ReceivedMail.objects.filter(organisation_id=who.organisation_id)
