"""Mail fetched from IMAP servers. Keeps what is new in order of UID; never changes the server.

The ledger is ours: the UIDVALIDITY of the folder and the last UID kept. Both move in the
transaction that keeps the mail, so a kill at any moment neither loses nor doubles one.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from tingsu.channels.mail import store
from tingsu.channels.models import Mailbox

TIMEOUT = 30.0  # seconds for one answer of a server
AT_ONCE = 20  # mails asked for in one go
UNREACHABLE = (OSError, ImapToolsError, imaplib.IMAP4.error)
_UID = re.compile(rb"UID (\d+)")


def connect(mailbox: Mailbox) -> BaseMailBox:
    """A signed-in connection with the folder open for reading alone. Raises UNREACHABLE."""
    trust = ssl.create_default_context()
    if mailbox.security == "tls":
        made: BaseMailBox = MailBox(mailbox.host, mailbox.port, TIMEOUT, ssl_context=trust)
    elif mailbox.security == "starttls":
        made = MailBoxStartTls(mailbox.host, mailbox.port, TIMEOUT, ssl_context=trust)
    else:
        made = MailBoxUnencrypted(mailbox.host, mailbox.port, TIMEOUT)
    try:
        made.login(mailbox.account, mailbox.password, initial_folder=None)
        made.folder.set(mailbox.folder, readonly=True)
    except UNREACHABLE:
        made.client.shutdown()
        raise
    return made


def fetch(server: BaseMailBox, mailbox: Mailbox, at: datetime) -> int:
    """Keep what is new; returns how many mails that were. Raises UNREACHABLE."""
    validity = int(server.folder.status(mailbox.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    if validity != mailbox.uid_validity:  # the server counts anew: all is looked at, hashes tell
        mailbox.uid_validity, mailbox.last_uid = validity, 0
    kept = 0
    new = _new(server, mailbox)
    for first in range(0, len(new), AT_ONCE):
        for uid, raw in _raw(server, new[first : first + AT_ONCE]):
            kept += _keep(mailbox, uid, raw, at)
    seen = max([mailbox.last_uid, *new])
    Mailbox.objects.filter(id=mailbox.id).update(
        uid_validity=validity, last_uid=seen, looked_at=at, trouble=""
    )
    mailbox.last_uid = seen
    return kept


def _new(server: BaseMailBox, mailbox: Mailbox) -> list[int]:
    since = mailbox.starts_on - timedelta(days=1)  # the server counts days in a zone of its own
    found = server.uids(AND(date_gte=since, uid=f"{mailbox.last_uid + 1}:*"))
    # "n:*" names the last mail even when its number is lower than n.
    return sorted(uid for uid in map(int, found) if uid > mailbox.last_uid)


def _raw(server: BaseMailBox, uids: list[int]) -> Iterator[tuple[int, bytes]]:
    """The bytes as the server has them, in order; asking does not mark them as read."""
    answered, data = server.client.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])")
    if answered != "OK":
        raise imaplib.IMAP4.error("the server did not hand out what it listed")
    pairs = [item for item in data if isinstance(item, tuple)]
    found = {int(uid[1]): bytes(raw) for head, raw in pairs if (uid := _UID.search(head))}
    yield from sorted(found.items())


def _keep(mailbox: Mailbox, uid: int, raw: bytes, at: datetime) -> int:
    with transaction.atomic():
        row = store.keep(mailbox, raw, f"imap {mailbox.uid_validity}:{uid}", at)
        ledger = {"uid_validity": mailbox.uid_validity, "last_uid": uid}
        Mailbox.objects.filter(id=mailbox.id).update(**ledger)
    mailbox.last_uid = uid
    return int(row is not None)
