"""Plans and offers for tests of every room, made through the real actions."""

from datetime import datetime
from typing import Any

from factories import NOON, House, accepted, fresh, later, make_case
from tingsu.cases.actions.offer import offer
from tingsu.cases.actions.offer_answer import Said, answer
from tingsu.cases.actions.plan import make
from tingsu.cases.models import Case, Offer, RemedyPlan
from tingsu.cases.plan_draft import Draft
from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift
from tingsu.people.actor import CUSTOMER

FRAUD = Asking(("cpl.fraud",), {"price": "120"})  # three times, at least 500 yuan
SORRY = Gift("apology", 0, "经理当面道歉")
UNTIL = later(days=3)


def ripe(house: House, **facts: Any) -> Case:
    """An accepted case of 甲's."""
    return accepted(make_case(house, by="甲", **facts), house)


def draft(name: str = "赔付并道歉", **more: Any) -> Draft:
    """What the law owes, and an apology."""
    given: dict[str, Any] = {"name": name, "asking": FRAUD, "gifts": (SORRY,)} | more
    return Draft(**given)


def made(case: Case, house: House, who: str = "甲", **more: Any) -> RemedyPlan:
    """A plan of the case."""
    _written, plan_id = make(case, house.actor(who), NOON, draft=draft(**more))
    return RemedyPlan.objects.get(id=plan_id)


def offered(case: Case, house: House, plan: RemedyPlan, **more: Any) -> Offer:
    """The plan before the customer for three days."""
    told: dict[str, Any] = {"expires_at": UNTIL} | more
    offer(fresh(case), house.actor("甲"), NOON, plan_id=plan.id, **told)
    return Offer.objects.get(plan=plan, state="out")


SOON = later(hours=1)


def says(case: Case, row: Offer, what: str, *, at: datetime = SOON, **more: Any) -> Offer:
    """The customer's own answer on the follow page."""
    answer(fresh(case), CUSTOMER, at, offer_id=row.id, said=Said(what, **more))
    row.refresh_from_db()
    return row
