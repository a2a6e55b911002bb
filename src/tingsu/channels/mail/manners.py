"""Whether an answer may go out by itself: two machines must never talk to each other (RFC 3834).
Reads ReceivedMail, writes nothing."""

from datetime import datetime, timedelta

from tingsu.channels.mail.message import Mail, Sort
from tingsu.channels.models import Mailbox, ReceivedMail

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOST_TO_ONE = 3  # answers to one sender in an hour
MOST_FROM_ONE = 60  # mails of one sender in an hour that become cases; more wait for a person
MOST_OF_HOUSE = 300  # answers of the whole house in an hour


def may_answer(row: ReceivedMail, mailbox: Mailbox, mail: Mail, at: datetime) -> bool:
    """Only to a person, from a mailbox that was confirmed, within the budgets."""
    if mail.sort is not Sort.PERSON or mail.wants_silence or not mail.sender:
        return False
    if mailbox.answers_from is None or mailbox.answers_from > at:
        return False
    if mail.sender == mailbox.address:
        return False
    answered = ReceivedMail.objects.filter(
        organisation_id=row.organisation_id, answered=True, stored_at__gt=at - HOUR
    )
    to_one = answered.filter(sender_index=row.sender_index)
    return to_one.count() < MOST_TO_ONE and _fewer(answered, MOST_OF_HOUSE)


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


def _fewer(rows: object, most: int) -> bool:
    return rows.order_by().values("id")[:most].count() < most  # type: ignore[attr-defined, no-any-return]
