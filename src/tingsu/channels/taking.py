"""Messages from channels that call us: kept as they came, read later, made a case or part of one.

Whoever hands a message in hears "kept" only after the bytes are on disk. The same message twice,
by its bytes or by the vendor's id, is one. What cannot be read waits in sight of a person.
"""

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from tingsu.cases.actions import customer
from tingsu.cases.actions.receive import receive
from tingsu.cases.errors import Refusal
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, vault
from tingsu.cases.queries.portal import main_of
from tingsu.cases.taking_turns import politely
from tingsu.channels.accounts import CHANNELS, open_account, secrets_of
from tingsu.channels.call import ringing
from tingsu.channels.contract import Arrived, Message, Ringing, Unreadable
from tingsu.channels.models import Account, ReceivedMessage
from tingsu.people.actor import CUSTOMER
from tingsu.people.models import new_id
from tingsu.vault import VaultError

log = logging.getLogger(__name__)
LARGEST = 256 * 1024  # bytes; texts, no files
BATCH = 50


@dataclass(frozen=True)
class Thanks:
    """What the vendor is told."""

    body: str = ""


def take(key: str, arrived: Arrived, at: datetime) -> Thanks:
    """Verify, keep, thank. Raises NotThere, ``contract.Unsigned``."""
    account = open_account(key)
    channel, secrets = CHANNELS[account.kind], secrets_of(account)
    channel.verify(secrets, arrived, int(at.timestamp()))
    if arrived.method != "POST":
        return Thanks(channel.echo(secrets, arrived) if channel.echo else "")
    keep(account, arrived.body, at)
    return Thanks(channel.thanks)


def keep(account: Account, raw: bytes, at: datetime) -> ReceivedMessage | None:
    """Keep the bytes; None when they were kept before."""
    ident = new_id()
    row = ReceivedMessage(
        id=ident,
        organisation_id=account.organisation_id,
        account=account,
        sha256=hashlib.sha256(raw).hexdigest(),
        raw_sealed=vault().seal_bytes(raw, ident, "raw"),
        stored_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if ReceivedMessage.objects.filter(account=account, sha256=row.sha256).exists():
            return None
        raise
    return row


def sweep(at: datetime) -> bool:
    """Read what is new, in the order in which it came."""
    rows = ReceivedMessage.objects.filter(state="new").select_related("account", "organisation")
    found = list(rows.order_by("id")[:BATCH])
    for row in politely(found):
        read(row, at)
    return bool(found)


def raw_of(row: ReceivedMessage) -> bytes:
    """The bytes as they came."""
    return vault().open_bytes(bytes(row.raw_sealed), row.id, "raw")


def read(row: ReceivedMessage, at: datetime) -> None:
    """Do what a kept message asks for; what cannot be read waits for a person, with its cause."""
    row.cause = ""
    try:
        _read(row, at)
    except Unreadable as odd:
        _done(row, "waiting", cause=str(odd))
    except Refusal:
        _done(row, "waiting", cause="refused")
    except VaultError:
        _done(row, "waiting", cause="key")
    except DatabaseError:
        raise  # the database is in trouble, the message is not: it is still there at the next look
    except Exception as problem:  # noqa: BLE001 - one odd message must not stop the others
        log.error("message %s: %s", row.id, type(problem).__name__)
        _done(row, "waiting", cause="broken")


def _read(row: ReceivedMessage, at: datetime) -> None:
    channel, secrets = CHANNELS[row.account.kind], secrets_of(row.account)
    told = channel.parse(secrets, Arrived("POST", {}, {}, raw_of(row)))
    if isinstance(told, Message):
        return _message(row, told, channel.way, at)
    if isinstance(told, Ringing):
        ringing.note(row.account, told, row.stored_at)
    return _done(row, "call")


def _message(row: ReceivedMessage, told: Message, way: str, at: datetime) -> None:
    same = ReceivedMessage.objects.filter(account=row.account, vendor_id=told.vendor_id)
    if same.exclude(id=row.id).exists():
        return _done(row, "twin")
    row.vendor_id, row.sender = told.vendor_id, told.sender
    row.sender_index = _index(row.account, told.sender)
    case = _case_of(row)
    if case is None:
        row.case_id, state = _new(row, told, way, at).id, "case"
    else:
        row.case_id, state = _added(case, row, told, way, at).id, "added"
    return _done(row, state)


def _case_of(row: ReceivedMessage) -> Case | None:
    """Where the sender's last message went, if it still goes on or is asked to be opened again."""
    rows = ReceivedMessage.objects.filter(
        account=row.account, sender_index=row.sender_index, case_id__isnull=False
    )
    last = rows.exclude(id=row.id).order_by("-id").first()
    return Case.objects.filter(id=last.case_id).first() if last and last.case_id else None


def _new(row: ReceivedMessage, told: Message, way: str, at: datetime) -> Case:
    intake = Intake(
        channel=way,
        narrative=told.text,
        phone=told.sender[:40] if way == "sms" else "",
        channel_facts={} if way == "sms" else {"handle": told.sender},
        received_at=min(told.at or row.stored_at, row.stored_at),
        intake_key=f"message:{row.account_id.hex[:16]}{row.sha256[:40]}",
    )
    return receive(row.organisation, intake, CUSTOMER, at).case


def _added(case: Case, row: ReceivedMessage, told: Message, way: str, at: datetime) -> Case:
    key = f"message:{row.id.hex}"
    text = told.text[:5_000]
    heard = customer.add(case, at, text=text, key=key, way=way).case
    main = main_of(heard)
    if not main.open and main.reopen_asked_at is None:
        customer.ask_reopen(main, at, text=text[:2_000], key=f"{key}:reopen")
    return case


def _index(account: Account, sender: str) -> str:
    """A blind index: the same sender of the same account finds the earlier ones."""
    key = hashlib.sha256(b"message sender" + settings.VAULT_SECRETS[0].encode()).digest()
    return hmac.digest(key, f"{account.id}|{sender}".encode(), hashlib.sha256).hex()


def _done(row: ReceivedMessage, state: str, cause: str = "") -> None:
    row.state, row.cause = state, cause[:40]
    row.save()
