"""A letter leaves the house: claimed, sent, marked (the worker's side of the outbox)."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import Q

from tingsu.cases._read import rows_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Attachment, Case, Letter
from tingsu.people.actor import SYSTEM

CLAIM = timedelta(minutes=2)
PAUSES = (1, 5, 15, 60, 240, 720)  # minutes between attempts, growing


def claim(at: datetime, most: int = 50) -> list[Letter]:
    """Letters that are due, claimed for this worker. A crashed worker's claim runs out."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    due = Letter.objects.filter(free, state="waiting", send_after__lte=at).order_by("send_after")
    until = at + CLAIM
    return [
        letter
        for letter in due[:most]
        if Letter.objects.filter(free, id=letter.id, state="waiting").update(claimed_until=until)
    ]


def enclosed(letter: Letter) -> list[tuple[str, bytes, str]]:
    """Name, content and type of what goes with a letter: the public files of its entry, such as a
    paper that is served by it. Only notices have any. Raises OSError when a file is gone."""
    if letter.kind != "notice":
        return []
    found = []
    for row in rows_of(Attachment, case_id=letter.case_id, event_id=letter.event_id, public=True):
        with default_storage.open(row.stored_as) as file:
            found.append((row.name, file.read(), row.content_type))
    return found


def delivered(letter: Letter, at: datetime) -> Written | None:
    """Mark as sent. The acknowledgement is part of receiving and gets no entry of its own."""
    sent = {"state": "sent", "sent_at": at}
    if not update(Letter, sent, id=letter.id, state="waiting") or letter.kind == "acknowledgement":
        return None
    entry = Entry("letter_sent", data={"letter": str(letter.id), "channel": letter.channel})
    (case,) = rows_of(Case, id=letter.case_id)
    return write(case, SYSTEM, at, lambda _case: Plan([entry]))


def not_delivered(letter: Letter, at: datetime, error: str) -> None:
    """Try again later, with growing pauses; after the last one the owner is told."""
    attempt = letter.attempts + 1
    waiting = Letter.objects.filter(id=letter.id, state="waiting")
    if attempt <= len(PAUSES):
        later = at + timedelta(minutes=PAUSES[attempt - 1])
        waiting.update(attempts=attempt, error=error[:200], send_after=later, claimed_until=None)
        return
    if waiting.update(state="failed", attempts=attempt, error=error[:200]):
        _tell(letter, at, error)


def came_back(letter: Letter, at: datetime, error: str) -> None:
    """It was sent and the other side says that it did not arrive."""
    sent = Letter.objects.filter(id=letter.id, state="sent")
    if sent.update(state="failed", error=error[:200]):
        _tell(letter, at, error)


def _tell(letter: Letter, at: datetime, error: str) -> None:
    """An entry, and a date at once, so that the owner sees it on the desk."""
    entry = Entry("letter_failed", data={"letter": str(letter.id), "error": error[:200]})
    case = Case.objects.get(id=letter.case_id)
    changes = {"planned_at": at} if case.open else {}
    write(case, SYSTEM, at, lambda _case: Plan([entry], changes))
