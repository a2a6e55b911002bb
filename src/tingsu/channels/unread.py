"""Messages of channels that could not be read: what a person has to look at. Asks the right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tingsu.channels import taking
from tingsu.channels.models import ReceivedMessage
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may
from tingsu.vault import VaultError

PAGE = 25
MOST_COUNTED = 99


@dataclass(frozen=True)
class Page:
    """One page, newest first, and where the next begins ("" at the end)."""

    rows: list[ReceivedMessage]
    following: str


def page(who: Who, before: UUID | None = None) -> Page:
    """Those of the own organisation."""
    rows = _own(who).select_related("account").defer("raw_sealed")
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].id.hex if len(found) > PAGE else "")


def waiting(who: Who) -> int:
    """How many there are, up to one more than MOST_COUNTED."""
    return int(_own(who).order_by().values("id")[: MOST_COUNTED + 1].count())


def one(who: Who, ident: UUID) -> ReceivedMessage:
    """One of them. Raises NotThere."""
    found = _own(who).filter(id=ident).select_related("account", "organisation").first()
    if found is None:
        raise NotThere
    return found


def words(row: ReceivedMessage) -> str:
    """The message as it came; "" where the keys do not open it."""
    try:
        return taking.raw_of(row).decode(errors="replace")
    except VaultError:
        return ""


def again(row: ReceivedMessage, at: datetime) -> None:
    """Read it once more: a later version, or other secrets, may know what it says."""
    taking.read(row, at)


def put_aside(row: ReceivedMessage) -> None:
    """Seen; nothing to do. It is kept."""
    row.state = "aside"
    row.save(update_fields=["state"])


def _own(who: Who) -> QuerySet[ReceivedMessage]:
    if not may(who, Can.RECEIVE):
        raise Forbidden(Can.RECEIVE)
    return ReceivedMessage.objects.filter(organisation_id=who.organisation_id, state="waiting")
