"""Touches nothing: the hash that ties a timeline entry to the one before it (CL-4).

An entry's hash covers the previous hash, every fixed field, and the salted hash of the text
instead of the text itself, so that a text can be erased (PL-2) and the chain still verifies.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

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


def text_hash(text: str, salt: bytes) -> bytes:
    """SHA-256 over salt and text: without the salt an erased short text cannot be guessed."""
    return hashlib.sha256(salt + text.encode()).digest()


def link_hash(previous: bytes, entry: Fixed) -> bytes:
    """The 32-byte hash of an entry that follows ``previous``."""
    canonical = json.dumps(
        [
            entry.case_id.hex,
            entry.seq,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.kind,
            entry.actor,
            entry.member_id.hex if entry.member_id else "",
            entry.public,
            entry.data,
            entry.text_hash.hex(),
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + canonical.encode()).digest()
