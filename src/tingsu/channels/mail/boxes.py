"""Mailboxes: add, change, try, let them answer, switch off. Writes Mailbox rows.

Every function raises Forbidden without ``Can.MEMBERS``, Invalid with words for the person.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tingsu.channels.mail.imap import UNREACHABLE, connect
from tingsu.channels.models import Mailbox
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import Department
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

SECURITIES = ("tls", "starttls", "none")
KINDS = ("imap", "smtp")


def boxes(who: Who) -> list[Mailbox]:
    """Those of the own organisation, in use first."""
    _allowed(who)
    rows = Mailbox.objects.filter(organisation_id=who.organisation_id).select_related("queue")
    return list(rows.order_by("-active", "address"))


def box(who: Who, ident: UUID) -> Mailbox:
    """One of them. Raises NotThere."""
    _allowed(who)
    found = Mailbox.objects.filter(organisation_id=who.organisation_id, id=ident).first()
    if found is None:
        raise NotThere
    return found


def save(who: Who, typed: Mapping[str, Any], at: datetime, row: Mailbox | None = None) -> Mailbox:
    """Add a mailbox, or change one. An empty password keeps the one that is there."""
    _allowed(who)
    row = row or Mailbox(organisation_id=who.organisation_id, created_at=at)
    problems = _read(row, typed)
    if problems:
        raise Invalid(problems)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise Invalid({"address": _("这个地址已经有人用了。")}) from taken
    return row


def try_out(who: Who, row: Mailbox) -> None:
    """Sign in and open the folder. Raises Refusal with what the administrator can do."""
    _allowed(who)
    try:
        with connect(row):
            pass
    except UNREACHABLE as problem:
        words = _("连不上：%(kind)s。请核对服务器、端口、加密方式、账号和密码。")
        raise Refusal(words % {"kind": type(problem).__name__}, code="unreachable") from problem


def let_answer(who: Who, row: Mailbox, at: datetime) -> None:
    """From now on whoever writes is answered at once; a person has seen what came in."""
    _allowed(who)
    row.answers_from = at
    row.save(update_fields=["answers_from"])


def switch(who: Who, row: Mailbox, *, on: bool) -> None:
    """Stop or go on taking mail in. What came stays."""
    _allowed(who)
    row.active = on
    row.save(update_fields=["active"])


def _read(row: Mailbox, typed: Mapping[str, Any]) -> dict[str, str]:
    """Put the typed values on the row; returns what is wrong."""
    told = {name: str(typed.get(name) or "").strip() for name in typed}
    wrong: dict[str, str] = {}
    row.address = told["address"].lower()[:254]
    try:
        validate_email(row.address)
    except ValidationError:
        wrong["address"] = _("请填写完整的邮箱地址，例如 ts@example.com。")
    row.kind = told["kind"] if told["kind"] in KINDS else "imap"
    row.queue_id = _queue(row.organisation_id, told["queue"])
    try:
        row.starts_on = date.fromisoformat(told["starts_on"])
    except ValueError:
        wrong["starts_on"] = _("请选一个日期，更早的来信留在邮箱里不动。")
    return wrong | (_server(row, told) if row.kind == "imap" else {})


def _server(row: Mailbox, told: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    row.host, row.account = told["host"][:200], told["account"][:254]
    row.folder = told["folder"][:200] or "INBOX"
    row.security = told["security"] if told["security"] in SECURITIES else "tls"
    if not row.host:
        wrong["host"] = _("请填写 IMAP 服务器，例如 imap.example.com。")
    if not row.account:
        wrong["account"] = _("请填写登录邮箱的账号。")
    if told["port"].isdecimal() and 1 <= int(told["port"]) <= 65535:
        row.port = int(told["port"])
    else:
        wrong["port"] = _("端口是 1 到 65535 的数字，通常是 993。")
    if told["password"]:
        row.password = told["password"]
    elif not row.password_sealed:
        wrong["password"] = _("请填写密码；很多邮箱要用单独的“授权码”。")
    return wrong


def _queue(organisation_id: UUID, typed: str) -> UUID | None:
    try:
        wanted = UUID(typed)
    except ValueError:
        return None
    own = Department.objects.filter(organisation_id=organisation_id, id=wanted, active=True)
    return wanted if own.exists() else None


def _allowed(who: Who) -> None:
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
