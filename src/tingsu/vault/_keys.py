"""Touches nothing but the secrets it is given: what is derived from one of them."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST = 16


class VaultError(Exception):
    """A value cannot be opened (wrong key, altered, or moved), or the key ring is unusable."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What one secret gives: a cipher, an index key that opens nothing, and a byte to tell it."""

    number: int
    cipher: AESGCM
    index: bytes


def derive(secret: bytes) -> Key:
    """Derive with HKDF-SHA256; each purpose has its own label, so that none reveals another."""
    if len(secret) < SHORTEST:
        raise VaultError(f"a vault secret needs at least {SHORTEST} bytes")
    return Key(
        number=sha256(_expand(secret, "number")).digest()[0],
        cipher=AESGCM(_expand(secret, "seal")),
        index=_expand(secret, "index"),
    )


def _expand(secret: bytes, purpose: str) -> bytes:
    info = f"tingsu/vault/1/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
