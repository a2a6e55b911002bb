"""Touches nothing: plans side by side, which may be offered and which comes next (HA-6, HA-17).

A plan is one way to settle a complaint. An offer is a plan put before the customer until a day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tingsu.core.lifecycle import State

MOST = 4
"""Plans of one round of a case: more is no choice any longer, but a maze."""


class PlanState(StrEnum):
    """How a plan stands."""

    PREPARED = "prepared"  # ready to be offered, for the first time or again
    OUT = "out"  # the customer has it
    REFUSED = "refused"
    COUNTERED = "countered"  # the customer asked for something else
    ACCEPTED = "accepted"
    REPLACED = "replaced"  # another one was accepted after it
    DROPPED = "dropped"


class Answer(StrEnum):
    """What the customer says to an offer. ``talk`` leaves the offer on the table."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    COUNTERED = "countered"
    TALK = "talk"


class OfferState(StrEnum):
    """How an offer stands."""

    OUT = "out"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    COUNTERED = "countered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # by us, with a reason
    LAPSED = "lapsed"  # another one was accepted
    VOID = "void"  # the case ended


CONSENTS = ("waiting", "agreed", "refused")
FEASIBLE = ("easy", "possible", "hard")
WEIGHED = (
    "benefit", "feasibility", "strengths", "weaknesses", "opportunities", "threats", "risk",
)  # fmt: skip
"""The words in which a plan is weighed."""

BARGAINING = frozenset({State.NEGOTIATING, State.MEDIATING})
"""States in which the two sides talk about terms."""
OPENING = frozenset({State.ACCEPTED, State.INVESTIGATING, State.DECIDING})
"""States from which an offer opens the talks."""
_LIVE = frozenset({PlanState.PREPARED, PlanState.REFUSED, PlanState.COUNTERED})


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as the rules look at it. consents: how each of those who must agree stands."""

    id: str
    place: int
    state: str
    worth: int = 0  # to the customer, in fen of yuan
    consents: tuple[str, ...] = ()


def why_not(plan: Standing, case_state: str, *, line: int | None = None) -> str:
    """Why a plan cannot be offered now; "" where it can.

    early: nobody has taken the complaint in; over: there is a result, or the case has ended;
    out, settled, dropped: as it stands; waiting, refused: who must agree has not, or does not;
    beyond: it gives more than the most that was set for this case (line).
    """
    if case_state not in BARGAINING | OPENING:
        early = (State.RECEIVED, State.SCREENING, State.INCOMPLETE, State.REFERRED)
        return "early" if case_state in early else "over"
    if plan.state not in _LIVE:
        settled = {PlanState.ACCEPTED: "settled", PlanState.REPLACED: "settled"}
        return settled.get(PlanState(plan.state), str(plan.state))
    for code in ("refused", "waiting"):
        if code in plan.consents:
            return code
    return "beyond" if line is not None and plan.worth > line else ""


def next_plan(plans: Collection[Standing]) -> Standing | None:
    """The one to be offered next: the first in order that was not offered yet. None while an
    offer waits for its answer, once one is accepted, or when there is none left."""
    if any(plan.state in (PlanState.OUT, PlanState.ACCEPTED) for plan in plans):
        return None
    ready = (plan for plan in plans if plan.state == PlanState.PREPARED)
    return min(ready, key=lambda plan: (plan.place, plan.id), default=None)


def moved(order: Sequence[str], plan: str, *, earlier: bool) -> list[str]:
    """The order after one plan changed places with its neighbour; as it was at the end."""
    found = list(order)
    at = found.index(plan)
    to = at - 1 if earlier else at + 1
    if 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found


@dataclass(frozen=True, slots=True)
class Cost:
    """One currency of a plan: what the customer gets in all, and what it costs us in all."""

    currency: str
    worth: int  # below zero where the customer pays more than he gets
    cost: int


def costs(totals: Sequence[Sequence[object]], goodwill: int, own: int) -> tuple[Cost, ...]:
    """The sums of a plan. totals: (currency, owed, to pay) by the rules; goodwill and own costs
    are fen of yuan, so that yuan come first."""
    sums: dict[str, int] = {"CNY": goodwill}
    for currency, owed, to_pay in totals:
        sums[str(currency)] = sums.get(str(currency), 0) + _whole(owed) - _whole(to_pay)
    spent = {"CNY": own}
    found = [Cost(one, worth, worth + spent.get(one, 0)) for one, worth in sums.items()]
    return tuple(one for one in found if one.worth or one.cost) or (Cost("CNY", 0, 0),)


def yuan(found: Collection[Cost]) -> Cost:
    """The sum in yuan; nothing where there is none."""
    return next((one for one in found if one.currency == "CNY"), Cost("CNY", 0, 0))


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person may give on a case out of goodwill, in fen, and what this plan would use."""

    role: str
    limit: int
    used: int
    wanted: int

    @property
    def enough(self) -> bool:
        """Whether nobody else need be asked."""
        return not self.wanted or self.used + self.wanted <= self.limit

    @property
    def left(self) -> int:
        """What may still be given."""
        return max(0, self.limit - self.used)


def authority(limits: Mapping[str, int], *, used: int, wanted: int) -> Authority:
    """By the strongest of the roles that a person holds. limits: role -> fen."""
    role = max(sorted(limits), key=lambda one: limits[one], default="")
    return Authority(role, limits.get(role, 0), used, wanted)


def answerable(offer_state: str, expires_at: datetime, at: datetime, *, heard: bool) -> str:
    """Why an answer to an offer is no longer taken: expired | answered; "" while it is.

    heard: a member writes down what the customer said; that may be after the day, as long as the
    offer was not laid aside.
    """
    if offer_state == OfferState.EXPIRED:
        return "expired"
    if offer_state != OfferState.OUT:
        return "answered"
    return "" if heard or at <= expires_at else "expired"


def after(answer: str) -> tuple[str, str]:
    """How the offer and its plan stand after an answer that ends it."""
    ends = {
        Answer.ACCEPTED: (OfferState.ACCEPTED, PlanState.ACCEPTED),
        Answer.REFUSED: (OfferState.REFUSED, PlanState.REFUSED),
        Answer.COUNTERED: (OfferState.COUNTERED, PlanState.COUNTERED),
        Answer.TALK: (OfferState.OUT, PlanState.OUT),
    }
    return ends[Answer(answer)]


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("money is whole fen")
    return value
