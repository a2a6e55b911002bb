"""Plans put together, changed, put in order, dropped (HA-6, HA-8, HA-16)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._consents import consents_of
from tingsu.cases._plans import about, of_round, plan_of, turn
from tingsu.cases._remedies import columns, wrong_with
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, RemedyPlan
from tingsu.cases.plan_draft import Draft
from tingsu.cases.remedies import case_trial
from tingsu.core import plans as rules
from tingsu.core.remedy import MOST
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

LONG = 400
FREE = ("prepared", "refused", "countered")  # a plan that the customer neither has nor took


def make(
    case: Case, by: Actor, at: datetime, *, draft: Draft, key: str | None = None
) -> tuple[Written, UUID]:
    """Put a plan together. Raises Invalid at each field, Refusal when there are four already."""
    kept, plan_id = _checked(case, draft), new_id()

    def plan(case: Case) -> Plan:
        only_open(case)
        others = of_round(case)
        if len(others) >= rules.MOST:
            words = _("一轮最多 %(n)s 个方案。请改动已有的，或放弃一个再加。")
            raise Refusal(words % {"n": rules.MOST}, code="too_many")
        row = RemedyPlan(
            id=plan_id,
            case_id=case.id,
            organisation_id=case.organisation_id,
            round=case.round,
            place=max((one.place for one in others), default=0) + 1,
            made_by_id=by.me,
            made_at=at,
            consents=consents_of(case, draft.consents, ()),
            **kept,
        )
        return Plan([Entry("plan_made", "", about(row))], {"plans": case.plans + 1}, [row])

    return write(case, by, at, plan, key=key), plan_id


def change(
    case: Case, by: Actor, at: datetime, *, plan_id: UUID, draft: Draft, key: str | None = None
) -> Written:
    """Change a plan that the customer does not have. When it gives something else than before,
    those who agreed are asked again, and it can be offered anew."""
    kept = _checked(case, draft)

    def plan(case: Case) -> Plan:
        only_open(case)
        row = plan_of(case, plan_id)
        _free(row)
        new = _gives(kept) != _gives({name: getattr(row, name) for name in kept})
        now = {**kept, "consents": consents_of(case, draft.consents, () if new else row.consents)}
        if new:
            now |= {"version": row.version + 1, "state": "prepared"}
        effect = turn(row, **now)
        for name, value in now.items():
            setattr(row, name, value)
        return Plan([Entry("plan_changed", "", about(row))], effects=[effect])

    return write(case, by, at, plan, key=key)


def order(
    case: Case, by: Actor, at: datetime, *, plan_id: UUID, earlier: bool, key: str | None = None
) -> Written:
    """Offer it before the one before it, or after the one after it."""

    def plan(case: Case) -> Plan:
        only_open(case)
        rows = {str(one.id): one for one in of_round(case)}
        if str(plan_id) not in rows:
            raise Refusal(_("找不到这个方案。"), code="missing")
        found = rules.moved(list(rows), str(plan_id), earlier=earlier)
        effects = [
            changing(RemedyPlan, {"place": place}, id=rows[one].id)
            for place, one in enumerate(found, 1)
        ]
        data = {"order": [rows[one].name for one in found]}
        return Plan([Entry("plan_changed", "", data)], effects=effects)

    return write(case, by, at, plan, key=key)


def drop(
    case: Case, by: Actor, at: datetime, *, plan_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Give a plan up; why is part of the record."""
    said = text_of(reason, "reason", limit=LONG, ask=_("请写明为什么放弃这个方案。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        row = plan_of(case, plan_id)
        _free(row)
        return Plan([Entry("plan_dropped", said, about(row))], effects=[turn(row, state="dropped")])

    return write(case, by, at, plan, key=key)


def _free(row: RemedyPlan) -> None:
    if row.state == "out":
        raise Refusal(_("这个方案正在等客户答复，先收回再改。"), code="out")
    if row.state not in FREE:
        raise Refusal(_("这个方案已经有结果了，不能再改。"), code="ended")


def _checked(case: Case, draft: Draft) -> dict[str, Any]:
    """The columns of a plan, or Invalid with everything that is wrong, each at its field."""
    worked = case_trial(case, draft.asking)
    name, own_for = clean_line(draft.name).strip(), clean_line(draft.own_cost_for).strip()
    weighed = {one: clean(draft.weighed.get(one, "")).strip() for one in rules.WEIGHED}
    wrong = wrong_with(worked, draft.gifts)
    if not name:
        wrong["name"] = _("给方案起个短名字，例如：退款并道歉。")
    elif len(name) > 60:
        wrong["name"] = _("名字请在 60 字以内。")
    if not 0 <= draft.own_cost <= MOST:
        wrong["own_cost"] = _("请核对这个金额。")
    elif draft.own_cost and not own_for:
        wrong["own_cost_for"] = _("请写明这笔成本花在哪里。")
    elif len(own_for) > 200:
        wrong["own_cost_for"] = _("请在 200 字以内。")
    if draft.feasible and draft.feasible not in rules.FEASIBLE:
        wrong["feasible"] = _("请选一项。")
    long = {
        one: _("请在 %(n)s 字以内。") % {"n": LONG} for one in weighed if len(weighed[one]) > LONG
    }
    if wrong := wrong | long:
        raise Invalid(wrong)
    return columns(worked, draft.asking, draft.gifts) | {
        "name": name,
        "own_cost": draft.own_cost,
        "own_cost_for": own_for,
        "feasible": draft.feasible,
        "weighed": {one: words for one, words in weighed.items() if words},
    }


def _gives(kept: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a plan another one: what is given, and what it costs us."""
    outcome = kept["outcome"]
    return (outcome["codes"], outcome["totals"], outcome["gifts"], kept["own_cost"])
