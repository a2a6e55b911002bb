"""What becomes owed without an agreement: the lines of a proposal that the customer took, and extra
service beyond what is owed, planned and costed (HA-8, HA-16)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given as Signed
from tingsu.cases._approvals import carried, signed
from tingsu.cases._owed import becoming, checked, lines_from, lines_of
from tingsu.cases._read import row_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Calculation, Case
from tingsu.core.ending import Line
from tingsu.core.remedy import MOST
from tingsu.people.actor import Actor


def begin(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    calculation: UUID,
    lines: Sequence[Line] = (),
    key: str | None = None,
) -> Written:
    """The customer agreed to a proposal: its lines are owed from now on. lines: the same with
    another day or person; left out, they are the proposal's own."""

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _proposal(case, calculation)
        wanted = list(lines) or lines_of(row)
        if not wanted:
            raise Refusal(_("这个方案里没有要给客户的。"), code="nothing")
        checked(case, wanted, at)
        made = becoming(case, by, at, source="proposal", source_id=row.id, lines=wanted)
        agreed = changing(Calculation, {"state": "agreed"}, id=row.id, state="proposed")
        return Plan(made.entries, made.changes, made.rows, [agreed])

    return write(case, by, at, plan, key=key)


def drop(
    case: Case, by: Actor, at: datetime, *, calculation: UUID, reason: str, key: str | None = None
) -> Written:
    """A proposal that nobody goes on with; it stays on record."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么不再采用。"))

    def plan(case: Case) -> Plan:
        row = _proposal(case, calculation)
        gone = changing(Calculation, {"state": "dropped"}, id=row.id, state="proposed")
        data = {"calculation": str(row.id), "totals": row.outcome["totals"]}
        return Plan([Entry("remedy_dropped", said, data)], effects=[gone])

    return write(case, by, at, plan, key=key)


def plan_extra(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    line: Line,
    cost: int,
    reason: str,
    key: str | None = None,
    given: Signed | None = None,
) -> Written:
    """Something beyond what is owed: what, why, what it will cost us. Above the own authority it
    is signed like goodwill. Raises Invalid, NeedsApproval."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么多做这一点。"))
    if not 0 <= cost <= MOST:
        raise Invalid({"cost": _("金额不对，请核对。")})

    def plan(case: Case) -> Plan:
        only_open(case)
        checked(case, [line], at, field="words")
        data: dict[str, str] = {}
        if cost:
            what = {"line": line.to_json(), "cost": cost, "reason": said, "words": line.words}
            data = signed(
                case, "remedy", by,
                step="extra", told=what, subject="extra", amount=cost, given=given,
            )  # fmt: skip
        made = becoming(case, by, at, source="extra", source_id=None, lines=[line], cost=cost)
        entry = Entry("extra_planned", said, made.entries[0].data | {"cost": cost} | data)
        return Plan([entry], made.changes, made.rows)

    return write(case, by, at, plan, key=key)


@carried("extra")
def _carry(case: Case, by: Actor, at: datetime, what: Mapping[str, Any], given: Signed) -> Written:
    (line,) = lines_from([what["line"]])
    return plan_extra(
        case, by, at, line=line, cost=what["cost"], reason=what["reason"], given=given
    )


def _proposal(case: Case, calculation: UUID) -> Calculation:
    row = row_of(Calculation, id=calculation, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这个方案。"), code="missing")
    if row.state != "proposed":
        raise Refusal(_("这个方案已经有结果了。"), code="ended")
    return row
