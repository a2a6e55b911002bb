"""Offering a plan, writing down what the customer said, keeping a talk. Reads queries."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tingsu.cases import desk, plan_words
from tingsu.cases.actions import approve, bargain, offer, offer_answer
from tingsu.cases.errors import NeedsApproval, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries import plans as queries
from tingsu.core.remedy_facts import money
from tingsu.people.actor import acting
from tingsu.people.permission import Can
from tingsu.web import labels
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.plans import show
from tingsu.web.plans.forms import AnswerForm, OfferForm, TalkForm, first_day, put
from tingsu.web.plans.views import back, key_of


@door(Can.HANDLE)
def offering(request: Asked, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Read once more what the customer will read, set the day, send."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    row = queries.plan(case, plan_id)
    day = first_day(request.at)
    form: forms.Form = OfferForm(request.POST or None, initial={"expires_at": day})
    _choose(form, case)
    if request.method == "POST" and form.is_valid():
        try:
            words = _offered(request, case, row, form.cleaned_data)
        except Refusal as refusal:
            put(form, refusal)
        else:
            desk.drop_draft(who.member_id, _draft_key(case, "offer", row.id))
            messages.success(request, words)
            return back(case.id)
    authority = queries.authority(who, case, row)
    more = {
        "plan": row,
        "body": plan_words.body(case, row, "", day),
        "things": show.things(row.outcome),
        "worth": show.worth(row),
        "authority": authority,
        "limit": money(authority.limit),
        "wanted": money(row.goodwill),
        "may_offer": queries.negotiates(who, case, request.at),
        "why": _why(request, case, row),
        "blocked": "override" in form.errors,
        "draft_key": _draft_key(case, "offer", row.id),
        "way": "mail" if case.party and case.party.email else "portal",
    }
    return _page(request, case, "offer", form, more)


@door(Can.RECORD)
def answering(request: Asked, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """What the customer said, as somebody heard it."""
    who = asking(request)
    case = access_case(who, case_id, Can.RECORD)
    row = queries.offer(case, offer_id)
    form: forms.Form = AnswerForm(request.POST or None)
    _choose(form, case)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        said = offer_answer.Said(**{name: told[name] for name in told})
        try:
            offer_answer.answer(
                case, acting(who), request.at, offer_id=row.id, said=said,
                key=key_of(request, "answer"),
            )  # fmt: skip
        except Refusal as refusal:
            put(form, refusal)
        else:
            desk.drop_draft(who.member_id, _draft_key(case, "answer", row.id))
            messages.success(request, _answered_words(said.answer))
            return back(case.id)
    more = {"offer": row, "draft_key": _draft_key(case, "answer", row.id)}
    return _page(request, case, "answer", form, more)


@door(Can.HANDLE)
def talk(request: Asked, case_id: UUID) -> HttpResponse:
    """What was said about terms, with which tactics."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    form: forms.Form = TalkForm(request.POST or None)
    _choose(form, case)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            bargain.bargain(case, acting(who), request.at, **told, key=key_of(request, "talk"))
        except Refusal as refusal:
            put(form, refusal)
        else:
            desk.drop_draft(who.member_id, _draft_key(case, "talk", case.id))
            messages.success(request, _("这次协商记下了。"))
            return back(case.id)
    return _page(request, case, "talk", form, {"draft_key": _draft_key(case, "talk", case.id)})


def _offered(request: Asked, case: Any, row: Any, told: dict[str, Any]) -> str:
    """Offered, or put before the one whose authority covers it; what was done, in words."""
    who = asking(request)
    queries.must_negotiate(who, case, request.at)
    by, key = acting(who), key_of(request, "offer")
    seen = request.POST.get("seen", "")
    try:
        offer.offer(
            case, by, request.at, plan_id=row.id, **told, key=key,
            seen=int(seen) if seen.isdecimal() else None,
        )  # fmt: skip
    except NeedsApproval as needed:
        approve.ask(case, by, request.at, planned=needed.planned, key=key)
        role = label_of(labels.ROLES, needed.demand.stages[0]).word
        return _("酌情部分超出您的权限，已提请%(role)s审批，一批准就提给客户。") % {"role": role}
    return _("方案提给客户了。客户可以在进展页或邮件里答复，您也可以在电话里问。")


def _answered_words(answer: str) -> str:
    return {
        "accepted": _("客户接受了。答应的每一项都记成待办，做完一项记一项。"),
        "refused": _("记下了。看看下一个方案，或改一改再提。"),
        "countered": _("还价记下了。可以照客户的要求改方案。"),
        "talk": _("记下了，尽快和客户谈。"),
    }[answer]


def _why(request: Asked, case: Any, row: Any) -> str:
    who = asking(request)
    known = queries.negotiates(who, case, request.at)
    line = queries.line(who, case, request.at) if known else None
    code = queries.why(row, case, line)
    return plan_words.WHY[code]() if code else ""


def _choose(form: forms.Form, case: Any) -> None:
    field: Any = form.fields["tactics"]
    field.choices = show.tactics(case)


def _page(
    request: Asked, case: Any, name: str, form: forms.Form, more: dict[str, Any]
) -> HttpResponse:
    context = frame(request, case.id, "plans") | {"form": form} | more
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"web/plans/{name}.html", context, status=status)


def _draft_key(case: Any, name: str, row: UUID) -> str:
    return f"case:{case.id}:{name}:{row}"
