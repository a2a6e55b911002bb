"""Signatures and seals as pictures: uploaded, let in, withdrawn (HA-18). Touches their table.

A signature belongs to its member, who alone puts it there and uses it. A seal is brought by one
person with ``Can.RULES`` and let in by another, with the papers it may be set on and the members
who may set it. One person is enough to withdraw either, and then its picture is gone. Every change
is on record (PL-1); every use stands in the entry of the paper that was issued.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Imprint
from tingsu.core.text import clean, clean_line
from tingsu.people import pictures
from tingsu.people._recording import record
from tingsu.people.models import Member
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

NAME, NOTE = 60, 400


def bring_signature(who: Who, at: datetime, data: bytes) -> Imprint:
    """The own signature, in place of the one before. Raises Invalid saying what is wrong."""
    picture = _made(pictures.written, data)
    row = _row(who, at, "signature", who.name, picture)
    row.member_id, row.state = who.member_id, "valid"
    with transaction.atomic():
        for before in _own(who):
            _withdraw(who, at, before, _("换了新的"))
        row.save(force_insert=True)
        record(who, at, "signature_brought", who.name)
    return row


def withdraw_signature(who: Who, at: datetime, member_id: UUID) -> None:
    """The own one, or for administrators that of any member of the house."""
    if member_id != who.member_id and not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
    rows = Imprint.objects.filter(organisation_id=who.organisation_id, kind="signature")
    for row in rows.filter(member_id=member_id, state="valid"):
        _withdraw(who, at, row, "")


def propose_seal(
    who: Who,
    at: datetime,
    *,
    name: str,
    data: bytes,
    papers: Collection[str],
    keepers: Collection[str],
) -> Imprint:
    """A seal that waits for a second person. papers: "pack.kind"; keepers: ids of members.

    Raises Invalid with what is wrong, field by field.
    """
    _may(who)
    title, members = clean_line(name).strip(), {str(one.id) for one in _members(who)}
    wrong = {} if title and len(title) <= NAME else {"name": _("请写印章的名称，最多 60 字。")}
    if not papers:
        wrong["papers"] = _("请选可以盖在哪些文书上。")
    if not keepers or not members.issuperset(keepers):
        wrong["keepers"] = _("请选由谁保管和使用。")
    try:
        picture = _made(pictures.stamped, data)
    except Invalid as odd:
        wrong |= odd.fields
    if wrong:
        raise Invalid(wrong)
    row = _row(who, at, "seal", title, picture)
    row.state, row.papers, row.keepers = "proposed", sorted(papers), sorted(keepers)
    with transaction.atomic():
        row.save(force_insert=True)
        record(who, at, "seal_proposed", title)
    return row


def let_in(who: Who, at: datetime, seal_id: UUID) -> None:
    """Let a seal be used from now on. Not by whoever brought it."""
    row = seal_of(who, seal_id)
    if row.made_by_id == who.member_id:
        raise Refusal(_("提出的人不能自己批准，请另一位负责人或管理员来批。"), code="own")
    with transaction.atomic():
        _end(row, "proposed", "valid", {"ended_by_id": who.member_id, "ended_at": at})
        record(who, at, "seal_valid", row.name)


def refuse(who: Who, at: datetime, seal_id: UUID, note: str) -> None:
    """Turn a seal down; whoever brought it may take it back in the same way."""
    row = seal_of(who, seal_id)
    ended = {"ended_by_id": who.member_id, "ended_at": at, "note": clean(note).strip()[:NOTE]}
    with transaction.atomic():
        _end(row, "proposed", "refused", ended)
        record(who, at, "seal_refused", row.name)


def withdraw_seal(who: Who, at: datetime, seal_id: UUID, note: str) -> None:
    """Nobody can set it any more, from this moment; papers that bear it stay as they are."""
    row = seal_of(who, seal_id)
    said = clean(note).strip()[:NOTE]
    if not said:
        raise Invalid({"note": _("请写明为什么停用。")})
    _withdraw(who, at, row, said)


def seal_of(who: Who, seal_id: UUID) -> Imprint:
    """A seal of the own house. Raises NotThere."""
    _may(who)
    rows = Imprint.objects.filter(organisation_id=who.organisation_id, kind="seal")
    row = rows.filter(id=seal_id).first()
    if row is None:
        raise NotThere
    return row


def png(row: Imprint) -> bytes:
    """The picture; empty once it was withdrawn."""
    return b64decode(row.picture)


def _may(who: Who) -> None:
    if not may(who, Can.RULES):
        raise Forbidden(Can.RULES)


def _made(make: Callable[[bytes], bytes], data: bytes) -> bytes:
    try:
        return make(data)
    except ValueError as odd:
        raise Invalid({"picture": str(odd)}) from odd


def _row(who: Who, at: datetime, kind: str, name: str, picture: bytes) -> Imprint:
    row = Imprint(
        organisation_id=who.organisation_id, kind=kind, name=name[:NAME],
        sha256=hashlib.sha256(picture).hexdigest(), made_by_id=who.member_id, made_at=at,
    )  # fmt: skip
    row.picture = b64encode(picture).decode()
    return row


def _own(who: Who) -> QuerySet[Imprint]:
    return Imprint.objects.filter(kind="signature", state="valid", member_id=who.member_id)


def _members(who: Who) -> QuerySet[Member]:
    return Member.objects.filter(organisation_id=who.organisation_id, active=True)


def _withdraw(who: Who, at: datetime, row: Imprint, note: str) -> None:
    gone = {"withdrawn_by_id": who.member_id, "withdrawn_at": at, "note": note}
    with transaction.atomic():
        _end(row, "valid", "withdrawn", gone)
        record(who, at, f"{row.kind}_withdrawn", row.name)


def _end(row: Imprint, was: str, state: str, told: dict[str, object]) -> None:
    """Change the state once; what is over keeps no picture. Raises Refusal when it is over."""
    over = {} if state == "valid" else {"picture_sealed": None}
    rows = Imprint.objects.filter(id=row.id, state=was)
    if not rows.update(state=state, **told, **over):
        raise Refusal(_("刚刚已经有人处理了，请刷新后再看。"), code="stale")


def used(imprint_id: UUID) -> None:
    """Count a use, in the transaction that issues. Raises Refusal once it was withdrawn."""
    if not Imprint.objects.filter(id=imprint_id, state="valid").update(used=F("used") + 1):
        raise Refusal(_("签名图或印章刚刚停用了，请重新签发。"), code="withdrawn")
