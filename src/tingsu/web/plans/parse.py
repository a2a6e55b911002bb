"""What the form of a plan sends. Parsing only; nothing is decided here."""

from typing import Any

from tingsu.cases.plan_draft import Draft, Wanted
from tingsu.core.text import clean_line
from tingsu.web.plans.forms import PlanForm
from tingsu.web.remedy.parse import asking_of, gifts_of


def draft_of(data: Any, form: PlanForm) -> Draft:
    """A plan as it was typed. Raises Invalid for goodwill that is no sum. form: a valid one."""
    told = form.cleaned_data
    return Draft(
        name=told["name"],
        asking=asking_of(data),
        gifts=tuple(gifts_of(data)),
        own_cost=told["own_cost"] or 0,
        own_cost_for=told["own_cost_for"],
        feasible=told["feasible"] or "",
        weighed=form.weighed(),
        consents=wanted_of(data),
    )


def wanted_of(data: Any) -> tuple[Wanted, ...]:
    """Those who must agree: ``who`` is kind and id (``department:…``), ``who.other`` a name."""
    known = [Wanted(*one.split(":", 1)) for one in data.getlist("who") if ":" in one]
    others = [clean_line(name) for name in data.getlist("who.other")]
    return (*known, *(Wanted("other", name=name) for name in others if name))
