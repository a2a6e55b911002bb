"""The signed JSON that gateways without a form of their own speak with us. Pure but for sending."""

import json
import time
from datetime import UTC, datetime
from typing import Any

from tingsu.channels import signing
from tingsu.channels.contract import Arrived, Message, Secrets, Unreadable, Unsigned
from tingsu.channels.outgoing import Unreachable, post

LONGEST = 20_000


def verify(secrets: Secrets, arrived: Arrived, seconds: int) -> None:
    """``webhook-id``, ``webhook-timestamp``, ``webhook-signature``; see signing."""
    if not signing.holds(secrets["secret"], arrived.headers, arrived.body, seconds):
        raise Unsigned


def parse(secrets: Secrets, arrived: Arrived) -> Message:
    """``{"id", "from", "text", "at"}``; ``at`` may be missing."""
    del secrets
    told = object_of(arrived.body)
    return Message(
        vendor_id=text_of(told, "id", 80),
        sender=text_of(told, "from", 120),
        text=text_of(told, "text", LONGEST),
        at=instant_of(told.get("at")),
    )


def send(secrets: Secrets, to: str, text: str, ident: str) -> None:
    """The same form the other way, signed with the same secret."""
    url = secrets.get("send_url", "")
    if not url:
        raise Unreachable("no address")
    body = json.dumps({"id": ident, "to": to, "text": text}, ensure_ascii=False).encode()
    headers = signing.headers(secrets["secret"], ident, int(time.time()), body)
    status, _told = post(url, body, headers | {"Content-Type": "application/json"})
    if not 200 <= status < 300:
        raise Unreachable(f"HTTP {status}")


def object_of(body: bytes) -> dict[str, Any]:
    """The JSON object. Raises Unreadable."""
    try:
        told = json.loads(body)
    except ValueError as odd:
        raise Unreadable("json") from odd
    if not isinstance(told, dict):
        raise Unreadable("json")
    return told


def text_of(told: dict[str, Any], name: str, most: int) -> str:
    """A text that must be there. Raises Unreadable."""
    value = told.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise Unreadable(name)
    return value.replace("\0", "")


def instant_of(value: object) -> datetime | None:
    """A time with its zone, None for anything else: when it was written is not worth losing it."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None
