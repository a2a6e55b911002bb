"""How plans and offers are told to programs. Reads queries; the bottom line stands alone."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from tingsu.api.lines import readable
from tingsu.api.shapes import Instant, Out
from tingsu.cases import plan_words
from tingsu.cases.queries import plans as queries


class Sum(Out):
    """What the customer gets and what it costs us, in the hundredths of a currency."""

    currency: str
    worth: int
    cost: int


class Consent(Out):
    """Somebody who must agree."""

    code: str
    name: str
    state: str
    words: str


class PlanOut(Out):
    """A plan of the present round. why_not: why it cannot be offered now, "" where it can."""

    id: UUID
    place: int
    name: str
    version: int
    state: str
    lines: list[str]
    sums: list[Sum]
    goodwill: int
    own_cost: int
    own_cost_for: str
    feasible: str
    weighed: dict[str, str]
    consents: list[Consent]
    why_not: str


class OfferOut(Out):
    """A plan as it was put before the customer."""

    id: UUID
    plan_id: UUID
    name: str
    state: str
    made_at: Instant
    expires_at: Instant
    body: str
    answer: str
    wanted: int | None
    agreed: str


class PlansOut(Out):
    """The plans in the order of offering, and every offer, the newest first."""

    plans: list[PlanOut]
    offers: list[OfferOut]


class LineOut(Out):
    """How far we go; empty where nobody set it."""

    most: int | None
    words: str
    set_at: Instant | None


def plan_told(case: Any, row: Any) -> dict[str, Any]:
    """A plan as its shape wants it."""
    names = "id place name version state goodwill own_cost own_cost_for feasible weighed".split()
    return {name: getattr(row, name) for name in names} | {
        "lines": plan_words.lines(row.outcome),
        "sums": [asdict(one) for one in queries.costs_of(row)],
        "consents": [{name: one[name] for name in Consent.model_fields} for one in row.consents],
        "why_not": queries.why(row, case),
    }


def offer_told(call: Any, row: Any) -> dict[str, Any]:
    """An offer, its words as this member may read them."""
    plain = "id plan_id state made_at expires_at wanted".split()
    texts = "body answer agreed".split()
    told = {name: readable(call.who, call.case, getattr(row, name)) for name in texts}
    return {name: getattr(row, name) for name in plain} | told | {"name": row.told["name"]}
