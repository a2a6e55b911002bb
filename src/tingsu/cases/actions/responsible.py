"""Who answers for the cause, the handling, the lateness: named, agreed or disputed, settled
(HA-13, IM-2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of
from tingsu.cases._rules import text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Responsibility
from tingsu.people import directory
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Member, new_id

KINDS = ("cause", "handling", "lateness")


def name(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kind: str,
    department: Department,
    reason: str,
    member: Member | None = None,
    key: str | None = None,
) -> Written:
    """Name the department, and where it is clear the person, with why; they may answer. Also once
    the case is over: the cause is often understood last."""
    if kind not in KINDS:
        raise Invalid({"kind": _("请从列出的选项中选择。")})
    said = text_of(reason, "reason", limit=2_000, ask=_("请写下依据：看到了什么、哪一步出了问题。"))
    if department.organisation_id != case.organisation_id:
        raise Refusal(_("只能选本机构的部门。"), "department", "outside")
    if member and member.department_id != department.id:
        raise Refusal(_("这位同事不在所选的部门。"), "member", "outside")

    def plan(case: Case) -> Plan:
        same = {"case_id": case.id, "kind": kind, "department_id": department.id}
        rows = Responsibility.objects.filter(**same, member=member).exclude(state="lifted")
        if rows.exists():
            raise Refusal(_("已经这样认定过。"), "department", "same")
        row = Responsibility(
            id=new_id(),
            **same,
            organisation_id=case.organisation_id,
            member_id=member.id if member else None,
            reason=said,
            named_by_id=by.member_id,
            named_at=at,
        )
        return Plan([Entry("responsible_named", said, _facts(row))], rows=[row])

    return write(case, by, at, plan, key=key)


def answer(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    row_id: UUID,
    agrees: bool,
    text: str = "",
    key: str | None = None,
) -> Written:
    """The department or the person named agrees, or disputes it with why."""
    limit = 2_000
    said = text_of(text, "text", limit=limit) if text.strip() else ""
    if not agrees and not said:
        raise Invalid({"text": _("请写下为什么不同意。")})

    def plan(case: Case) -> Plan:
        row = _row(case, row_id, "named")
        member = directory.member(case.organisation_id, by.me)
        if member.department_id not in directory.branch_of(case.organisation_id, row.department_id):
            raise Refusal(_("由被认定的部门答复。"), code="not_asked")
        state = "agreed" if agrees else "disputed"
        told = {"state": state, "answer": said, "answered_by_id": by.me, "answered_at": at}
        entry = Entry("responsible_answered", said, _facts(row) | {"state": state})
        return Plan([entry], effects=[changing(Responsibility, told, id=row.id)])

    return write(case, by, at, plan, key=key)


def settle(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    row_id: UUID,
    stands: bool,
    text: str,
    key: str | None = None,
) -> Written:
    """A supervisor settles it: it stands, or it is lifted. Never by the one who is named."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下怎么定的、为什么。"))

    def plan(case: Case) -> Plan:
        row = _row(case, row_id, "named", "disputed")
        if row.member_id == by.member_id:
            raise Refusal(_("认定的就是您本人，请由别人来定。"), code="own")
        state = "settled" if stands else "lifted"
        told = {"state": state, "ruling": said, "settled_by_id": by.member_id, "settled_at": at}
        entry = Entry("responsible_settled", said, _facts(row) | {"state": state})
        return Plan([entry], effects=[changing(Responsibility, told, id=row.id)])

    return write(case, by, at, plan, key=key)


def _row(case: Case, row_id: UUID, *states: str) -> Responsibility:
    row = row_of(Responsibility, id=row_id, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这条责任认定。"), code="missing")
    if row.state not in states:
        raise Refusal(_("这条责任认定已经有了结果，请刷新后再看。"), code="ended")
    return row


def _facts(row: Responsibility) -> dict[str, Any]:
    return {
        "responsibility": str(row.id),
        "kind": row.kind,
        "department": str(row.department_id),
        "member": str(row.member_id or ""),
    }
