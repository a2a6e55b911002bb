"""A plan put together or changed: what it gives, worked out as one types; what it costs; how it is
weighed; who must agree. Reads queries, no models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.cases import desk
from tingsu.cases.actions import plan
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries import plans as queries
from tingsu.cases.remedies import Asking, case_trial
from tingsu.cases.remedy_kept import GIFTS
from tingsu.cases.remedy_words import gives_words
from tingsu.core.remedy_facts import money, write
from tingsu.packs.handling import HANDLING
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, Role, Who
from tingsu.people.rulebook import case_pack
from tingsu.web import labels
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.plans.forms import PlanForm, put
from tingsu.web.plans.parse import draft_of
from tingsu.web.plans.views import back, key_of
from tingsu.web.remedy import show as trial
from tingsu.web.remedy.parse import MONEY, asking_of

GIFT_ROWS, WHO_ROWS = 4, 3
ASKED_ROLES = (Role.SUPERVISOR, Role.HEAD)


@dataclass
class First:
    """What stands in the form before anybody types: nothing, the plan, or what is suggested."""

    asking: Asking
    gifts: list[dict[str, str]]
    fields: dict[str, Any]
    who: list[str]
    other: str = ""


@door(Can.HANDLE)
def new(request: Asked, case_id: UUID) -> HttpResponse:
    """A new plan; the first one begins with what the rules owe."""
    case = access_case(asking(request), case_id, Can.HANDLE)
    return _form(request, case, None)


@door(Can.HANDLE)
def change(request: Asked, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """A plan that the customer does not have."""
    case = access_case(asking(request), case_id, Can.HANDLE)
    return _form(request, case, queries.plan(case, plan_id))


def _form(request: Asked, case: Any, row: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, case, row, PlanForm(initial=_first(request, case, row).fields))
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            words = _saved(request, case, row, form)
        except Refusal as refusal:
            put(form, refusal)
            known = refusal.fields if isinstance(refusal, Invalid) else {}
            return _page(request, case, row, form, known)
        desk.drop_draft(asking(request).member_id, _draft_key(case, row))
        messages.success(request, words)
        return back(case.id)
    return _page(request, case, row, form)


def _saved(request: Asked, case: Any, row: Any, form: PlanForm) -> str:
    by, draft, key = acting(asking(request)), draft_of(request.POST, form), key_of(request, "plan")
    if row is None:
        plan.make(case, by, request.at, draft=draft, key=key)
        return _("方案拟好了。可以再拟一个，比一比再提。")
    plan.change(case, by, request.at, plan_id=row.id, draft=draft, key=key)
    return _("方案改好了。")


def _page(
    request: Asked, case: Any, row: Any, form: PlanForm, errors: Mapping[str, str] | None = None
) -> HttpResponse:
    who, status = asking(request), 422 if form.is_bound else 200
    context = frame(request, case.id, "plans")
    first = _typed(request.POST) if request.method == "POST" else _first(request, case, row)
    worked = case_trial(case, first.asking)
    limit = HANDLING.of(case_pack(case)).goodwill_limit(who.roles, worked.day)
    context |= trial.context(worked, first.asking, errors or {})
    context |= {
        "plan": row,
        "form": form,
        "try_url": reverse("case_remedy", args=[case.id]),
        "gifts": _padded(first.gifts, GIFT_ROWS),
        "kinds": [(code, gives_words(code)) for code in GIFTS],
        "limit": money(limit),
        "who_groups": _who_groups(who),
        "who_rows": (first.who + [""] * WHO_ROWS)[: max(WHO_ROWS, len(first.who))],
        "who_other": first.other,
        "swot": [form[name] for name in ("strengths", "weaknesses", "opportunities", "threats")],
        "draft_key": _draft_key(case, row),
        "suggested": row is None and bool(first.asking.situations) and request.method != "POST",
        "countered": _countered(case, row),
    }
    return render(request, "web/plans/edit.html", context, status=status)


def _first(request: Asked, case: Any, row: Any) -> First:
    """The plan as it is; for a new one what was worked out last, and an apology, because what is
    owed alone has never made anybody feel heard."""
    if row is None:
        return _suggested(case)
    fields = {
        "name": row.name,
        "own_cost": write(MONEY, row.own_cost) if row.own_cost else "",
        "own_cost_for": row.own_cost_for,
        "feasible": row.feasible,
        **row.weighed,
    }
    who = [one["code"] for one in row.consents if one["kind"] != "other"]
    other = next((one["name"] for one in row.consents if one["kind"] == "other"), "")
    gifts = _gifts(row.outcome)
    if "counter" in request.GET:
        gifts += _to_meet(case, row)
    return First(Asking.from_json(row.asked), gifts, fields, who, other)


def _suggested(case: Any) -> First:
    if queries.plans(case):
        return First(Asking(), [], {}, [])
    known = queries.newest_proposal(case)
    words = _("为给您带来的麻烦，由负责人当面或来电道歉")
    sorry = [{"gives": "apology", "value": "", "words": words}]
    if known is None:
        return First(Asking(), sorry, {}, [])
    return First(Asking.from_json(known.asked), _gifts(known.outcome) or sorry, {}, [])


def _to_meet(case: Any, row: Any) -> list[dict[str, str]]:
    """What is missing to the sum that the customer asked for."""
    asked = _counter(case, row)
    gap = (asked.wanted or 0) - queries.standing(row).worth if asked else 0
    if gap <= 0:
        return []
    words = _("按您希望的金额补足")
    return [{"gives": "compensation", "value": write(MONEY, gap), "words": words}]


def _typed(data: QueryDict) -> First:
    names = ("g.gives", "g.value", "g.words")
    rows = zip(*(data.getlist(name) for name in names), strict=False)
    gifts = [{"gives": gives, "value": value, "words": words} for gives, value, words in rows]
    return First(asking_of(data), gifts, {}, data.getlist("who"), data.get("who.other", ""))


def _gifts(outcome: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "gives": one["gives"],
            "value": write(MONEY, one["fen"]) if one["fen"] else "",
            "words": one["words"],
        }
        for one in outcome["gifts"]
    ]


def _padded(rows: list[dict[str, str]], least: int) -> list[dict[str, str]]:
    return rows + [{"gives": "", "value": "", "words": ""}] * max(1, least - len(rows))


def _who_groups(who: Who) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Roles, departments, people of the own organisation, as a list to choose from."""
    house = who.organisation_id
    roles = [(f"role:{role}", label_of(labels.ROLES, role).word) for role in ASKED_ROLES]
    departments = [(f"department:{one.id}", one.name) for one in directory.departments(house)]
    people = [(f"member:{one.id}", one.name) for one in directory.members(house)]
    return [(_("岗位"), roles), (_("部门"), departments), (_("人员"), people)]


def _counter(case: Any, row: Any) -> Any:
    """The offer by which the customer asked for something else; None where there is none."""
    if row is None or row.state != "countered":
        return None
    return next((one for one in queries.offers(case) if one.plan_id == row.id), None)


def _countered(case: Any, row: Any) -> str:
    """What the customer asked for instead, beside the form in which it is met."""
    asked = _counter(case, row)
    if asked is None:
        return ""
    sums = [_("希望合计得到 %(sum)s") % {"sum": money(asked.wanted)}] if asked.wanted else []
    return _("；").join(filter(None, [*sums, asked.answer]))


def _draft_key(case: Any, row: Any) -> str:
    return f"case:{case.id}:plan:{row.id if row else 'new'}"
