"""Up to the supervisor with the whole record (HA-10), and the head's instruction (SC-6)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases import _handover as handover
from tingsu.cases._conflict import keep_away
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor
from tingsu.people.models import Member
from tingsu.people.permission import Can


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
    """Ask somebody above to take over; until they accept, the case stays where it is. Who is away
    is stood in for."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么要升级，客户不必重讲一遍。"))
    if not handover.leads(to):
        raise Refusal(_("请升级给主管或负责人。"), "to", "not_supervisor")
    if to.organisation_id != case.organisation_id or not to.active:
        raise Refusal(_("只能交给本机构在岗的人或部门。"), "to", "outside")

    def plan(case: Case) -> Plan:
        only_open(case)
        keep_away(case, to, field="to", right=Can.ASSIGN)
        if to.id == case.owner_id:
            raise Refusal(_("这件投诉已经在这位同事名下。"), "to", "own")
        if to.id == case.handed_up_id:
            raise Refusal(_("已经请这位同事接手，等对方答复。"), "to", "asked")
        person, absent = handover.present(to, at)
        keep_away(case, person, field="to", right=Can.ASSIGN)
        levels = handover.levels_of(case)
        rung = handover.height(levels, person)
        within = next((one.within for one in levels if one.rung == rung), handover.A_DAY)
        asked = handover.up(
            case, at, to=person, rung=rung, within=within, cause=handover.BY_HAND, reason=said,
            asked_by=by.member_id, in_place_of=absent, waiting=handover.waiting_of(case),
        )  # fmt: skip
        return Plan(asked.entries, asked.changes, effects=asked.effects)

    return write(case, by, at, plan, expected=expected, key=key)


def instruct(case: Case, by: Actor, at: datetime, *, text: str, key: str | None = None) -> Written:
    """The head's written instruction, part of the case for ever."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下批示。"))
    return write(
        case, by, at, lambda _case: Plan([Entry("instructed", said)], {"for_head": False}), key=key
    )
