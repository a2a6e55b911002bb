"""What needs a signature before it may be done, and what is done once it is there (CL-1, HA-18).

An action that may need one asks ``signed``: with a signature in hand it goes on, else NeedsApproval
carries the step away as data. The face asks for the signature with it; approving carries the very
step out at once, through ``carried``, with the signer as the one who acts:

    entry.data |= signed(case, "closing", by, step="close", told={…}, given=given)

    @carried("close")
    def _carry(case, by, at, told, given): return close(case, by, at, **told, given=given)

Touches packs, people, approval rows (read).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._update import changing
from tingsu.cases._write import Written
from tingsu.cases.errors import Demand, NeedsApproval, Planned, Refusal
from tingsu.cases.models import Approval, Case
from tingsu.core import approval as rules
from tingsu.core import clock as clocks
from tingsu.packs import calendar_of
from tingsu.packs.approvals import APPROVALS
from tingsu.packs.handling import HANDLING
from tingsu.people.actor import Actor
from tingsu.people.directory import organisation
from tingsu.people.models import Member
from tingsu.people.rulebook import case_pack


@dataclass(frozen=True)
class Given:
    """A signature in hand: for this kind and subject alone, in the transaction that gave it."""

    approval_id: UUID
    kind: str
    subject: str


Carry = Callable[[Case, Actor, datetime, Mapping[str, Any], Given], Written]
_STEPS: dict[str, Carry] = {}


def carried(step: str) -> Callable[[Carry], Carry]:
    """Hang a function under the name by which an approved step is carried out."""

    def hang(carry: Carry) -> Carry:
        _STEPS[step] = carry
        return carry

    return hang


def carry_out(case: Case, by: Actor, at: datetime, row: Approval) -> Written:
    """Do what was approved. Raises Refusal when the case no longer allows it."""
    given = Given(row.id, row.kind, row.subject)
    return _STEPS[row.step](case, by, at, row.told, given)


def signed(
    case: Case,
    kind: str,
    by: Actor,
    *,
    step: str,
    told: Mapping[str, Any],
    subject: str = "",
    amount: int | None = None,
    given: Given | None = None,
) -> dict[str, str]:
    """What the entry of the step tells of its signature; {} where none is needed.

    Raises NeedsApproval.
    """
    if given and (given.kind, given.subject) == (kind, subject):
        return {"approval": str(given.approval_id)}
    if demand := required(case, kind, subject, by, amount=amount):
        raise NeedsApproval(Planned(kind, step, dict(told), subject, amount), demand)
    return {}


def required(
    case: Case, kind: str, subject: str, by: Actor, *, amount: int | None = None
) -> Demand | None:
    """Whose signatures the pack asks for this step when this person takes it; None for none.

    The customer and the house itself are never asked. Raises Refusal where two persons are wanted
    and the one holds all the roles.
    """
    del subject  # what it is about decides nothing yet; it tells requests apart
    if by.member_id is None or not _rules(case):
        return None
    roles = Member.objects.values_list("roles", flat=True).get(id=by.member_id)
    return demand(case, kind, roles, amount=amount)


def signs_by_habit(case: Case) -> bool:
    """Whether cases like this one are filed or closed by signature, whoever handles them."""
    house = organisation(case.organisation_id).kind
    return any(
        rule.kind in ("filing", "closing") and rule.only in ("", house) for rule in _rules(case)
    )


def demand(
    case: Case, kind: str, roles: Collection[str], *, amount: int | None = None
) -> Demand | None:
    """The same for roles that are known already; asks the database nothing."""
    known = _rules(case)
    house = organisation(case.organisation_id).kind if known else ""
    rule = rules.rule_for(known, kind, house=house, amount=amount)
    if rule is None:
        return None
    try:
        left = rules.stages(rule, roles, amount=amount, limits=_limits(case, rule))
    except rules.TwoPersons as one_hand:
        words = _("这一步要两个人来做：请承办人提请，您来审批。")
        raise Refusal(words, code="two_persons") from one_hand
    return Demand(left, rule.n, rule.unit) if left else None


def due(case: Case, demand: Demand, at: datetime) -> datetime:
    """By when the next signature should be there."""
    rule = clocks.ClockRule("approval", "asked", demand.n, demand.unit, date.min)
    return clocks.start(rule, at, calendar_of(case_pack(case))).due_at


def void_waiting(case: Case) -> Callable[[], object]:
    """The case ended: nobody need sign any more. An effect of a plan."""
    return changing(Approval, {"state": "void"}, case_id=case.id, state="waiting")


def _rules(case: Case) -> tuple[rules.Rule, ...]:
    pack = case_pack(case)
    return APPROVALS.of(pack).rules(calendar_of(pack).day_of(case.received_at))


def _limits(case: Case, rule: rules.Rule) -> dict[str, int]:
    if not rule.goodwill:
        return {}
    pack = case_pack(case)
    arrived = calendar_of(pack).day_of(case.received_at)
    known = {"reception", "handler", *rule.who}
    return {role: HANDLING.of(pack).goodwill_limit([role], arrived) for role in known}
