"""What came in from outside, as it came: the mails and messages that became a case or part of one.
Asks the right; whoever opens one is on record before it is opened (PL-2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tingsu.cases.actions.look import look_at_original
from tingsu.cases.models import Case
from tingsu.channels import taking
from tingsu.channels.mail import inbox, store
from tingsu.channels.mail.charset import decoded
from tingsu.channels.models import ReceivedMail, ReceivedMessage
from tingsu.people.actor import Actor
from tingsu.people.permission import NotThere
from tingsu.vault import VaultError

MOST = 200


@dataclass(frozen=True)
class Original:
    """One of them. ``where``: the mailbox, or the name of the account."""

    id: UUID
    is_mail: bool
    at: datetime
    where: str


@dataclass(frozen=True)
class Opened:
    """head: the header lines of a mail. text: what it says; "" where it cannot be read."""

    original: Original
    raw: bytes
    head: str
    text: str


def of_case(case: Case) -> list[Original]:
    """In the order in which they came; those that were erased are left out."""
    mails = ReceivedMail.objects.filter(case_id=case.id).exclude(raw_sealed=b"")
    messages = ReceivedMessage.objects.filter(case_id=case.id).exclude(raw_sealed=b"")
    told = ("id", "stored_at")
    found = [
        *(Original(id=ident, is_mail=True, at=at, where=where)
          for ident, at, where in mails.values_list(*told, "mailbox__address")[:MOST]),
        *(Original(id=ident, is_mail=False, at=at, where=where)
          for ident, at, where in messages.values_list(*told, "account__name")[:MOST]),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.id))


def opened(case: Case, by: Actor, at: datetime, ident: UUID) -> Opened:
    """Raises NotThere; also where the keys do not open it."""
    found = next((one for one in of_case(case) if one.id == ident), None)
    if found is None:
        raise NotThere
    try:
        told = _mail(found) if found.is_mail else _message(found)
    except VaultError as shut:
        raise NotThere from shut
    look_at_original(case, by, at, original=ident)
    return told


def _mail(found: Original) -> Opened:
    row = ReceivedMail.objects.get(id=found.id)
    raw = store.raw_of(row)
    head = raw.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[0]
    said = inbox.opened(row)
    return Opened(found, raw, decoded(head), said.text if said else "")


def _message(found: Original) -> Opened:
    raw = taking.raw_of(ReceivedMessage.objects.get(id=found.id))
    return Opened(found, raw, "", raw.decode(errors="replace"))
