"""Links by which somebody signs: expiring, of no use twice. Touches the vault's secrets.

Nothing that opens a signing page is stored. A new link (``link_round``) voids the one before; so
does the signature itself, because the row no longer waits.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings

LENGTH = 24  # of 32 letters: 120 bits


class Linked(Protocol):
    id: UUID
    link_round: int
    link_until: datetime | None


def key_of(row: Linked) -> str:
    """The secret part of the link; "" where none was given out."""
    return _key(row, settings.VAULT_SECRETS[0]) if row.link_round else ""


def opens(row: Linked, typed: str, at: datetime) -> bool:
    """Whether this key opens the row now, under any valid secret."""
    if not row.link_round or row.link_until is None or at >= row.link_until:
        return False
    wanted = typed.strip().lower()
    return any(
        hmac.compare_digest(_key(row, one).encode(), wanted.encode())
        for one in settings.VAULT_SECRETS
    )


def _key(row: Linked, secret: str) -> str:
    key = hashlib.sha256(b"sign link" + secret.encode()).digest()
    until = int(row.link_until.timestamp()) if row.link_until else 0
    told = row.id.bytes + row.link_round.to_bytes(2, "big") + until.to_bytes(8, "big")
    mark = hmac.digest(key, told, "sha256")
    return base64.b32encode(mark).decode()[:LENGTH].lower()
