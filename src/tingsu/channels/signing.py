"""Signatures over a body with its time, as Standard Webhooks lays them down. Pure.

Signed is ``id.timestamp.body``; the key is the secret after its mark, in base64. An old timestamp
is refused, so that what was overheard once cannot be played again.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

MARK = "whsec_"
OLDEST = 300  # seconds between the sender's clock and ours


def new_secret() -> str:
    """A secret for both sides."""
    return MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, ident: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers that go with a body."""
    return {
        "webhook-id": ident,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{_mark(secret, ident, str(seconds), body)}",
    }


def holds(secret: str, sent: Mapping[str, str], body: bytes, seconds: int) -> bool:
    """Whether the headers (lower case names) sign this body, now."""
    ident, stamp = sent.get("webhook-id", ""), sent.get("webhook-timestamp", "")
    if not secret or not ident or not stamp.isdecimal() or abs(int(stamp[:12]) - seconds) > OLDEST:
        return False
    wanted = _mark(secret, ident, stamp, body)
    given = [one.partition(",") for one in sent.get("webhook-signature", "").split()]
    return any(
        version == "v1" and hmac.compare_digest(mark.encode(), wanted.encode())
        for version, _comma, mark in given
    )


def _mark(secret: str, ident: str, stamp: str, body: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(MARK), validate=True)
    except (binascii.Error, ValueError):
        key = secret.encode()
    signed = hmac.digest(key, f"{ident}.{stamp}.".encode() + body, hashlib.sha256)
    return base64.b64encode(signed).decode()
