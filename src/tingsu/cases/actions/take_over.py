"""Who was asked to take a case over answers: accepts, gives it on, or returns it with why (HA-10,
HA-13)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases import _handover as handover
from tingsu.cases._conflict import keep_away
from tingsu.cases._read import row_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Handover
from tingsu.people import directory
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Member
from tingsu.people.permission import Can, Role, rights_of


def accept(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    handover_id: UUID,
    text: str = "",
    to: Member | None = None,
    queue: Department | None = None,
    key: str | None = None,
) -> Written:
    """It is mine from now on; or, by a supervisor, it is theirs: the decision says to whom."""
    said = text_of(text, "text", limit=2_000) if text.strip() else ""

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _waiting(case, handover_id)
        member = _may_answer(case, row, by)
        owner, place = _given(case, row, member, to, queue)
        if owner:
            keep_away(case, owner, field="to" if to else "")
        data = handover.facts(row) | {
            "kind": row.kind,
            "from": str(case.owner_id or ""),
            "to": str(owner.id) if owner else "",
            "queue": str(place.id) if place else "",
        }
        changes: dict[str, Any] = {"owner_id": owner.id if owner else None}
        changes |= {"handed_up_id": None, "handed_across_id": None}
        if place:
            changes["queue_id"] = place.id
        ended = handover.ends(row, "accepted", at, by.member_id, said)
        return Plan([Entry("takeover_accepted", said, data)], changes, effects=[ended])

    return write(case, by, at, plan, key=key)


def send_back(
    case: Case, by: Actor, at: datetime, *, handover_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Not for us, with why. Up the ladder it stays with whoever has it; between departments the
    supervisor decides, so that nobody is sent to and fro."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么退回、接下来该怎么办。"))

    def plan(case: Case) -> Plan:
        row = _waiting(case, handover_id)
        _may_answer(case, row, by)
        entry = Entry("takeover_returned", said, handover.facts(row) | {"kind": row.kind})
        ended = handover.ends(row, "returned", at, by.member_id, said)
        changes = {"handed_up_id": None, "handed_across_id": None}
        if row.kind == "up":
            return Plan([entry], changes, effects=[ended])
        asked = _disputed(case, row, at, said)
        if asked is None:
            return Plan([entry], changes, effects=[ended])
        return Plan(
            [entry, *asked.entries], changes | asked.changes, effects=[ended, *asked.effects]
        )

    return write(case, by, at, plan, key=key)


def _disputed(case: Case, row: Handover, at: datetime, said: str) -> handover.Asking | None:
    levels = handover.levels_of(case)
    words = _("部门之间对由谁办有分歧，请定。对方的理由：%(reason)s") % {"reason": said}
    cause = f"{handover.DISPUTE}:{row.id.hex}"
    found = (handover.to_level(case, one, at, cause=cause, reason=words) for one in levels)
    return next((one for one in found if one), None)


def _waiting(case: Case, handover_id: UUID) -> Handover:
    row = row_of(Handover, id=handover_id, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这次交接。"), code="missing")
    if row.state != "waiting":
        raise Refusal(_("这次交接已经有了结果，请刷新后再看。"), code="ended")
    return row


def _may_answer(case: Case, row: Handover, by: Actor) -> Member:
    """Whoever was asked, somebody as high, or the department that was asked."""
    member = Member.objects.select_related("department").get(id=by.me)
    high = handover.height(handover.levels_of(case), member)
    if row.to_member_id == member.id or (high and high >= row.rung):
        return member
    if row.to_department_id:
        house = directory.branch_of(case.organisation_id, row.to_department_id)
        handles = Can.HANDLE in rights_of(Role(role) for role in member.roles)
        if handles and member.department_id in house:
            return member
    raise Refusal(_("这次交接请的不是您，请由对方答复。"), code="not_asked")


def _given(
    case: Case, row: Handover, member: Member, to: Member | None, queue: Department | None
) -> tuple[Member | None, Department | None]:
    """Who has it in the end: the one who accepts, or whom a supervisor names."""
    if to is None and queue is None:
        across = row.to_department if row.kind == "across" else None
        return member, across
    if not handover.leads(member):
        raise Refusal(_("要交给别人，请由主管来定。"), "to", "not_supervisor")
    for place in (to, queue):
        if place and (place.organisation_id != case.organisation_id or not place.active):
            raise Refusal(_("只能交给本机构在岗的人或部门。"), "to", "outside")
    if to and Can.HANDLE not in rights_of(Role(role) for role in to.roles):
        raise Refusal(_("这位同事的角色不能承办投诉，请另选。"), "to", "cannot_handle")
    return to, queue or (to.department if to else None)
