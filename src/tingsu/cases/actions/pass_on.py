"""To another department, with why: it answers, and until then the case stays (HA-13, IN-10)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases import _handover as handover
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Handover
from tingsu.packs.sharing import SHARING
from tingsu.people.actor import Actor
from tingsu.people.models import Department
from tingsu.people.rulebook import case_pack


def pass_on(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    department: Department,
    reason: str,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Ask another department to take the case. Raises Refusal once it went to and fro too often:
    then the supervisor decides."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下为什么该由他们办。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        if department.organisation_id != case.organisation_id or not department.active:
            raise Refusal(_("只能交给本机构在岗的人或部门。"), "department", "outside")
        if department.id == case.queue_id:
            raise Refusal(_("这件投诉就在这个部门。"), "department", "same")
        if case.handed_up_id or case.handed_across_id:
            raise Refusal(_("已经请人接手，等对方答复后再转。"), code="asked")
        rule = SHARING.of(case_pack(case)).passing(handover.arrived(case))
        if rule and passed(case) >= rule.most:
            words = _("这一轮已经转过 %(n)s 次，请上报主管，由主管定给谁办。")
            raise Refusal(words % {"n": passed(case)}, code="too_often")
        within = rule.within if rule else handover.A_DAY
        asked = handover.across(
            case, at, to=department, within=within, reason=said, asked_by=by.member_id
        )
        return Plan(asked.entries, asked.changes, effects=asked.effects)

    return write(case, by, at, plan, expected=expected, key=key)


def passed(case: Case) -> int:
    """How often the case went to another department in this round."""
    rows = Handover.objects.filter(case=case, round=case.round, kind="across")
    return rows.exclude(state="void").count()
