"""A letter as a message: it goes back by the channel through which the customer wrote. Reads rows
of messages, sends; the worker marks the letter."""

from tingsu.cases.models import Letter
from tingsu.channels.accounts import CHANNELS, secrets_of
from tingsu.channels.models import ReceivedMessage

LONGEST = 600  # characters in one message of the vendors that count them


def answer(letter: Letter) -> bool:
    """Send it; False where the customer never wrote by a messenger, or it cannot answer.

    Raises ``outgoing.Unreachable``; the outbox tries again. The letter's id goes along, so that a
    gateway recognises a repeat.
    """
    rows = ReceivedMessage.objects.filter(case_id=letter.case_id, account__active=True)
    row = rows.select_related("account").order_by("-id").first()
    channel = CHANNELS.get(row.account.kind) if row else None
    if row is None or channel is None or channel.send is None or not row.sender:
        return False
    channel.send(secrets_of(row.account), row.sender, words_of(letter), letter.id.hex)
    return True


def words_of(letter: Letter) -> str:
    """The body; a long one is cut where a sentence ends, the whole stands on the follow page."""
    if len(letter.body) <= LONGEST:
        return letter.body
    head = letter.body[:LONGEST]
    cut = max(head.rfind(mark) for mark in "。！？\n")
    return head[: cut + 1] if cut > LONGEST // 2 else head
