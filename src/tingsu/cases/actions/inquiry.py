"""The plan of an investigation, and who looks into the case (HA-4)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._conflict import keep_away
from tingsu.cases._inquiry import (
    looks_in,
    made,
    may_look_into,
    row,
    stamp,
    turned_to,
    turning,
)
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, InquiryPoint, Investigator
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of


def plan_point(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    what: str,
    who: Member | None = None,
    due_at: datetime | None = None,
    key: str | None = None,
) -> Written:
    """One thing to be found out, by whom, by when; the case comes up again on that day."""
    said = text_of(what, "what", limit=400, ask=_("请写明要查清什么。"))
    due = future(due_at, at, "due_at") if due_at else None

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        if who is not None:
            _fit(case, who)
        point = made(
            InquiryPoint, case, by, at, what=said, who_id=who.id if who else None, due_at=due
        )
        data = {"point": str(point.id), "to": str(point.who_id or ""), "due": stamp(due)}
        entry = Entry("inquiry_planned", said, data)
        return Plan([entry], turned_to(case, at, due), [point])

    return write(case, by, at, plan, key=key)


def end_point(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    point_id: UUID,
    result: str,
    dropped: bool = False,
    key: str | None = None,
) -> Written:
    """What was found out; or why it need not be found out any more."""
    said = text_of(result, "result", ask=_("请写下查到了什么，或为什么不用查了。"))

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        point = row(InquiryPoint, case, point_id)
        state = "dropped" if dropped else "done"
        change = turning(InquiryPoint, point.id, "open", state=state, result=said, ended_at=at)
        data = {"point": str(point.id), "what": point.what, "dropped": dropped}
        entry = Entry("inquiry_done", said, data)
        return Plan([entry], turned_to(case, at), effects=[change])

    return write(case, by, at, plan, key=key)


def add(case: Case, by: Actor, at: datetime, *, member: Member, key: str | None = None) -> Written:
    """Somebody else looks into the case too. Raises Refusal for whoever has part in the matter."""

    def plan(case: Case) -> Plan:
        only_open(case)
        _fit(case, member)
        if looks_in(case, member.id):
            raise Refusal(_("%(name)s已经在调查了。") % {"name": member.name}, "member", "own")
        one = made(Investigator, case, by, at, member_id=member.id)
        entry = Entry("investigator_added", data={"to": str(member.id)})
        return Plan([entry], turned_to(case, at), [one])

    return write(case, by, at, plan, key=key)


def leave(
    case: Case, by: Actor, at: datetime, *, row_id: UUID, reason: str = "", key: str | None = None
) -> Written:
    """Somebody no longer looks into it; what they did stays."""
    said = clean(reason).strip()[:400]

    def plan(case: Case) -> Plan:
        only_open(case)
        one = row(Investigator, case, row_id)
        if one.left_at:
            raise Refusal(_("这一项已经有结果了，请刷新后再看。"), code="ended")
        gone = changing(Investigator, {"left_at": at, "reason": said}, id=one.id)
        return Plan([Entry("investigator_left", said, {"to": str(one.member_id)})], effects=[gone])

    return write(case, by, at, plan, key=key)


def _fit(case: Case, member: Member) -> None:
    """Of this house, at work, allowed to write into cases, and without part in the matter."""
    if member.organisation_id != case.organisation_id or not member.active:
        raise Refusal(_("只能请本机构在岗的人调查。"), "member", "outside")
    if Can.RECORD not in rights_of(Role(role) for role in member.roles):
        raise Refusal(_("这位同事的角色不能调查投诉，请另选。"), "member", "cannot_look")
    keep_away(case, member, field="member", right=Can.RECORD)
