"""What was kept becomes a case, a message on one, or stands where a person sees it (IN-4).

Repeatable: a mail that was half taken when the power went is taken again and nothing is doubled.
"""

import io
import logging
from datetime import datetime
from functools import partial
from time import monotonic

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from tingsu.cases.actions import attach, customer, note, receive
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, vault
from tingsu.cases.taking_turns import politely
from tingsu.channels.mail import manners, returned, store, threads, together
from tingsu.channels.mail.message import Mail, Part, Sort, Unreadable
from tingsu.channels.mail.opening import intake_of, rest_of, within
from tingsu.channels.mail.reading import read
from tingsu.channels.mail.tokens import without_mark
from tingsu.channels.models import ReceivedMail
from tingsu.people.actor import CUSTOMER, SYSTEM
from tingsu.vault import VaultError

log = logging.getLogger(__name__)
AT_ONCE = 50  # mails of one transaction
LONGEST = 2.0  # seconds of one look, so that clocks and letters are not kept waiting
MOST_TRIES = 3
MESSAGE_LIMIT = 5_000  # of a message on a case; what is longer is attached as well


def sweep(at: datetime) -> bool:
    """Take what was kept, oldest first, what is plain together; whether there was something.

    Batch after batch for LONGEST: letters that wait to be sent take longer than a batch of mails.
    """
    rows = ReceivedMail.objects.filter(state="stored").order_by("id")
    rows = rows.select_related("mailbox__queue", "organisation")
    began, found = monotonic(), list(rows[:AT_ONCE])
    busy = bool(found)
    while found:
        for row in politely(together.take(found, at)):
            take(row, at)
        if monotonic() - began > LONGEST:
            break
        found = list(rows.filter(id__gt=found[-1].id)[:AT_ONCE])  # what failed waits for a look
    return busy


def take(row: ReceivedMail, at: datetime, *, by_hand: bool = False) -> None:
    """Read one mail and do what it asks for. by_hand: a person wants a case of it, whoever or
    whatever wrote it."""
    try:
        mail = read(store.raw_of(row))
        with transaction.atomic():
            _take(row, mail, at, by_hand=by_hand)
    except Unreadable as problem:
        _set_aside(row, at, problem.why)
    except Refusal as problem:
        _set_aside(row, at, "refused", problem.words)
    except VaultError:
        _set_aside(row, at, "sealed")
    except (OperationalError, InterfaceError):
        raise  # the database is in trouble, the mail is not: it is still there at the next look
    except Exception as problem:  # noqa: BLE001 - one odd mail must not stop the others
        log.error("mail %s: %s", row.id, type(problem).__name__)
        _tried(row, at)


def _take(row: ReceivedMail, mail: Mail, at: datetime, *, by_hand: bool) -> None:
    row.sort, row.message_id = mail.sort.value, mail.message_id[:1000]
    row.sender_index = vault().email_index(mail.sender)
    if mail.sort is Sort.BOUNCE and not by_hand:
        returned.mark(row.organisation_id, mail.bounces, at)
        return _done(row, at, "kept", "bounce")
    if mail.sort in (Sort.OWN, Sort.LIST) and not by_hand:
        return _done(row, at, "kept", mail.sort.value)
    case = threads.case_of(row.organisation_id, mail)
    if case is None and mail.sort is Sort.AUTOMATIC and not by_hand:
        return _done(row, at, "kept", "automatic")
    if not by_hand and manners.is_flood(row, at):
        return _done(row, at, "quarantine", "flood")
    if case is None:
        case = _new_case(row, mail, at)
    elif mail.sort is Sort.AUTOMATIC:
        note.note(case, SYSTEM, at, text=_automatic(mail), key=_key(row, "note"))
    else:
        _on_case(case, row, mail, at)
    row.case_id = case.id
    return _done(row, at, "taken")


def _new_case(row: ReceivedMail, mail: Mail, at: datetime) -> Case:
    answer = manners.may_answer(row, row.mailbox, mail, at)
    made = receive.receive(
        row.organisation,
        intake_of(row, mail),
        CUSTOMER,
        at,
        queue=row.mailbox.queue,
        acknowledge=answer,
    )
    row.answered = answer
    _keep_files(made.case, row, [*mail.parts, *rest_of(mail)], at)
    return made.case


def _on_case(case: Case, row: ReceivedMail, mail: Mail, at: datetime) -> None:
    said, rest = within(mail.said or without_mark(mail.subject), MESSAGE_LIMIT)
    stranger = bool(mail.sender) and not threads.is_known(case, mail.sender)
    heard = customer.add(
        case,
        at,
        text=said,
        key=_key(row, "add"),
        way="mail",
        stranger=mail.sender if stranger else "",
    ).case
    _keep_files(heard, row, [*mail.parts, *rest], at)
    if not heard.open and heard.reopen_asked_at is None:
        customer.ask_reopen(heard, at, text=said[:2_000], key=_key(row, "reopen"))


def _keep_files(case: Case, row: ReceivedMail, parts: list[Part], at: datetime) -> None:
    """Each by itself: one that cannot be kept does not cost the others; it is named, and the mail
    as it came still has it."""
    refused = []
    for number, part in enumerate(parts):
        given = attach.Given(part.name, len(part.data), io.BytesIO(part.data))
        keep = partial(attach.attach, case, CUSTOMER, at, files=[given], public=True)
        try:
            keep(key=_key(row, f"file{number}"))
        except Refusal as problem:
            refused.append(problem.words)
    if refused:
        words = _("有附件没有收下，原信里还在：%(why)s") % {"why": " ".join(refused)}
        note.note(case, SYSTEM, at, text=words[:5_000], key=_key(row, "refused"))


def _automatic(mail: Mail) -> str:
    words = _("对方邮箱的自动回复：")
    return f"{words}{mail.subject}\n\n{mail.said}"[:5_000]


def _key(row: ReceivedMail, step: str) -> str:
    return f"mail:{row.id.hex}:{step}"


def _done(row: ReceivedMail, at: datetime, state: str, cause: str = "", detail: str = "") -> None:
    row.state, row.cause, row.detail, row.read_at = state, cause, detail[:400], at
    row.save()


def _set_aside(row: ReceivedMail, at: datetime, cause: str, detail: str = "") -> None:
    row.case_id, row.answered = None, False
    _done(row, at, "quarantine", cause, detail)


def _tried(row: ReceivedMail, at: datetime) -> None:
    row.tries += 1
    if row.tries >= MOST_TRIES:
        return _set_aside(row, at, "broken")
    ReceivedMail.objects.filter(id=row.id).update(tries=row.tries)
    return None
