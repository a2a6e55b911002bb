"""Tokens: a program acts for a member, with a part of the member's rights, until a day (PL-4).

Touches the table of tokens. A token is 43 random letters, so its plain SHA-256 is kept: there is
nothing to guess. Who it acts for is asked anew with each request, so that a role taken away from
the member is taken away from the token in the same moment.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tingsu.core.text import clean_line
from tingsu.people import _bearing
from tingsu.people._recording import record
from tingsu.people.directory import as_who
from tingsu.people.errors import Invalid
from tingsu.people.models import Token, new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

MARK = "tingsu_"  # so that a scanner of repositories knows what it has found
SHOWN = 12  # letters of it that we keep readable
LONGEST = timedelta(days=366)
MOST = 50  # of one member, those in force
USED_EVERY = timedelta(minutes=5)  # when it was last used is not worth a write each time


@dataclass(frozen=True)
class Bearer:
    """Who a token speaks for, with no more rights than it was given."""

    token_id: UUID
    who: Who


def make(
    who: Who, *, name: str, scopes: Iterable[str], expires_on: date | None, at: datetime
) -> tuple[Token, str]:
    """A token for the member's own programs. Returns it with its secret, which is shown once.

    Raises Invalid with a sentence per field.
    """
    wanted = frozenset(scopes)
    known = clean_line(name).strip()
    wrong = {}
    if not known or len(known) > 60:
        wrong["name"] = _("请给它起个名字，最多 60 字，例如用它的系统。")
    if not wanted:
        wrong["scopes"] = _("请至少选一项。")
    elif not wanted <= who.rights:
        wrong["scopes"] = _("只能选您自己有的权限。")
    until = datetime.combine(expires_on, at.time(), at.tzinfo) if expires_on else None
    if until is None or until <= at:
        wrong["expires_on"] = _("请选择将来的到期日。")
    elif until > at + LONGEST:
        wrong["expires_on"] = _("最长一年，到期再换新的。")
    if _in_force(who.member_id, at).count() >= MOST:
        wrong["name"] = _("令牌已有 %(n)s 个，请先停用不再使用的。") % {"n": MOST}
    if wrong:
        raise Invalid(wrong)
    return _keep(who, "api", at, name=known, scopes=sorted(wanted), until=until)


def open_calendar(who: Who, at: datetime) -> str:
    """A new secret for the member's calendar address; the one before stops working."""
    with transaction.atomic():
        close_calendar(who, at)
        return _keep(who, "calendar", at, name="calendar")[1]


def close_calendar(who: Who, at: datetime) -> bool:
    """The calendar address stops working. False where there was none."""
    rows = Token.objects.filter(member_id=who.member_id, kind="calendar", revoked_at__isnull=True)
    return bool(rows.update(revoked_at=at))


def calendar(who: Who) -> Token | None:
    """The calendar address in force, None where the member opened none."""
    rows = Token.objects.filter(member_id=who.member_id, kind="calendar", revoked_at__isnull=True)
    return rows.order_by("-id").first()


def own(who: Who, at: datetime) -> list[Token]:
    """The member's tokens in force, newest first."""
    return list(_in_force(who.member_id, at).order_by("-id"))


def of_house(who: Who, at: datetime) -> list[Token]:
    """All tokens in force of the organisation, for its administrators."""
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
    rows = _alive(at).filter(kind="api", member__organisation_id=who.organisation_id)
    return list(rows.select_related("member").order_by("member__name", "-id")[:500])


def revoke(who: Who, token_id: UUID, at: datetime) -> Token:
    """Stop a token: one's own, or for administrators any of the house. Raises NotThere."""
    rows = Token.objects.filter(kind="api", member__organisation_id=who.organisation_id)
    row = rows.select_related("member").filter(id=token_id, revoked_at__isnull=True).first()
    if row is None or (row.member_id != who.member_id and not may(who, Can.MEMBERS)):
        raise NotThere
    with transaction.atomic():
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        record(who, at, "token_revoked", row.member.name, {"token": [row.prefix, ""]})
    return row


def bearer(secret: str, at: datetime, kind: str = "api") -> Bearer | None:
    """Who the secret speaks for; None when it is unknown, stopped or over, when the member is, or
    when an administrator has just given the account a new password."""
    digest = hashlib.sha256(secret.encode()).digest()
    found = _bearing.found(digest, kind, at, USED_EVERY)
    if found is None:
        return None
    if found.idle:
        Token.objects.filter(id=found.token_id).update(used_at=at)
    who = as_who(found.member)
    if kind == "api":
        who = replace(who, scopes=frozenset(Can(one) for one in found.scopes if one in set(Can)))
    return Bearer(found.token_id, who)


def _alive(at: datetime) -> QuerySet[Token]:
    rows = Token.objects.filter(revoked_at__isnull=True)
    return rows.filter(Q(expires_at__gt=at) | Q(expires_at__isnull=True))


def _in_force(member_id: UUID, at: datetime) -> QuerySet[Token]:
    return _alive(at).filter(kind="api", member_id=member_id)


def _keep(
    who: Who,
    kind: str,
    at: datetime,
    *,
    name: str,
    scopes: Sequence[str] = (),
    until: datetime | None = None,
) -> tuple[Token, str]:
    secret = MARK + secrets.token_urlsafe(32)
    row = Token(
        id=new_id(),
        member_id=who.member_id,
        kind=kind,
        name=name,
        prefix=secret[:SHOWN],
        digest=hashlib.sha256(secret.encode()).digest(),
        scopes=list(scopes),
        made_at=at,
        expires_at=until,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        record(who, at, f"{kind}_token_made", name, {"token": ["", row.prefix]})
    return row, secret
