"""New matters of one look become cases in one transaction: a mail alone takes two commits and a
dozen questions, and a Monday morning brings hundreds. Whatever is not plain is left to the one by
one way of `arriving`, and so is a batch that fails: which of it is odd is found out there."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from tingsu.cases.actions import receive
from tingsu.cases.models import vault
from tingsu.channels.mail import manners, store
from tingsu.channels.mail.message import Mail, Sort, Unreadable
from tingsu.channels.mail.opening import intake_of, is_long
from tingsu.channels.mail.reading import read
from tingsu.channels.mail.tokens import number_in
from tingsu.channels.models import ReceivedMail
from tingsu.people.actor import CUSTOMER
from tingsu.vault import VaultError

log = logging.getLogger(__name__)
OWN = ("message_id", "sender_index", "case_id")  # of each mail; the rest they share


@dataclass(frozen=True)
class _Plain:
    """A mail that begins a new matter and brings nothing else."""

    row: ReceivedMail
    mail: Mail


def take(rows: Sequence[ReceivedMail], at: datetime) -> list[ReceivedMail]:
    """Make cases of what is plain; returns the rows that are left. Raises OperationalError."""
    plain = [one for row in rows if (one := _plain(row))]
    writers = Counter(one.row.sender_index for one in plain)
    done: set[object] = set()
    for mailbox_id in dict.fromkeys(one.row.mailbox_id for one in plain):
        group = [
            one
            for one in plain
            if one.row.mailbox_id == mailbox_id and writers[one.row.sender_index] == 1
        ]
        if len(group) > 1:
            done |= _taken(group, at)
    return [row for row in rows if row.id not in done]


def _plain(row: ReceivedMail) -> _Plain | None:
    try:
        mail = read(store.raw_of(row))
    except (Unreadable, VaultError):
        return None
    except Exception:  # noqa: BLE001 - the one by one way says what is odd about it
        return None
    if mail.sort is not Sort.PERSON or mail.answers or mail.parts or is_long(mail):
        return None
    row.message_id = mail.message_id[:1000]
    row.sender_index = vault().email_index(mail.sender)
    marked = number_in(mail.subject, row.organisation_id)
    return _Plain(row, mail) if row.sender_index and not marked else None


def _taken(group: Sequence[_Plain], at: datetime) -> set[object]:
    first = group[0].row
    answered, quiet = _sorted(group, at)
    try:
        with transaction.atomic():
            for part, answer in ((answered, True), (quiet, False)):
                if not part:
                    continue
                made = receive.receive_many(
                    first.organisation,
                    [intake_of(one.row, one.mail) for one in part],
                    CUSTOMER,
                    at,
                    queue=first.mailbox.queue,
                    acknowledge=answer,
                )
                for one, received in zip(part, made, strict=True):
                    one.row.case_id = received.case.id
                _write([one.row for one in part], at, answered=answer)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:  # noqa: BLE001 - see the top of the file
        log.warning("%s mails one by one: %s", len(group), type(problem).__name__)
        for one in group:
            one.row.refresh_from_db()
        return set()
    return {one.row.id for one in (*answered, *quiet)}


def _write(rows: list[ReceivedMail], at: datetime, *, answered: bool) -> None:
    ReceivedMail.objects.bulk_update(rows, OWN)
    ReceivedMail.objects.filter(id__in=[row.id for row in rows]).update(
        state="taken",
        cause="",
        detail="",
        sort=Sort.PERSON.value,
        answered=answered,
        read_at=at,
    )


def _sorted(group: Sequence[_Plain], at: datetime) -> tuple[list[_Plain], list[_Plain]]:
    """Those that get an answer by itself, and those that do not; a flood is in neither."""
    house = manners.House(group[0].row.organisation_id, [one.row.sender_index for one in group], at)
    answered, quiet = [], []
    for one in group:
        if house.is_flood(one.row.sender_index):
            continue
        if house.may_answer(one.row, one.mail):
            answered.append(one)
        else:
            quiet.append(one)
    return answered, quiet
