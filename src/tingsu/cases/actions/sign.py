"""签字: ask somebody to sign, sign on our screen, by link or on paper, decline, withdraw (HA-15).

What is signed is pinned: the hash of the text, the moment, the name, the way, and the address of
the network; names and addresses are sealed and stand in no entry.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tingsu.cases import _agreed  # noqa: F401 -- hangs there what follows a signature
from tingsu.cases._filed import Kept, attachment, check_all, lying, stored
from tingsu.cases._files import Given, store
from tingsu.cases._rules import text_of
from tingsu.cases._signing import asked, asked_entry, following, joined, told, waiting
from tingsu.cases._update import changing, update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Signing
from tingsu.core.signing import PLACES, ROLES, pinned
from tingsu.core.text import clean, clean_line
from tingsu.people import pictures
from tingsu.people.actor import Actor

LONGEST = 20_000
MOST_DAYS = 30
SCANS = ("image/", "application/pdf")


@dataclass(frozen=True)
class Hand:
    """How somebody signed: the drawn picture, or none for a typed name."""

    name: str
    agreed: bool
    picture: bytes = b""
    place: str = "here"
    address: str = ""


def ask(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    about: str,
    subject: UUID,
    role: str,
    name: str,
    title: str,
    text: str,
    key: str | None = None,
) -> tuple[Written, UUID]:
    """Ask one person to sign one text; returns the id of the request. For whatever else is to be
    signed: a record of an interview, a confirmation. Raises Invalid or Refusal."""
    said = text_of(text, "text", limit=LONGEST, ask=_("请写下要签的全文。"))
    if role not in ROLES:
        raise Invalid({"role": _("请选择由谁签字。")})
    made: list[UUID] = []

    def plan(case: Case) -> Plan:
        row = asked(
            case, by, at,
            about=about, subject=subject, role=role, name=clean_line(name), title=title, text=said,
        )  # fmt: skip
        made[:] = [row.id]
        return Plan([asked_entry(row)], rows=[row])

    try:
        written = write(case, by, at, plan, key=key)
    except IntegrityError as twice:
        words = _("已经请这一方签字，还没有签。要改内容，请先撤回。")
        raise Refusal(words, code="already_asked") from twice
    if written.repeated:
        made[:] = [UUID(written.events[0].data["signing"])]
    return written, made[0]


def sign(
    case: Case, by: Actor, at: datetime, *, signing_id: UUID, hand: Hand, key: str | None = None
) -> Written:
    """Sign on a screen. by: the member who holds the screen, or the customer by link.

    Raises Invalid at ``name``, ``agreed`` or ``picture``; Refusal when it no longer waits.
    """
    name = _checked(hand)
    drawn = _drawn(hand)

    def plan(case: Case) -> Plan:
        row = waiting(case, signing_id)
        row.state, row.ended_at = "signed", at
        row.way, row.place = "drawn" if drawn else "typed", hand.place
        row.signed_as, row.address = name, hand.address[:60]
        row.witness_id = by.member_id
        if drawn:
            row.sha256, row.stored_as = store(BytesIO(drawn))
            row.size = len(drawn)
        return _signed(case, row, at)

    return write(case, by, at, plan, key=key)


def sign_on_paper(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    signing_id: UUID,
    scan: Given | None,
    name: str,
    signed_at: datetime | None = None,
    file_id: UUID | None = None,
    key: str | None = None,
) -> Written:
    """It was signed on paper; the scan is kept with the case, or lies there already (``file_id``).
    Raises Invalid."""
    signed_as = _named(name)
    if scan is None and file_id is None:
        raise Invalid({"files": _("请上传签好的那一页的照片或扫描件。")})
    kept = _scanned(scan) if scan else None
    when = signed_at or at
    if when > at:
        raise Invalid({"signed_at": _("还没有签的不能记，请改成已经过去的时间。")})

    def plan(case: Case) -> Plan:
        row = waiting(case, signing_id)
        row.state, row.ended_at = "signed", when
        row.way, row.place, row.witness_id = "paper", "paper", by.member_id
        row.signed_as = signed_as
        made = _signed(case, row, at)
        if file_id and not kept:
            _check_scan(case, file_id)
        files = [attachment(case, made.entries[0], kept, by, at)] if kept else []
        page = files[0].id if files else file_id
        scanned = changing(Signing, {"scan_id": page}, id=row.id)
        return Plan(made.entries, made.changes, [*made.rows, *files], [*made.effects, scanned])

    return write(case, by, at, plan, key=key)


def open_link(
    case: Case, by: Actor, at: datetime, *, signing_id: UUID, days: int, key: str | None = None
) -> Written:
    """Make a link of its own; the one before is void. How it reaches the person is theirs."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid({"days": _("链接的有效期请写 1 到 30 天。")})
    until = (at + timedelta(days=days)).replace(microsecond=0)

    def plan(case: Case) -> Plan:
        row = waiting(case, signing_id)
        changes = {"link_round": row.link_round + 1, "link_until": until}
        data = told(row) | {"due": until.isoformat(timespec="seconds")}
        turned = changing(Signing, changes, id=row.id, state="waiting")
        return Plan([Entry("sign_linked", "", data)], effects=[turned])

    return write(case, by, at, plan, key=key)


def decline(
    case: Case, by: Actor, at: datetime, *, signing_id: UUID, text: str, key: str | None = None
) -> Written:
    """They will not sign, and why: what they say is an entry."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下为什么不签，我们好接着商量。"))

    def plan(case: Case) -> Plan:
        row = waiting(case, signing_id)
        row.state, row.ended_at = "declined", at
        entry = Entry("sign_declined", said, told(row), public=row.role == "complainant")
        made = Plan([entry], {"planned_at": at} if case.open else {}, effects=[_turn(row)])
        return joined(made, following(case, row, at))

    return write(case, by, at, plan, key=key)


def withdraw(
    case: Case, by: Actor, at: datetime, *, signing_id: UUID, key: str | None = None
) -> Written:
    """No longer asked for: the text is to change, or somebody else signs."""

    def plan(case: Case) -> Plan:
        row = waiting(case, signing_id)
        row.state, row.ended_at = "withdrawn", at
        made = Plan([Entry("sign_withdrawn", "", told(row))], effects=[_turn(row)])
        return joined(made, following(case, row, at))

    return write(case, by, at, plan, key=key)


def _signed(case: Case, row: Signing, at: datetime) -> Plan:
    if pinned(row.title, row.text) != row.text_hash:
        raise Refusal(_("要签的内容和登记的不一致，请联系管理员。"), code="changed")
    data: dict[str, Any] = told(row) | {"way": row.way, "place": row.place}
    data |= {"sha256": row.sha256} if row.sha256 else {}
    public = row.role == "complainant"
    entry = Entry("signed", "", data, public=public, at=min(row.ended_at or at, at))
    changes = {"planned_at": at} if case.open and row.place == "link" else {}
    made = Plan([entry], changes, effects=[_turn(row)])
    return joined(made, following(case, row, at))


def _scanned(scan: Given) -> Kept:
    """The page that was signed, looked at and stored. Raises Invalid."""
    (found,) = check_all([scan])
    if not found.content_type.startswith(SCANS):
        raise Invalid({"files": _("请上传照片或 PDF。")})
    return stored(scan, found)


def _check_scan(case: Case, file_id: UUID) -> None:
    """Raises Refusal where the case has no such file, or it is none that shows a page."""
    if not lying(case, file_id).content_type.startswith(SCANS):
        raise Refusal(_("请上传照片或 PDF。"), "file_id", "not_a_scan")


def _turn(row: Signing) -> Any:
    """Compare-and-set: a link that was used is of no use any more, however quick the second is."""
    names = (
        "state", "ended_at", "way", "place", "signed_as_sealed", "address_sealed", "witness_id",
        "sha256", "size", "stored_as",
    )  # fmt: skip
    changes = {name: getattr(row, name) for name in names}

    def effect() -> None:
        if not update(Signing, changes, id=row.id, state="waiting"):
            raise Refusal(_("这份签字已经有结果了，请刷新后再看。"), code="ended")

    return effect


def _checked(hand: Hand) -> str:
    wrong = {}
    if hand.place not in PLACES:
        wrong["place"] = _("请选择签字的地方。")
    if not hand.agreed:
        wrong["agreed"] = _("请先看完全文，再勾选这一句。")
    try:
        name = _named(hand.name)
    except Invalid as odd:
        wrong |= odd.fields
        name = ""
    if wrong:
        raise Invalid(wrong)
    return name


def _named(name: str) -> str:
    typed = clean_line(clean(name)).strip()
    if not typed:
        raise Invalid({"name": _("请写上签字人的姓名。")})
    if len(typed) > 60:
        raise Invalid({"name": _("姓名最多 60 字。")})
    return typed


def _drawn(hand: Hand) -> bytes:
    if not hand.picture:
        return b""
    try:
        return pictures.drawn(hand.picture)
    except ValueError as odd:
        raise Invalid({"picture": str(odd)}) from odd
