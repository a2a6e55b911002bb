"""Touches nothing: the hash that ties a timeline entry to the one before it (CL-4).

An entry's hash covers the previous hash, every fixed field, and the salted hashes of the text and
of the data instead of both themselves, so that they can be erased (PL-2) and the chain still
verifies. Entries from before data had a hash carry their data in the link itself.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

# Made once: every entry is written with it twice.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
START = bytes(32)  # what the first entry of a case points to


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fields of an entry that may never change."""

    case_id: UUID
    seq: int
    at: datetime  # aware
    kind: str
    actor: str
    member_id: UUID | None
    public: bool
    data: Mapping[str, object]  # JSON values without floats, so that both databases return them
    text_hash: bytes
    data_hash: bytes = b""  # empty: the link covers the data themselves


def text_hash(text: str, salt: bytes) -> bytes:
    """SHA-256 over salt and text: without the salt an erased short text cannot be guessed."""
    return hashlib.sha256(salt + text.encode()).digest()


def data_hash(data: Mapping[str, object], salt: bytes) -> bytes:
    """The same over the data. The label keeps it from ever being the hash of a text."""
    return hashlib.sha256(salt + b"data\0" + _canonical(data)).digest()


def link_hash(previous: bytes, entry: Fixed) -> bytes:
    """The 32-byte hash of an entry that follows ``previous``."""
    canonical = _canonical(
        [
            entry.case_id.hex,
            entry.seq,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.kind,
            entry.actor,
            entry.member_id.hex if entry.member_id else "",
            entry.public,
            entry.data_hash.hex() if entry.data_hash else entry.data,
            entry.text_hash.hex(),
        ]
    )
    return hashlib.sha256(previous + canonical).digest()


def _canonical(value: object) -> bytes:
    return _ENCODER.encode(value).encode()
