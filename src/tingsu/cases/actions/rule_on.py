"""决定: what the house decides where the parties did not agree (HA-9): facts, reasons, basis, what
is to be done; signed where the pack asks for it; its paper prepared, its clocks met."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._agreed import to_execution
from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import happening
from tingsu.cases._documents import proposed
from tingsu.cases._owed import becoming, checked, lines_from
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._signing import joined
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Decision, Document, Obligation
from tingsu.core.ending import Line
from tingsu.core.lifecycle import State
from tingsu.core.remedy import MOST
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

LIMIT = 10_000


@dataclass(frozen=True)
class Ruling:
    """A decision as it was written."""

    found: str
    reasons: str
    basis: str
    terms: str
    amount: int = 0
    lines: Sequence[Line] = ()

    def to_json(self) -> dict[str, Any]:
        """For an approval that waits."""
        return asdict(self) | {"lines": [one.to_json() for one in self.lines]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Ruling":
        """What ``to_json`` kept."""
        return cls(**{**kept, "lines": lines_from(kept["lines"])})


def decide(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    ruling: Ruling,
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Make the decision. Raises Invalid at its fields, NeedsApproval where the pack wants it
    signed, Refusal where the case is not there yet."""
    _check(ruling)

    def plan(case: Case) -> Plan:
        only_open(case)
        if case.state != State.DECIDING:
            words = _("还没有提请决定。协商、调解不成，先“提请决定”。")
            raise Refusal(words, code="not_from_here")
        checked(case, ruling.lines, at)
        told = {"ruling": ruling.to_json(), "words": ruling.terms, "reason": ruling.reasons}
        signature = signed(
            case, "decision", by,
            step="decision", told=told, amount=ruling.amount or None, given=given,
        )  # fmt: skip
        return _plan(case, by, at, ruling, signature)

    return write(case, by, at, plan, expected=expected, key=key)


def revoke(
    case: Case, by: Actor, at: datetime, *, decision_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Taken back, with its reason; what it made owed and is not done yet is void. A paper that
    was issued is declared void by itself."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么撤销这个决定。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        row = row_of(Decision, id=decision_id, case_id=case.id)
        if row is None or row.state != "made":
            raise Refusal(_("找不到这个决定，或它已经撤销。"), code="missing")
        begun = [one for one in rows_of(Obligation, source_id=row.id) if one.done_fen]
        if begun:
            raise Refusal(_("已经履行了一部分，不能撤销。"), code="begun")
        left = rows_of(Obligation, case_id=case.id, source_id=row.id, state=("open", "refused"))
        over = {"state": "void", "ended_at": at}
        effects = [
            changing(Decision, {"state": "void"}, id=row.id, state="made"),
            changing(
                Obligation, over, case_id=case.id, source_id=row.id, state=("open", "refused")
            ),
        ]
        entry = Entry("decision_revoked", said, {"decision": str(row.id)}, public=True)
        return Plan([entry], {"owed_open": max(0, case.owed_open - len(left))}, effects=effects)

    return write(case, by, at, plan, key=key)


@carried("decision")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    return decide(case, by, at, ruling=Ruling.from_json(told["ruling"]), given=given)


def _plan(
    case: Case, by: Actor, at: datetime, ruling: Ruling, signature: Mapping[str, str]
) -> Plan:
    row = Decision(
        id=new_id(),
        case_id=case.id,
        round=case.round,
        found=ruling.found.strip(),
        reasons=ruling.reasons.strip(),
        basis=ruling.basis.strip(),
        terms=ruling.terms.strip(),
        amount=ruling.amount,
        approval=UUID(signature["approval"]) if signature else None,
        made_by_id=by.me,
        made_at=at,
    )
    facts = {
        "found": row.found,
        "liability": row.reasons,
        "basis": row.basis,
        "terms": row.terms,
    }
    papers = proposed(case, "decided", at, row.reasons, facts)
    row.document_id = papers.rows[0].id if papers.rows else _waiting(case)
    data: dict[str, Any] = {"decision": str(row.id), "amount": row.amount, **signature}
    entry = Entry("decided", row.terms, data | papers.data, public=True)
    clocks, effects = happening(case, "decided", at)
    made = Plan([entry], {"ending": True, **papers.changes}, [*papers.rows, row, *clocks], effects)
    owed = becoming(case, by, at, source="decision", source_id=row.id, lines=ruling.lines)
    return joined(made, to_execution(case, owed, at))


def _waiting(case: Case) -> UUID | None:
    """A draft of the decision's paper that was there before; it is filled in by hand."""
    rows = rows_of(Document, case_id=case.id, kind=("compensation", "decision"), state="draft")
    return rows[0].id if rows else None


def _check(ruling: Ruling) -> None:
    asked = {
        "found": _("请写明查明的事实。"),
        "reasons": _("请写明理由和责任。"),
        "basis": _("请写明依据哪一条。"),
        "terms": _("请写明决定的内容。"),
    }
    wrong = {name: words for name, words in asked.items() if not getattr(ruling, name).strip()}
    for name in asked:
        if len(getattr(ruling, name)) > LIMIT:
            wrong[name] = _("最多 %(limit)s 字。请删减，或作为附件。") % {"limit": f"{LIMIT:,}"}
    if not 0 <= ruling.amount <= MOST:
        wrong["amount"] = _("金额不对，请核对。")
    if wrong:
        raise Invalid(wrong)
