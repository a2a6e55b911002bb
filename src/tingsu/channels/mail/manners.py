"""Whether an answer may go out by itself: two machines must never talk to each other (RFC 3834).
Reads ReceivedMail, writes nothing."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from tingsu.channels.mail.message import Mail, Sort
from tingsu.channels.models import Mailbox, ReceivedMail

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOST_TO_ONE = 3  # answers to one sender in an hour
MOST_FROM_ONE = 60  # mails of one sender in an hour that become cases; more wait for a person
MOST_OF_HOUSE = 300  # answers of the whole house in an hour


def may_answer(row: ReceivedMail, mailbox: Mailbox, mail: Mail, at: datetime) -> bool:
    """Only to a person, from a mailbox that was confirmed, within the budgets."""
    if not _is_asked_for(mailbox, mail, at):
        return False
    answered = ReceivedMail.objects.filter(
        organisation_id=row.organisation_id, answered=True, stored_at__gt=at - HOUR
    )
    to_one = answered.filter(sender_index=row.sender_index)
    return to_one.count() < MOST_TO_ONE and _fewer(answered, MOST_OF_HOUSE)


def _is_asked_for(mailbox: Mailbox, mail: Mail, at: datetime) -> bool:
    if mail.sort is not Sort.PERSON or mail.wants_silence or not mail.sender:
        return False
    if mailbox.answers_from is None or mailbox.answers_from > at:
        return False
    return mail.sender != mailbox.address


class House:
    """The same questions for many mails of one mailbox at once, with three queries in all."""

    def __init__(self, organisation_id: UUID, senders: Collection[str], at: datetime) -> None:
        self.at = at
        lately = ReceivedMail.objects.filter(
            organisation_id=organisation_id, stored_at__gt=at - HOUR
        ).order_by()
        answered = lately.filter(answered=True)
        own = lately.filter(sender_index__in=senders)
        self.wrote = _by_sender(own)
        self.answered = _by_sender(own.filter(answered=True))
        self.room = MOST_OF_HOUSE - answered.values("id")[:MOST_OF_HOUSE].count()

    def is_flood(self, sender: str) -> bool:
        """Whether this one has written more than a person can."""
        return self.wrote.get(sender, 0) >= MOST_FROM_ONE

    def may_answer(self, row: ReceivedMail, mail: Mail) -> bool:
        """Counts the answer, if there is to be one: a second mail of a sender asks anew."""
        if not _is_asked_for(row.mailbox, mail, self.at) or self.room <= 0:
            return False
        if self.answered.get(row.sender_index, 0) >= MOST_TO_ONE:
            return False
        self.room -= 1
        return True


def _by_sender(rows: "QuerySet[ReceivedMail]") -> dict[str, int]:
    return dict(rows.values_list("sender_index").annotate(number=Count("id")))


def is_flood(row: ReceivedMail, at: datetime) -> bool:
    """Whether one sender writes more than a person can."""
    if not row.sender_index:
        return False
    own = ReceivedMail.objects.filter(
        organisation_id=row.organisation_id,
        sender_index=row.sender_index,
        stored_at__gt=at - HOUR,
    )
    return not _fewer(own, MOST_FROM_ONE)


def _fewer(rows: "QuerySet[ReceivedMail]", most: int) -> bool:
    return rows.order_by().values("id")[:most].count() < most
