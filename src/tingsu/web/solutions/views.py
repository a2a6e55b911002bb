"""Prepared solutions: the list, one, writing, releasing, what is like a case. Reads queries, no
models."""

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases import desk
from tingsu.cases.actions import solution as actions
from tingsu.cases.actions.solution import LIMITS, SETTLED, Article
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case, solutions
from tingsu.cases.queries.access import near
from tingsu.core.lifecycle import State
from tingsu.packs import load
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, may, reaches
from tingsu.people.rulebook import pack_of
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.label import Label
from tingsu.web.portal.fields import Money, Text

STATES = {
    "released": Label(_l("可以用"), "circle-check", "good"),
    "proposed": Label(_l("等发布"), "hourglass", "waiting"),
    "returned": Label(_l("退回修改"), "arrow-back-up", "open"),
    "withdrawn": Label(_l("已撤下"), "x", "ended"),
}


class ArticleForm(forms.Form):
    """The article: parsing only."""

    use_required_attribute = False

    title = Text(limit=LIMITS["title"], label=_l("名字"))
    situation = Text(limit=LIMITS["situation"], lines=4, label=_l("什么情形"))
    cause = Text(limit=LIMITS["cause"], lines=2, label=_l("原因"))
    worked = Text(limit=LIMITS["worked"], lines=4, label=_l("怎么办好的"))
    wording = Text(limit=LIMITS["wording"], lines=4, label=_l("怎么对客户说"))
    cost = Money(limit=20, label=_l("花了多少（元）"))

    def full_clean(self) -> None:
        """What is missing the action says; the labels alone say what may stay empty."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for name in ("title", "situation", "worked"):
            self.fields[name].required = True


@door(Can.READ)
@require_GET
def listed(request: Asked) -> HttpResponse:
    """All articles of the house, by how they stand, by words and by industry."""
    who = asking(request)
    state, words = request.GET.get("state", "released"), request.GET.get("q", "")[:80]
    state = state if state in STATES else "released"
    house = directory.organisation(who.organisation_id)
    pack = request.GET.get("pack", "")
    pack = pack if pack in house.packs else ""
    after = request.GET.get("after", "")
    found = solutions.page(who, state=state, words=words, pack=pack, after=after)
    context = {
        "place": "solutions",
        "states": [(code, label, code == state) for code, label in STATES.items()],
        "state": state,
        "words": words,
        "pack": pack,
        "packs": [(one, load(one).label(language())) for one in house.packs],
        "rows": [_shown(row) for row in found.rows],
        "following": found.following,
    }
    return render(request, "web/solutions/listed.html", context)


@door(Can.READ)
@require_GET
def one(request: Asked, solution_id: UUID) -> HttpResponse:
    """An article."""
    return _one(request, solution_id)


@door(Can.APPROVE)
@require_POST
def release(request: Asked, solution_id: UUID) -> HttpResponse:
    """Let it be found."""
    return _done(request, solution_id, _l("已发布。相像的投诉里会出现它。"), actions.release)


@door(Can.APPROVE)
@require_POST
def send_back(request: Asked, solution_id: UUID) -> HttpResponse:
    """Back to the writer."""
    words, reason = _l("已退回。"), request.POST.get("reason", "")
    return _done(request, solution_id, words, actions.send_back, reason=reason)


@door(Can.APPROVE)
@require_POST
def withdraw(request: Asked, solution_id: UUID) -> HttpResponse:
    """Not to be used any more."""
    words, reason = _l("已撤下，不再出现。"), request.POST.get("reason", "")
    return _done(request, solution_id, words, actions.withdraw, reason=reason)


@door(Can.READ)
@require_GET
def of_case(request: Asked, case_id: UUID) -> HttpResponse:
    """What was used on a case, and the article that comes out of it."""
    return _of_case(request, case_id)


@door(Can.HANDLE)
@require_POST
def compose(request: Asked, case_id: UUID) -> HttpResponse:
    """Write it; a refusal keeps all that was typed."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    form = ArticleForm(request.POST)
    form.is_valid()
    try:
        if not form.errors:
            article = Article(**form.cleaned_data)
            key = f"solution:{request.POST.get('ik', '')[:40]}"
            actions.compose(case, acting(who), request.at, article=article, key=key)
    except Invalid as wrong:
        _put(form, wrong.fields)
    except Refusal as refusal:
        _put(form, {refusal.field: refusal.words})
    if form.errors:
        return _of_case(request, case_id, form)
    desk.drop_draft(who.member_id, f"case:{case_id}:solution")
    messages.success(request, _("写好了，等另一位主管发布。姓名、电话、地址和单号已经遮住。"))
    return redirect("case_solution", case_id=case_id)


@door(Can.HANDLE)
@require_GET
def suggested(request: Asked, case_id: UUID) -> HttpResponse:
    """Released articles that are like a case: drawn after the page, which never waits for them."""
    case = access_case(asking(request), case_id, Can.HANDLE)
    rows = [_shown(one.row) | {"words": one.words} for one in solutions.suggested(case)]
    context = {
        "case": case,
        "rows": rows,
        "version": case.version,
        "ik": uuid.uuid4().hex,
    }
    return render(request, "web/solutions/suggested.html", context)


def _one(request: Asked, solution_id: UUID, wrong: str = "") -> HttpResponse:
    who = asking(request)
    row = solutions.one(who, solution_id)
    context = {
        "place": "solutions",
        "item": _shown(row),
        "row": row,
        "may_release": may(who, Can.APPROVE),
        "own": row.written_by_id == who.member_id,
        "case_url": reverse("case_solution", args=[row.case_id])
        if near(who, row.case, reaches(who, Can.READ))
        else "",
        "category": pack_of(row.organisation_id, row.pack).category_label(row.category, language())
        if row.category
        else "",
        "wrong": wrong,
        "typed": request.POST.get("reason", ""),
        "ik": uuid.uuid4().hex,
    }
    return render(request, "web/solutions/one.html", context, status=422 if wrong else 200)


def _done(
    request: Asked, solution_id: UUID, words: Any, act: Callable[..., Any], **told: str
) -> HttpResponse:
    who = asking(request)
    row = solutions.one(who, solution_id)
    key = f"solution:{request.POST.get('ik', '')[:40]}"
    try:
        act(row, acting(who), request.at, key=key, **told)
    except Refusal as refusal:
        return _one(request, solution_id, refusal.words)
    messages.success(request, str(words))
    return redirect("solution", solution_id=solution_id)


def _of_case(request: Asked, case_id: UUID, form: ArticleForm | None = None) -> HttpResponse:
    context = frame(request, case_id, "solution")
    case = context["case"]
    row = solutions.of_case(case)
    writes = "handle" in context["may"] and State(case.state) in SETTLED
    if form is None and writes and (row is None or row.state != "released"):
        first = {name: getattr(row, name) for name in (*LIMITS, "cost")} if row else None
        first = first or solutions.first_draft(case)
        first["cost"] = f"{first['cost'] / 100:.2f}" if first["cost"] is not None else ""
        form = ArticleForm(initial=first)
        form.full_clean()
    context |= {
        "item": _shown(row) if row else None,
        "used": [_shown(one.solution) for one in solutions.used_on(case)],
        "form": form if writes else None,
        "draft_key": f"case:{case.id}:solution",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "web/solutions/of_case.html", context, status=status)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "state": STATES[row.state],
        "percent": solutions.percent(row),
        "pack": load(row.pack).label(language()),
    }


def _put(form: ArticleForm, fields: dict[str, str]) -> None:
    for name, words in fields.items():
        form.add_error(name if name in form.fields else None, words)
