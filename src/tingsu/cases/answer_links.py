"""Links by which a respondent answers: expiring, revocable. Touches the vault's secrets.

Nothing that opens the page is stored: the address carries a mark that is worked out from the row,
so that it can be shown again to whoever handles the case.
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
    """What of a row the mark hangs on."""

    id: UUID
    expires_at: datetime
    revoked_at: datetime | None


def key_of(row: Linked) -> str:
    """The secret part of the address."""
    return _key(row, settings.VAULT_SECRETS[0])


def opens(row: Linked, typed: str, at: datetime) -> bool:
    """Whether this mark opens the page now, under any valid secret."""
    right = any(
        hmac.compare_digest(_key(row, secret).encode(), typed.strip().lower().encode())
        for secret in settings.VAULT_SECRETS
    )
    return right and row.revoked_at is None and at < row.expires_at


def _key(row: Linked, secret: str) -> str:
    key = hashlib.sha256(b"answer link" + secret.encode()).digest()
    told = row.id.bytes + int(row.expires_at.timestamp()).to_bytes(8, "big")
    return base64.b32encode(hmac.digest(key, told, "sha256")).decode()[:LENGTH].lower()
