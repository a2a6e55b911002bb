"""What a channel outside is: one folder that verifies, parses and sends. Pure shapes.

A new channel is a folder with a ``CHANNEL`` and a line in ``accounts.CHANNELS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Secrets = Mapping[str, str]


@dataclass(frozen=True)
class Arrived:
    """A request as it came. Header names in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Message:
    """What somebody wrote to us. ``vendor_id``: the same for a repeat of the same message."""

    vendor_id: str
    sender: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Ringing:
    """What a telephone system says of a call: ringing | answered | ended | recording."""

    vendor_id: str
    event: str
    number: str
    extension: str
    recording: str = ""


@dataclass(frozen=True)
class Nothing:
    """Nothing to be read: a sign of life, an event that is not for us."""


class Unsigned(Exception):
    """The signature does not hold: nothing is kept, nothing is told."""


class Unreadable(ValueError):
    """Signed, but not what the vendor's description says. It waits for a person."""


@dataclass(frozen=True)
class Channel:
    """One channel.

    asked: the secrets that the administrator fills in, with words. own: those that we make up.
    verify: raises Unsigned. echo: what a GET is answered with, to prove that the address is ours.
    parse: what the body says; may raise Unreadable. thanks: the body that says "kept".
    send: one text to one sender; raises ``outgoing.Unreachable``. None: only in.
    """

    label: Any
    way: str  # core.channels: how a complaint by it is filed
    asked: Mapping[str, Any]
    verify: Callable[[Secrets, Arrived, int], None]
    parse: Callable[[Secrets, Arrived], Message | Ringing | Nothing]
    send: Callable[[Secrets, str, str, str], None] | None = None
    echo: Callable[[Secrets, Arrived], str] | None = None
    thanks: str = ""
    own: tuple[str, ...] = ()
    optional: frozenset[str] = field(default_factory=frozenset)
