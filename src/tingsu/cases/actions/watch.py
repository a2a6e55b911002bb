"""The watch list (SC-7): proposed with a reason, approved by a second person, ends by itself."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tingsu.cases._rules import text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, WatchEntry
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

KINDS = ("unpaid", "harassment", "vexatious", "other")
LONGEST = timedelta(days=366)


def propose(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kind: str,
    reason: str,
    expires_on: date | None,
    key: str | None = None,
) -> Written:
    """Propose the complainant of a case for the list; it shows only once approved."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明原因和依据。"))
    if kind not in KINDS:
        raise Invalid({"kind": _("请选择类型。")})
    if expires_on is None or not at.date() < expires_on <= at.date() + LONGEST:
        raise Invalid({"expires_on": _("请填写到期日：最早明天，最晚一年以后。")})

    def plan(case: Case) -> Plan:
        if not case.party_id:
            raise Refusal(_("这件投诉没有登记投诉人，无法列入。"), code="nobody")
        row = WatchEntry(
            id=new_id(),
            organisation_id=case.organisation_id,
            party_id=case.party_id,
            kind=kind,
            reason=said,
            proposed_by_id=by.me,
            proposed_at=at,
            expires_on=expires_on,
        )
        return Plan([Entry("watch_proposed", said, {"watch": str(row.id)})], rows=[row])

    return write(case, by, at, plan, key=key)


def approve(
    case: Case, by: Actor, at: datetime, *, entry_id: UUID, key: str | None = None
) -> Written:
    """A second person approves. Raises Refusal for the proposer."""

    def plan(case: Case) -> Plan:
        row = _alive(case, entry_id).filter(approved_at__isnull=True).first()
        if row is None:
            raise Refusal(_("找不到这条待批准的关注。"), code="missing")
        if row.proposed_by_id == by.member_id:
            raise Refusal(_("提出人不能自己批准，请另一位批准。"), code="same_person")
        return Plan(
            [Entry("watch_added", data={"watch": str(row.id)})],
            effects=[lambda: _update(row, approved_by_id=by.member_id, approved_at=at)],
        )

    return write(case, by, at, plan, key=key)


def end(
    case: Case, by: Actor, at: datetime, *, entry_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Take an entry off the list before it expires, or turn a proposal down."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明原因。"))

    def plan(case: Case) -> Plan:
        row = _alive(case, entry_id).first()
        if row is None:
            raise Refusal(_("这条关注已经结束。"), code="missing")
        entry = Entry("watch_ended", said, {"watch": str(row.id)})
        return Plan([entry], effects=[lambda: _update(row, ended_at=at)])

    return write(case, by, at, plan, key=key)


def _alive(case: Case, entry_id: UUID) -> QuerySet[WatchEntry]:
    return WatchEntry.objects.filter(id=entry_id, party__cases=case, ended_at__isnull=True)


def _update(row: WatchEntry, **values: object) -> None:
    WatchEntry.objects.filter(id=row.id).update(**values)
