"""Plans side by side, and the small steps with them: order, agreement, dropping, the bottom line.
Reads queries, no models."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.actions import bottom_line, offer, plan, plan_consent
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries import plans as queries
from tingsu.core.plans import MOST
from tingsu.core.remedy_facts import write
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.plans import show
from tingsu.web.plans.forms import LineForm, put
from tingsu.web.remedy.parse import MONEY


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """The plans side by side, what was offered, the record of the talks."""
    return _page(request, case_id)


@door(Can.HANDLE)
@require_POST
def order(request: Asked, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Offer it earlier or later."""
    earlier = request.POST.get("to") == "earlier"
    return _step(
        request,
        case_id,
        lambda case, by: plan.order(case, by, request.at, plan_id=plan_id, earlier=earlier),
        _("次序改好了。"),
    )


@door(Can.HANDLE)
@require_POST
def drop(request: Asked, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Give a plan up."""
    reason = request.POST.get("reason", "")
    return _step(
        request,
        case_id,
        lambda case, by: plan.drop(case, by, request.at, plan_id=plan_id, reason=reason),
        _("已放弃这个方案，记录还在。"),
    )


@door(Can.HANDLE)
@require_POST
def consent(request: Asked, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """The word of one of those who must agree."""
    told = {name: request.POST.get(name, "") for name in ("code", "text")}
    agreed = request.POST.get("agreed") == "yes"
    return _step(
        request,
        case_id,
        lambda case, by: plan_consent.consent(
            case, by, request.at, plan_id=plan_id, agreed=agreed, **told
        ),
        _("已记下。"),
    )


@door(Can.HANDLE)
@require_POST
def withdraw(request: Asked, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """Take an offer back."""
    reason, who = request.POST.get("reason", ""), asking(request)

    def step(case: Any, by: Any) -> object:
        queries.must_negotiate(who, case, request.at)
        return offer.withdraw(
            case, by, request.at, offer_id=offer_id, reason=reason, key=key_of(request, "withdraw")
        )

    return _step(request, case_id, step, _("已收回，客户会看到原因。"))


@door(Can.HANDLE)
@require_POST
def line(request: Asked, case_id: UUID) -> HttpResponse:
    """How far we go: for those who negotiate; for the others it is not there."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    if not queries.negotiates(who, case, request.at):
        raise NotThere
    form = LineForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            bottom_line.set_line(
                case, acting(who), request.at, most=told["most"], words=told["line_words"],
                key=key_of(request, "line"),
            )  # fmt: skip
        except Refusal as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("底线记下了，只有协商这件投诉的人看得到。"))
            return back(case_id)
    return _page(request, case_id, form, 422)


def _page(
    request: Asked, case_id: UUID, line_form: LineForm | None = None, status: int = 200
) -> HttpResponse:
    context, who = frame(request, case_id, "plans"), asking(request)
    case, at = context["case"], request.at
    may_bargain = queries.negotiates(who, case, at)
    known = queries.line(who, case, at) if may_bargain else None
    rows, offered = queries.plans(case), queries.offers(case)
    out = {one.plan_id: one for one in offered if one.state == "out"}
    columns = show.columns(case, rows, out, show.Seen(who, may_bargain, known))
    handles = case.open and Can.HANDLE in who.rights
    context |= {
        "columns": columns,
        "following": next((one for one in columns if one["next"]), None),
        "asked": [one for one in columns if one["offer"]],
        "record": show.record(who, case, queries.history(case)),
        "line": known,
        "line_form": line_form or _line_form(known),
        "negotiates": may_bargain and case.open,
        "handles": handles,
        "can_add": handles and len(rows) < MOST,
        "most": MOST,
        "can_print": handles,
        "tactics": show.tactic_help(case) if handles else [],
    }
    return render(request, "web/plans/page.html", context, status=status)


def _line_form(known: queries.Line | None) -> LineForm:
    if known is None:
        return LineForm()
    most = "" if known.most is None else write(MONEY, known.most)
    return LineForm(initial={"most": most, "line_words": known.words})


def _step(
    request: Asked, case_id: UUID, step: Callable[[Any, Any], object], done: str
) -> HttpResponse:
    """One small step, and back to the plans; a refusal says why there."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    try:
        step(case, acting(who))
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, done)
    return back(case_id)


def key_of(request: Asked, name: str) -> str | None:
    """The submit's own key."""
    sent = request.POST.get("ik", "")[:40]
    return f"{name}:{sent}" if sent else None


def back(case_id: UUID) -> HttpResponse:
    """To the plans of the case."""
    return HttpResponseRedirect(reverse("case_plans", args=[case_id]), status=303)
