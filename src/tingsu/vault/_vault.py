"""Touches the key ring alone: sealing, opening, blind indexes."""

import hmac
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag

from tingsu.core.text import normalise, runs
from tingsu.vault._keys import Key, VaultError, derive
from tingsu.vault._writing import email_key, phone_key, sign_key

# Layout of a sealed value: layout byte, key number, nonce, ciphertext with its tag.
_LAYOUT = 1
_NONCE = 12
_TAG = 16
_HEAD = 2 + _NONCE

# 40 bits a token: a chance hit shows one row too many, it never hides one.
_TOKEN_DIGITS = 10
_INDEX_DIGITS = 32

RowId = UUID | int


class Vault:
    """A ring of keys. The first secret seals and indexes; all of them open and look up."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        """Derive the keys; `VaultError` when there is no secret or one is shorter than 16 bytes."""
        if not secrets:
            raise VaultError("the vault needs at least one secret")
        self._keys = [derive(secret) for secret in secrets]
        self._first = self._keys[0]
        self._head = bytes((_LAYOUT, self._first.number))
        self._seal = self._first.cipher.encrypt

    def __repr__(self) -> str:
        """Tell how many keys there are and nothing about them."""
        return f"<Vault with {len(self._keys)} keys>"

    def seal(self, value: str, row: RowId, field: str) -> bytes:
        """Encrypt a text for one field of one row; 30 bytes longer than the text in UTF-8.

        Every call gives another ciphertext. One key is good for 2³² values (random nonces).
        """
        return self.seal_bytes(value.encode(), row, field)

    def open(self, sealed: bytes, row: RowId, field: str) -> str:
        """Decrypt; `VaultError` if any byte, the row or the field is not that of sealing."""
        return self.open_bytes(sealed, row, field).decode()

    def open_bytes(self, sealed: bytes, row: RowId, field: str) -> bytes:
        """The same for what `seal_bytes` sealed."""
        if len(sealed) < _HEAD + _TAG or sealed[0] != _LAYOUT:
            raise VaultError("not a sealed value")
        nonce, body, place = sealed[2:_HEAD], sealed[_HEAD:], _place(row, field)
        for key in self._keys:
            if key.number == sealed[1]:  # two keys may share a number: try both
                try:
                    return key.cipher.decrypt(nonce, body, place)
                except InvalidTag:
                    continue
        raise VaultError(f"{field} does not open: wrong key, altered, or from another row")

    def seal_bytes(self, value: bytes, row: RowId, field: str) -> bytes:
        """Encrypt bytes as `seal` does a text: whole mails and files."""
        nonce = os.urandom(_NONCE)
        return self._head + nonce + self._seal(nonce, value, _place(row, field))

    def is_current(self, sealed: bytes) -> bool:
        """Tell whether the first key sealed it; rotation seals the others anew."""
        return sealed[:2] == self._head

    def phone_index(self, raw: str) -> str:
        """Return the blind index of a phone number to store; empty when there is no number."""
        key = phone_key(raw)
        return _index(self._first, "phone", key) if key else ""

    def phone_lookups(self, raw: str) -> list[str]:
        """Return the indexes under which a number may have been stored, one a key."""
        key = phone_key(raw)
        return [_index(ring, "phone", key) for ring in self._keys] if key else []

    def email_index(self, raw: str) -> str:
        """Return the blind index of a mail address to store; empty when there is none."""
        key = email_key(raw)
        return _index(self._first, "email", key) if key else ""

    def email_lookups(self, raw: str) -> list[str]:
        """Return the indexes under which an address may have been stored, one a key."""
        key = email_key(raw)
        return [_index(ring, "email", key) for ring in self._keys] if key else []

    def sign_lookups(self, kind: str, raw: str) -> list[str]:
        """Return the indexes of an address or a number of an order, the newest key first; none
        for what is too short to tell one from another. kind: what it is, part of the index."""
        sign = sign_key(raw)
        return [_index(ring, kind, sign) for ring in self._keys] if sign else []

    def name_tokens(self, name: str) -> list[str]:
        """Return keyed hashes of the pieces of a name, for the search index: `n` + 10 hex digits.

        Pieces are the pairs of neighbouring characters, Traditional and Simplified alike, and
        the first character of each part, so that a surname alone finds its bearers.
        """
        pieces = [piece for run in runs(normalise(name)) for piece in ("^" + run[0], *_pairs(run))]
        return [_token(self._first, piece) for piece in dict.fromkeys(pieces)]

    def name_queries(self, part: str) -> list[list[str]]:
        """Return one group of tokens a key: a name holds the part if all of a group are there.

        A part of one character is looked up as the beginning of a name.
        """
        pieces: list[str] = []
        for run in runs(normalise(part)):
            pieces.extend(_pairs(run) or ["^" + run])
        unique = list(dict.fromkeys(pieces))
        return [[_token(key, piece) for piece in unique] for key in self._keys] if unique else []


def _place(row: RowId, field: str) -> bytes:
    place = row.to_bytes(16, "big") if isinstance(row, int) else row.bytes
    return place + field.encode()


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _index(key: Key, kind: str, value: str) -> str:
    return hmac.digest(key.index, f"{kind}\0{value}".encode(), "sha256").hex()[:_INDEX_DIGITS]


def _token(key: Key, piece: str) -> str:
    digest = hmac.digest(key.index, f"name\0{piece}".encode(), "sha256")
    return "n" + digest.hex()[:_TOKEN_DIGITS]
