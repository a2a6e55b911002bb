"""Who answers for a case: take it, give it to a member, put it into a queue (IN-10)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._conflict import keep_away
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Member
from tingsu.people.permission import Can, Role, rights_of


def take(
    case: Case, by: Actor, at: datetime, *, expected: int | None = None, key: str | None = None
) -> Written:
    """The acting member becomes the owner. Raises Refusal when somebody else owns it."""

    def plan(case: Case) -> Plan:
        only_open(case)
        if case.owner_id and case.owner_id != by.member_id:
            raise Refusal(_("这件投诉已有承办人，请由主管转交。"), code="owned")
        if case.owner_id:
            raise Refusal(_("这件投诉已经在您名下。"), code="own")
        keep_away(case, by)
        return Plan(
            [Entry("taken", data={"owner": str(by.member_id)}, public=True)],
            {"owner_id": by.member_id},
        )

    return write(case, by, at, plan, expected=expected, key=key)


def assign(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    to: Member | None = None,
    queue: Department | None = None,
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Give the case to a member, or to a department's queue with nobody's name on it."""
    if to is None and queue is None:
        raise Refusal(_("请选择承办人或部门：每件投诉都要有人负责。"), "to", "nobody")
    said = text_of(reason, "reason", limit=400) if reason.strip() else ""

    def plan(case: Case) -> Plan:
        only_open(case)
        department = queue or (to.department if to else None)
        _same_house(case, to, department)
        data = {
            "from": str(case.owner_id or ""),
            "to": str(to.id) if to else "",
            "queue": str(department.id) if department else "",
        }
        changes = {
            "owner_id": to.id if to else None,
            "queue_id": department.id if department else None,
        }
        return Plan([Entry("assigned", said, data)], changes)

    return write(case, by, at, plan, expected=expected, key=key)


def _same_house(case: Case, to: Member | None, department: Department | None) -> None:
    places: list[Member | Department] = [place for place in (to, department) if place]
    for place in places:
        if place.organisation_id != case.organisation_id or not place.active:
            raise Refusal(_("只能交给本机构在岗的人或部门。"), "to", "outside")
    if to and Can.HANDLE not in rights_of(Role(role) for role in to.roles):
        raise Refusal(_("这位同事的角色不能承办投诉，请另选。"), "to", "cannot_handle")
    if to:
        keep_away(case, to, field="to")
