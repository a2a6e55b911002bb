"""Touches nothing: the channels of IN-1 and what each of them asks for beyond the common record."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """Where a complaint came in, or where a contact took place. The values are stored."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    MAIL = "mail"
    WEB = "web"
    CHAT = "chat"
    MESSENGER = "messenger"
    SMS = "sms"
    FORUM = "forum"
    PRESS = "press"
    TRANSFER = "transfer"
    MYSTERY = "mystery"
    FILE = "file"


@dataclass(frozen=True)
class Asked:
    """One fact that a channel asks for; ``required`` ones must be there to save."""

    code: str
    required: bool = False


_ADDRESS = Asked("source_address", required=True)

ASKED: Mapping[Channel, tuple[Asked, ...]] = {
    # The agent gives name, department and post, and that is recorded (IN-3).
    Channel.PHONE: (Asked("agent_named"), Asked("call_seconds")),
    # Room, recorder, companions, joint check of the original data, signature (IN-5).
    Channel.VISIT: (
        Asked("room", required=True),
        Asked("recorder"),
        Asked("accompanied_by"),
        Asked("joint_check"),
        Asked("signed"),
    ),
    # Registered on arrival; what is missing is asked for with a date (IN-6).
    Channel.LETTER: (Asked("letter_dated"), Asked("letter_arrived", required=True)),
    Channel.MAIL: (Asked("message_id"),),
    Channel.WEB: (),
    Channel.CHAT: (Asked("handle"),),
    Channel.MESSENGER: (Asked("handle", required=True),),
    Channel.SMS: (),
    Channel.FORUM: (_ADDRESS, Asked("handle")),
    Channel.PRESS: (Asked("medium", required=True), Asked("source_address")),
    # The limit may be printed on the order: a hotline in Beijing does that.
    Channel.TRANSFER: (
        Asked("from_body", required=True),
        Asked("their_number"),
        Asked("their_due"),
    ),
    Channel.MYSTERY: (Asked("visited_on", required=True),),
    Channel.FILE: (Asked("file_row"),),
}


def missing(channel: Channel, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of required facts that are not there."""
    return tuple(
        asked.code for asked in ASKED[channel] if asked.required and not facts.get(asked.code)
    )
