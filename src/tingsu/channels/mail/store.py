"""Keeping a mail as it came, before anybody looks into it. Writes ReceivedMail, nothing else.

Whoever hands a mail in hears "kept" only after the bytes are on disk (the caller's transaction has
ended). The same bytes in the same mailbox are kept once.
"""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from tingsu.cases.models import vault
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.people.models import new_id

LARGEST = 40 * 2**20  # bytes: files of 20 MB, written in base64, with room


def keep(mailbox: Mailbox, raw: bytes, origin: str, at: datetime) -> ReceivedMail | None:
    """Keep the bytes; None when they were kept before."""
    ident = new_id()
    row = ReceivedMail(
        id=ident,
        organisation_id=mailbox.organisation_id,
        mailbox=mailbox,
        origin=origin[:120],
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        raw_sealed=vault().seal_bytes(raw, ident, "raw"),
        stored_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if ReceivedMail.objects.filter(mailbox=mailbox, sha256=row.sha256).exists():
            return None
        raise
    return row


def raw_of(row: ReceivedMail) -> bytes:
    """The bytes as they came. Raises VaultError with a wrong key."""
    return vault().open_bytes(bytes(row.raw_sealed), row.id, "raw")


def mailbox_for(address: str) -> Mailbox | None:
    """The mailbox behind an address of ours, with or without a tag (ts+k7m2@…)."""
    local, _at, domain = address.strip().lower().rpartition("@")
    names = {f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"}
    return Mailbox.objects.filter(address__in=names, active=True).first()
