"""Who keeps away: part in the matter recorded, a namesake told apart, recusal asked and decided."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._conflict import keep_away, tie
from tingsu.cases._inquiry import looks_in, made, row, turned_to, turning
from tingsu.cases._read import row_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Investigator
from tingsu.cases.models import Tie as TieRow
from tingsu.core.investigation import Tie
from tingsu.people.actor import Actor
from tingsu.people.models import Member
from tingsu.people.permission import Can

ASKERS = ("self", "complainant", "respondent")


def involve(
    case: Case, by: Actor, at: datetime, *, member: Member, reason: str, key: str | None = None
) -> Written:
    """This member had part in the matter. Whoever owned or looked into the case no longer does."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明和这件事有什么关系。"))

    def plan(case: Case) -> Plan:
        _house(case, member)
        _once(case, member, "involved")
        one = made(TieRow, case, by, at, member_id=member.id, kind="involved", reason=said)
        entry = Entry("tie_recorded", said, _told(one))
        changes, effects = _step_aside(case, member.id, at, said)
        changes |= turned_to(case, at) | {"ties": case.ties + 1}
        return Plan([entry], changes, [one], effects)

    return write(case, by, at, plan, key=key)


def namesake(
    case: Case, by: Actor, at: datetime, *, member: Member, reason: str, key: str | None = None
) -> Written:
    """This member only shares the name of the person complained of. Nobody says so of themself."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明怎样确认不是同一个人。"))

    def plan(case: Case) -> Plan:
        _house(case, member)
        if by.member_id == member.id:
            raise Refusal(_("请由另一位来确认。"), "member", "same_person")
        if tie(case, member) is not Tie.NAMED:
            raise Refusal(_("投诉里没有写到这个名字，不用说明。"), "member", "not_named")
        one = made(TieRow, case, by, at, member_id=member.id, kind="namesake", reason=said)
        changes = turned_to(case, at) | {"ties": case.ties + 1}
        return Plan([Entry("tie_cleared", said, _told(one))], changes, [one])

    return write(case, by, at, plan, key=key)


def ask_recusal(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    member: Member,
    asked_for: str,
    reason: str,
    key: str | None = None,
) -> Written:
    """Somebody wants this member to keep away: the member, the complainant or the respondent."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明申请回避的理由。"))
    if asked_for not in ASKERS:
        raise Refusal(_("请选择是谁申请的。"), "asked_for", "missing")
    if asked_for == "self" and by.member_id != member.id:
        raise Refusal(_("自己申请回避的，请由本人来提。"), "asked_for", "not_yours")

    def plan(case: Case) -> Plan:
        _house(case, member)
        _once(case, member, "recusal")
        one = made(
            TieRow, case, by, at,
            member_id=member.id, kind="recusal", state="asked", asked_for=asked_for, reason=said,
        )  # fmt: skip
        entry = Entry("recusal_asked", said, _told(one) | {"asked_for": asked_for})
        return Plan([entry], turned_to(case, at) | {"ties": case.ties + 1}, [one])

    return write(case, by, at, plan, key=key)


def decide_recusal(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    row_id: UUID,
    granted: bool,
    reason: str,
    key: str | None = None,
) -> Written:
    """Granted or not, with the reason, by somebody else without part in the matter."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明同意或不同意的理由。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        one = row(TieRow, case, row_id)
        if by.member_id == one.member_id:
            raise Refusal(_("自己的回避，要由另一位来决定。"), code="same_person")
        keep_away(case, by, right=Can.DECIDE)
        state = "stands" if granted else "refused"
        told = {"decided_by_id": by.member_id, "decided_at": at, "decision": said}
        effects = [turning(TieRow, one.id, "asked", state=state, **told)]
        entry = Entry("recusal_granted" if granted else "recusal_refused", said, _told(one))
        changes: dict[str, Any] = {}
        if granted:
            changes, more = _step_aside(case, one.member_id, at, said)
            effects += more
        return Plan([entry], changes, effects=effects)

    return write(case, by, at, plan, key=key)


def _step_aside(
    case: Case, member_id: UUID, at: datetime, reason: str
) -> tuple[dict[str, Any], list[Callable[[], Any]]]:
    """The case waits in its department for another owner; the member no longer looks into it."""
    changes: dict[str, Any] = {}
    if case.owner_id == member_id:
        queue = case.queue_id or Member.objects.get(id=member_id).department_id
        changes = {"owner_id": None, "queue_id": queue}
    one = looks_in(case, member_id)
    if one is None:
        return changes, []
    return changes, [changing(Investigator, {"left_at": at, "reason": reason[:400]}, id=one.id)]


def _house(case: Case, member: Member) -> None:
    only_open(case)
    if member.organisation_id != case.organisation_id:
        raise Refusal(_("请选择本机构的人。"), "member", "outside")


def _once(case: Case, member: Member, kind: str) -> None:
    states = ("stands", "asked")
    if row_of(TieRow, case_id=case.id, member_id=member.id, kind=kind, state=states):
        raise Refusal(_("这一项已经记下了。"), "member", "already")


def _told(one: TieRow) -> dict[str, str]:
    return {"tie": str(one.id), "to": str(one.member_id)}
