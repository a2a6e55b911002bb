"""The check list of a case: answered, weighed as one answers, concluded; and who complains
together. Reads queries, no models."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases import desk
from tingsu.cases.actions import approve, screen
from tingsu.cases.errors import Invalid, Planned, Refusal
from tingsu.cases.queries import access_case, approvals, screening
from tingsu.core.masking import mask_name, mask_phone
from tingsu.core.screening import Answer, Kind, Outcome
from tingsu.people.actor import acting
from tingsu.people.permission import Can, Who, may
from tingsu.web.case import posting
from tingsu.web.case.forms import Place
from tingsu.web.case.step import Doing, uuid_of
from tingsu.web.case.steps import STEPS
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.screening import words

Told = dict[str, dict[str, Any]]


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """The list, what it leads to, and what was concluded before."""
    context = frame(request, case_id, "screening")
    return _page(request, context, _kept(context["case"]))


@door(Can.READ)
@require_GET
def weigh(request: Asked, case_id: UUID) -> HttpResponse:
    """What the answers on screen lead to, and the facts that hang on them. Keeps nothing."""
    context = frame(request, case_id, "screening")
    context |= _shown(asking(request), context["case"], told_of(request.GET))
    return render(request, "web/screening/weighed.html", context)


@door(Can.HANDLE)
@require_POST
def conclude(request: Asked, case_id: UUID) -> HttpResponse:
    """Keep the list with its outcome, and go on with the outcome's step."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    told, note = told_of(request.POST), request.POST.get("note", "")
    try:
        outcome = Outcome(request.POST.get("outcome", ""))
        version = request.POST.get("version", "")
        screen.conclude(
            case, acting(who), request.at, answers=told, outcome=outcome, note=note,
            expected=int(version) if version.isdecimal() else None,
            key=request.POST.get("ik", "")[:40] or None,
        )  # fmt: skip
    except ValueError:
        return _again(request, case_id, told, _("请选择结果。"))
    except Refusal as refusal:
        told_words = next(iter(refusal.fields.values())) if isinstance(refusal, Invalid) else ""
        return _again(request, case_id, told, told_words or refusal.words)
    desk.drop_draft(who.member_id, f"case:{case.id}:screening")
    return _onward(request, who, case, outcome)


@door(Can.HANDLE)
@require_POST
def join(request: Asked, case_id: UUID) -> HttpResponse:
    """One more who complains of the same."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    told = {name: request.POST.get(name, "") for name in ("name", "phone")}
    try:
        screen.join(
            case, acting(who), request.at, **told,
            representative=bool(request.POST.get("representative")),
            key=request.POST.get("ik", "")[:40] or None,
        )  # fmt: skip
        messages.success(request, _("已记下，现在是 %(n)s 人共同投诉。") % {"n": case.people})
    except Refusal as refusal:
        messages.error(request, refusal.words)
    return _back(case_id)


@door(Can.HANDLE)
@require_POST
def joined(request: Asked, case_id: UUID) -> HttpResponse:
    """One of them speaks for the others, no longer does, or withdraws."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    try:
        row = uuid_of(request.POST.get("row", ""), "row")
        if request.POST.get("do") == "leave":
            screen.leave(case, acting(who), request.at, joined_id=row)
        else:
            yes = request.POST.get("do") == "speak"
            screen.speaks(case, acting(who), request.at, joined_id=row, yes=yes)
        messages.success(request, _("已记下。"))
    except Refusal as refusal:
        messages.error(request, refusal.words)
    return _back(case_id)


def told_of(sent: QueryDict) -> Told:
    """The answers of the form. With a day the count decides, unless the person says otherwise."""
    told: Told = {}
    for name, value in sent.items():
        if name.startswith("on-") and (on := _day(str(value))):
            told.setdefault(name[3:], {})["on"] = on
    for name, value in sent.items():
        code = name[2:]
        if name.startswith("a-") and value in tuple(Answer):
            if "on" in told.get(code, {}) and value == sent.get(f"was-{code}", Answer.UNKNOWN):
                continue
            told.setdefault(code, {})["answer"] = value
    return told


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _kept(case: Any) -> Told:
    """What a person said in the review that holds."""
    row = screening.latest(case)
    told: Told = {}
    for code, one in (row.answers if row else {}).items():
        if one.get("said"):
            told[code] = {"answer": one["answer"]}
        if one.get("on"):
            told.setdefault(code, {})["on"] = _day(one["on"])
    return told


def _page(request: Asked, context: dict[str, Any], told: Told, wrong: str = "") -> HttpResponse:
    who, case = asking(request), context["case"]
    context |= _shown(who, case, told)
    row = screening.latest(case)
    context |= {
        "wrong": wrong,
        "kept": row,
        "kept_outcome": words.OUTCOMES[Outcome(row.outcome)] if row else None,
        "kept_reasons": screening.reasons(case, row) if row else "",
        "onward": _onward_url(who, case, Outcome(row.outcome)) if row else "",
        "people": _people(who, case),
        "joint": screening_joint(case),
        "draft_key": f"case:{case.id}:screening",
    }
    status = 422 if wrong else 200
    return render(request, "web/screening/page.html", context, status=status)


def screening_joint(case: Any) -> Any:
    """From how many on the pack speaks of a joint complaint, and who may speak."""
    return screening.checklist(case).joint


def _shown(who: Who, case: Any, told: Told) -> dict[str, Any]:
    found = screening.review(case, told)
    chosen = found.proposal.outcome
    return {
        "items": [_line(case, one) for one in found.found],
        "proposed": _choice(who, chosen) if chosen else None,
        "reasons": [screening.reason(found.check(code)) for code in found.proposal.grounds],
        "asks": [_words(found.check(code)) for code in _asks(found.proposal)],
        "notes": [_words(found.check(code)) for code in found.proposal.notes],
        "others": [_choice(who, one) for one in found.choices if one is not chosen],
        "open": case.state in screening.FRESH,
    }


def _asks(proposal: Any) -> list[str]:
    return [code for code in proposal.asks if code not in proposal.grounds]


def _line(case: Any, one: Any) -> dict[str, Any]:
    item = one.check.item
    bar = screening.bar_of(case, item) if item.kind is Kind.TIME_BAR else None
    return {
        "code": item.code,
        "words": _words(one.check),
        "source": screening.source(one.check),
        "answer": one.found.answer.value,
        "label": words.ANSWERS[one.found.answer],
        "fact": words.fact(one.found),
        "dated": bar is not None,
        "on": one.on.isoformat() if one.on else "",
        "event": words.EVENTS.get(bar.event, words.EVENTS["harm_known"]) if bar else "",
        "review": one.check.review,
    }


def _words(check: Any) -> str:
    return str(check.labels.get(language()) or check.labels["zh-hans"])


def _choice(who: Who, outcome: Outcome) -> dict[str, Any]:
    return {
        "code": outcome.value,
        "label": words.OUTCOMES[outcome],
        "needs": words.NEEDS[outcome],
        "may": may(who, STEPS[words.STEP[outcome]].right),
    }


def _people(who: Who, case: Any) -> list[dict[str, Any]]:
    """Names as everywhere: in full for those who talk with customers, numbers masked."""
    talks = may(who, Can.UNMASK)
    return [
        {
            "row": one,
            "name": one.party.name if talks else mask_name(one.party.name),
            "phone": mask_phone(one.party.phone),
        }
        for one in screening.joined(case)
    ]


def _again(request: Asked, case_id: UUID, told: Told, wrong: str) -> HttpResponse:
    return _page(request, frame(request, case_id, "screening"), told, wrong)


def _onward(request: Asked, who: Who, case: Any, outcome: Outcome) -> HttpResponse:
    """Acceptance needs nothing more and is done at once; the other steps ask for what they need."""
    step = STEPS[words.STEP[outcome]]
    if outcome is not Outcome.ACCEPT:
        url = _onward_url(who, case, outcome)
        if not url and outcome is Outcome.REFUSE and approvals.stages_of(who, case, step.signed):
            return _put_up(request, who, case)
        if not url:
            messages.success(request, _("结论已记下，请主管或负责人接着办。"))
        return _go(url or reverse("case_screening", args=[case.id]))
    form = step.form({"reason": ""}, place=Place(case, who, request.at))
    form.is_valid()
    doing = Doing(case, who, acting(who), request.at, form, None, None)
    try:
        messages.success(request, posting.taken(step, doing))
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return _back(case.id)
    return _go(reverse("case", args=[case.id]))


def _put_up(request: Asked, who: Who, case: Any) -> HttpResponse:
    """A refusal that the head signs anyway: the one who reviewed puts it up, with its reasons."""
    row = screening.latest(case)
    reason = screening.with_routes(case, screening.reasons(case, row) if row else "")
    told = {"move": Outcome.REFUSE.value, "reason": reason, "unit": ""}
    try:
        planned = Planned("refusal", "end", told)
        approve.ask(case, acting(who), request.at, planned=planned)
        messages.success(request, _("已提请审批，理由和其他途径一并送审。"))
    except Refusal as refusal:
        messages.error(request, refusal.words)
    return _back(case.id)


def _onward_url(who: Who, case: Any, outcome: Outcome) -> str:
    """The form of the outcome's step, filled from the review; "" for those who may not."""
    step = STEPS[words.STEP[outcome]]
    row = screening.latest(case)
    if row is None or not may(who, step.right) or case.state not in screening.FRESH:
        return ""
    text = screening.reasons(case, row)
    if outcome is Outcome.REFUSE:
        text = screening.with_routes(case, text)
    field: Mapping[Outcome, str] = {Outcome.COMPLETE: "missing"}
    query = {field.get(outcome, "reason"): text[:2000]} if text else {}
    url = reverse(f"case_{step.name}", args=[case.id])
    return f"{url}?{urlencode(query)}" if query else url


def _back(case_id: UUID) -> HttpResponse:
    return _go(reverse("case_screening", args=[case_id]))


def _go(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
