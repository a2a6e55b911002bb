"""Bytes to `Mail`. Touches nothing: what was stored can be read again by a later version.

mail = read(raw)
"""

from email import message_from_bytes
from email.message import Message
from email.policy import Compat32
from typing import Any

from tingsu.channels.mail import body as bodies
from tingsu.channels.mail import bounces
from tingsu.channels.mail.headers import address_of, addresses_of, date_of, ids_of, text_of
from tingsu.channels.mail.message import Mail, Sort, Unreadable
from tingsu.channels.mail.quotes import folded
from tingsu.channels.mail.sorting import sort_of, wants_silence
from tingsu.core.text import is_blank


class _AsSent(Compat32):
    """Headers as they were sent: bytes above 127 are not yet given up."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        del name
        return value


def read(raw: bytes) -> Mail:
    """The mail. Raises Unreadable for what cannot become a case, with the cause."""
    if not raw.strip():
        raise Unreadable("empty")
    try:
        message = message_from_bytes(raw, policy=_AsSent())
        return _mail(message)
    except RecursionError as endless:
        raise Unreadable("too_deep") from endless


def _mail(message: "Message[str, str]") -> Mail:
    body = bodies.read(message)
    sort = sort_of(message)
    subject = text_of(message.get("subject"))
    if is_blank(body.text + subject) and not body.parts:
        raise Unreadable("no_text")
    text = body.text
    said, quoted = folded(text)
    name, sender = _sender(message)
    return Mail(
        message_id=next(iter(ids_of(message.get("message-id"))), ""),
        answers=tuple(
            dict.fromkeys(ids_of(message.get("references")) + ids_of(message.get("in-reply-to")))
        ),
        sender=sender[:254],
        sender_name=name[:60],
        to=tuple(mail for _name, mail in _recipients(message))[:50],
        subject=subject[:500],
        written_at=date_of(message.get("date")),
        text=text,
        said=said,
        quoted=quoted,
        html="\n".join(body.html),
        parts=tuple(body.parts),
        sort=sort,
        bounces=bounces.of(message, text) if sort is Sort.BOUNCE else (),
        wants_silence=wants_silence(message),
    )


def _sender(message: "Message[str, str]") -> tuple[str, str]:
    """Whom to answer: From; where that names nobody, the one who handed it in."""
    for header in ("from", "sender", "reply-to", "return-path"):
        name, address = address_of(message.get(header))
        if address:
            return name, address
    return address_of(message.get("from"))


def _recipients(message: "Message[str, str]") -> list[tuple[str, str]]:
    headers = ("to", "cc", "delivered-to", "x-original-to")
    return [
        pair
        for header in headers
        for value in message.get_all(header, [])
        for pair in addresses_of(value)
    ]
