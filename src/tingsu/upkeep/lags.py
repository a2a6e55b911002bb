"""How far the house is behind with what must happen by itself. Reads through indexes alone, so that
it costs the same at a thousand and at a million cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from tingsu.cases.models import Clock, Letter
from tingsu.channels.models import ImportJob, Mailbox, ReceivedMail

MOST_COUNTED = 100_000  # a queue that long needs no exact figure


@dataclass(frozen=True)
class Lags:
    """Counts, and seconds by which the oldest is late (0: nothing is late)."""

    letters_waiting: int
    letters_late: float
    mails_unread: int
    mails_late: float
    mails_quarantined: int
    clocks_late: float
    imports_waiting: int
    mailboxes: int
    mailboxes_in_trouble: int
    mailboxes_late: float  # since the one that was looked at longest ago


def lags(at: datetime) -> Lags:
    """As things stand. Raises DatabaseError."""
    letters = Letter.objects.filter(state="waiting", send_after__lte=at)
    mails = ReceivedMail.objects.filter(state="stored")
    clocks = Clock.objects.filter(state="running", due_at__lt=at)
    boxes = list(
        Mailbox.objects.filter(kind="imap", active=True).values_list("looked_at", "created_at")
    )
    return Lags(
        letters_waiting=_count(letters),
        letters_late=_since(letters.aggregate(first=Min("send_after"))["first"], at),
        mails_unread=_count(mails),
        mails_late=_since(mails.order_by("id").values_list("stored_at", flat=True).first(), at),
        mails_quarantined=_count(ReceivedMail.objects.filter(state="quarantine")),
        clocks_late=_since(clocks.aggregate(first=Min("due_at"))["first"], at),
        imports_waiting=_count(ImportJob.objects.filter(state="ready")),
        mailboxes=len(boxes),
        mailboxes_in_trouble=Mailbox.objects.filter(active=True).exclude(trouble="").count(),
        mailboxes_late=max((_since(looked or made, at) for looked, made in boxes), default=0.0),
    )


def _count(rows: QuerySet[object]) -> int:  # type: ignore[type-var]
    return int(rows.order_by().values("id")[:MOST_COUNTED].count())


def _since(then: datetime | None, at: datetime) -> float:
    return max((at - then) / timedelta(seconds=1), 0.0) if then else 0.0
