"""What a mail says, once read. Frozen; no tables, no I/O."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sort(StrEnum):
    """Who or what sent a mail."""

    PERSON = "person"
    AUTOMATIC = "automatic"  # out of office, acknowledgements: kept, never answered
    BOUNCE = "bounce"  # a letter of ours did not arrive
    LIST = "list"  # newsletters and lists
    OWN = "own"  # one of ours came back


class Unreadable(ValueError):
    """The mail cannot become a case. ``why``: a code of `WHYS`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


WHYS = ("empty", "too_deep", "too_many_parts", "no_text", "broken")


@dataclass(frozen=True)
class Part:
    """A file that came with a mail. ``kind``: the declared content type."""

    name: str
    kind: str
    data: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Bounce:
    """One address that a letter did not reach."""

    address: str
    status: str  # 5.1.1; "" where none was given
    words: str
    lasting: bool  # no use in trying again
    message_id: str = ""  # of the letter


@dataclass(frozen=True)
class Mail:
    """A mail, read. ``said``: what is new in it; ``quoted``: earlier mail below; ``text``: all."""

    message_id: str
    answers: tuple[str, ...]  # ids of In-Reply-To and References, the nearest last
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    written_at: datetime | None
    text: str
    said: str
    quoted: str
    html: str
    parts: tuple[Part, ...]
    sort: Sort
    bounces: tuple[Bounce, ...] = ()
    wants_silence: bool = False  # asks that no machine answers
