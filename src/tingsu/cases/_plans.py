"""The plans of a case as its actions need them: rows, standing, authority, how far we go. Reads
plan rows, packs and people; builds effects, writes nothing by itself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of, rows_of
from tingsu.cases._remedies import given_before
from tingsu.cases._update import changing
from tingsu.cases.errors import Refusal
from tingsu.cases.models import BottomLine, Calculation, Case, Obligation, Offer, RemedyPlan
from tingsu.core import plans as rules
from tingsu.packs.handling import HANDLING
from tingsu.people.models import Member
from tingsu.people.rulebook import case_pack

Effect = Callable[[], object]
OPEN = ("open", "refused")  # of what is owed


def plan_of(case: Case, plan_id: UUID) -> RemedyPlan:
    """The plan of this case. Raises Refusal when there is none."""
    row = row_of(RemedyPlan, case_id=case.id, id=plan_id)
    if row is None:
        raise Refusal(_("找不到这个方案。"), code="missing")
    return row


def offer_of(case: Case, offer_id: UUID) -> Offer:
    """The offer on this case. Raises Refusal when there is none."""
    row = row_of(Offer, case_id=case.id, id=offer_id)
    if row is None:
        raise Refusal(_("找不到这次提出的方案。"), code="missing")
    return row


def of_round(case: Case) -> list[RemedyPlan]:
    """The plans of the present round in the order of offering, without those that were dropped."""
    found = rows_of(RemedyPlan, case_id=case.id, round=case.round) if case.plans else []
    alive = (one for one in found if one.state != rules.PlanState.DROPPED)
    return sorted(alive, key=lambda one: (one.place, one.made_at))


def costs_of(row: RemedyPlan) -> tuple[rules.Cost, ...]:
    """What the customer gets, and what it costs us."""
    return rules.costs(row.outcome["totals"], row.goodwill, row.own_cost)


def standing(row: RemedyPlan) -> rules.Standing:
    """The plan as the rules look at it."""
    return rules.Standing(
        str(row.id),
        row.place,
        row.state,
        rules.yuan(costs_of(row)).worth,
        tuple(str(one["state"]) for one in row.consents),
    )


def line_of(case: Case) -> BottomLine | None:
    """How far we go in the present round, as it was set; None where nobody set it."""
    return row_of(BottomLine, case_id=case.id, round=case.round)


def most_of(line: BottomLine | None) -> int | None:
    """The sum of it, in fen; None where it is words alone."""
    return int(line.most) if line and line.most else None


def authority_of(case: Case, member_id: UUID, wanted: int) -> rules.Authority:
    """What the member may give on this case, and what is used of it already."""
    roles = Member.objects.values_list("roles", flat=True).get(id=member_id)
    pack = case_pack(case)
    day, book = pack.calendar.day_of(case.received_at), HANDLING.of(pack)
    limits = {role: book.goodwill_limit([role], day) for role in roles}
    return rules.authority(limits, used=given_before(case), wanted=wanted)


def turn(row: RemedyPlan, **changes: Any) -> Effect:
    """Change a plan, if it still stands as it was read."""
    where = {"id": row.id, "state": row.state, "version": row.version}
    effect = changing(RemedyPlan, changes, **where)

    def once() -> None:
        if not effect():
            raise Refusal(_("这个方案刚刚变了，请刷新后再看。"), code="ended")

    return once


def ending(row: Offer, at: datetime, state: str, **changes: Any) -> Effect:
    """End an offer that is still out; of two at once one wins and the other is told."""
    effect = changing(
        Offer, {"state": state, "ended_at": at, **changes}, id=row.id, state=rules.OfferState.OUT
    )

    def once() -> None:
        if not effect():
            raise Refusal(_("这个方案已经有了答复。"), code="answered")

    return once


def lapsing(case: Case, at: datetime, state: str, but: Iterable[UUID] = ()) -> list[Effect]:
    """What ends all offers that are out, but these; their plans are as before they were offered."""
    if not case.plans:
        return []
    kept = set(but)
    out = [one for one in rows_of(Offer, case_id=case.id, state="out") if one.id not in kept]
    if not out:
        return []
    offers, plans = tuple(one.id for one in out), tuple(one.plan_id for one in out)
    return [
        changing(Offer, {"state": state, "ended_at": at}, id=offers, state="out"),
        changing(RemedyPlan, {"state": "prepared"}, id=plans, state="out"),
    ]


def giving_way(case: Case, scheme: RemedyPlan, at: datetime) -> tuple[int, list[Effect]]:
    """What was agreed before in this round is no longer owed, as far as it was not done: how many
    lines that are, and what lays them aside."""
    earlier = [one for one in of_round(case) if one.state == "accepted" and one.id != scheme.id]
    if not earlier:
        return 0, []
    plans = tuple(one.id for one in earlier)
    rows = rows_of(Offer, case_id=case.id, plan_id=plans, state="accepted")
    came = tuple(one.calculation_id for one in rows if one.calculation_id)
    effects = [turn(one, state="replaced") for one in earlier]
    if not came:
        return 0, effects
    left = rows_of(Obligation, case_id=case.id, source_id=came, state=OPEN)
    effects.append(changing(Calculation, {"state": "replaced"}, id=came, state="agreed"))
    if left:
        over = {"state": "void", "ended_at": at}
        effects.append(changing(Obligation, over, id=tuple(one.id for one in left), state=OPEN))
    return len(left), effects


def about(row: RemedyPlan) -> dict[str, Any]:
    """What the timeline tells of a plan. Nothing here is for a few eyes only."""
    return {
        "plan": str(row.id),
        "name": row.name,
        "totals": row.outcome["totals"],
        "goodwill": row.goodwill,
        "version": row.version,
    }
