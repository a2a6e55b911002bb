"""Up to the supervisor with the whole record (HA-10), and the head's instruction (SC-6)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of


def escalate(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    to: Member,
    reason: str,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Hand the case up: the supervisor owns it from now on and need not be asked."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么要升级，客户不必重讲一遍。"))
    if Can.ASSIGN not in rights_of(Role(role) for role in to.roles):
        raise Refusal(_("请升级给主管或负责人。"), "to", "not_supervisor")
    if to.organisation_id != case.organisation_id or not to.active:
        raise Refusal(_("只能交给本机构在岗的人或部门。"), "to", "outside")

    def plan(case: Case) -> Plan:
        only_open(case)
        data = {"from": str(case.owner_id or ""), "to": str(to.id)}
        return Plan([Entry("escalated", said, data)], {"owner_id": to.id, "escalated_at": at})

    return write(case, by, at, plan, expected=expected, key=key)


def instruct(case: Case, by: Actor, at: datetime, *, text: str, key: str | None = None) -> Written:
    """The head's written instruction, part of the case for ever."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下批示。"))
    return write(
        case, by, at, lambda _case: Plan([Entry("instructed", said)], {"for_head": False}), key=key
    )
