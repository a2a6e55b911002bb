"""Which letter did not reach whom (RFC 3464), and what other systems say in their own words.
Touches nothing."""

import re
from email import message_from_string
from email.message import Message
from typing import Any

from tingsu.channels.mail.charset import decoded
from tingsu.channels.mail.headers import ids_of, text_of
from tingsu.channels.mail.message import Bounce

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MESSAGE_ID = re.compile(r"(?im)^message-id:\s*(<[^<>\s]{1,990}>)")
_MOST = 50


def of(message: "Message[str, str]", text: str) -> tuple[Bounce, ...]:
    """One per address; from the report where there is one, else from the words."""
    letter = _letter(message, text)
    found = [
        bounce
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for bounce in _reported(part, letter)
    ]
    return tuple(found[:_MOST]) or _told(message, text, letter)


def _reported(part: "Message[str, str]", letter: str) -> list[Bounce]:
    given: Any = part.get_payload()
    blocks: list[Any] = given if isinstance(given, list) else _blocks(str(given))
    found = []
    for block in blocks:
        reached = block.get("final-recipient") or block.get("original-recipient")
        if not reached:
            continue
        address = str(reached).rpartition(";")[2].strip(" <>").lower()
        action = str(block.get("action", "")).strip().lower()
        if action in ("delivered", "relayed", "expanded"):
            continue
        status = _STATUS.search(str(block.get("status", "")))
        words = text_of(block.get("diagnostic-code"))[:400]
        number = status[1] if status else ""
        lasting = action == "failed" and not number.startswith("4")
        found.append(Bounce(address[:254], number, words, lasting, letter))
    return found


def _blocks(text: str) -> "list[Message[str, str]]":
    return [message_from_string(block) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _told(message: "Message[str, str]", text: str, letter: str) -> tuple[Bounce, ...]:
    named = text_of(message.get("x-failed-recipients"))
    addresses = _ADDRESS.findall(named) or _ADDRESS.findall(text)
    if not addresses:
        return ()
    status = _STATUS.search(text)
    number = status[1] if status else ""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return (Bounce(addresses[0].lower(), number, first[:400], not number.startswith("4"), letter),)


def _letter(message: "Message[str, str]", text: str) -> str:
    """The id of the letter that came back: of the enclosed one, else of what is answered."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "message/global"):
            inner: Any = part.get_payload()
            if isinstance(inner, list) and inner and (known := ids_of(inner[0].get("message-id"))):
                return known[0]
        elif part.get_content_type() == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and (named := _MESSAGE_ID.search(decoded(raw))):
                return named[1]
    answered = ids_of(message.get("in-reply-to")) or ids_of(message.get("references"))[-1:]
    quoted = _MESSAGE_ID.search(text)
    return answered[0] if answered else quoted[1] if quoted else ""
