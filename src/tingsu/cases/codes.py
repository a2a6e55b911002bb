"""Look-up codes of the public pages (IN-7). Touches the vault's secrets, no tables.

A code is worked out from the case's id and a secret, so nothing that opens a case is stored and
a letter can carry it whenever it is sent. Raising ``code_round`` voids the code that is out.
"""

import base64
import hashlib
import hmac
from typing import Protocol
from uuid import UUID

from django.conf import settings

LENGTH = 10  # of 32 letters: 50 bits, and guesses are rate limited


class Coded(Protocol):
    id: UUID
    code_round: int


def code_of(case: Coded) -> str:
    """The look-up code in two groups of five, without 0, 1, 8, 9 to misread."""
    return _code(case, settings.VAULT_SECRETS[0])


def opens(case: Coded, typed: str) -> bool:
    """Whether the typed code is the case's, in any spacing and case, under any valid secret."""
    wanted = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return any(
        hmac.compare_digest(_code(case, secret).replace("-", ""), wanted)
        for secret in settings.VAULT_SECRETS
    )


def _code(case: Coded, secret: str) -> str:
    key = hashlib.sha256(b"look-up code" + secret.encode()).digest()
    mark = hmac.digest(key, case.id.bytes + case.code_round.to_bytes(2, "big"), "sha256")
    letters = base64.b32encode(mark).decode()[:LENGTH]
    return f"{letters[:5]}-{letters[5:]}"
