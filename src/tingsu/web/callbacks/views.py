"""Call-backs: whom to call, the call with its script, those of a case. Reads queries, no models."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from tingsu.cases.actions import callback
from tingsu.cases.actions.callback import Heard
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case, callbacks, file, here
from tingsu.packs import say
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere
from tingsu.web import labels_after
from tingsu.web.callbacks.forms import AddForm, AnswerForm, ClashForm
from tingsu.web.case import page
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.label import Label

LISTS = {
    "mine": Label(_l("我的"), "user-check"),
    "open": Label(_l("全部待回访"), "phone-call"),
    "late": Label(_l("已到时候"), "alarm"),
    "done": Label(_l("已回访"), "circle-check"),
}
TOLD = ("replied", "promise_kept", "remedy_done", "closed", "customer_confirmed", "rated")


@door(Can.RECORD)
def listed(request: Asked) -> HttpResponse:
    """Whom to call, those that are due first."""
    who = asking(request)
    counts = callbacks.counts(who, request.at)
    which = request.GET.get("list", "")
    if which not in LISTS:
        which = "mine" if counts["mine"] or not counts["open"] else "open"
    after = request.GET.get("after", "")
    found = callbacks.page(who, which, request.at, after=after)
    context = {
        "place": "callbacks",
        "now": request.at,
        "lists": [(code, label, counts.get(code), code == which) for code, label in LISTS.items()],
        "which": which,
        "rows": [{**_shown(row), **_case_of(who, row)} for row in found.rows],
        "following": found.following,
        "after": after,
    }
    return render(request, "web/callbacks/listed.html", context)


@door(Can.RECORD)
def one(request: Asked, call_id: UUID) -> HttpResponse:
    """The call: what to say, what was done, the answer. POST records the answer."""
    who = asking(request)
    row = callbacks.access_call(who, call_id)
    if request.method != "POST":
        form = AnswerForm(who=who, at=request.at)
        return _call(request, row, form)
    form = AnswerForm(request.POST, who=who, at=request.at)
    form.full_clean()
    try:
        heard = _heard(who, form)
        if not form.errors:
            callback.answered(row.case, acting(who), request.at, row_id=row.id, heard=heard,
                              key=_key(request, "callback"))  # fmt: skip
    except Invalid as wrong:
        form.refuse(wrong.fields)
    except Refusal as refusal:
        form.refuse({refusal.field: refusal.words})
    if form.errors:
        return _call(request, row, form, status=422)
    messages.success(request, _done_words(heard))
    if heard.then == "reopen":
        return _to(reverse("case", args=[row.case_id]))
    return _to(reverse("callbacks"))


@door(Can.RECORD)
@require_POST
def unanswered(request: Asked, call_id: UUID) -> HttpResponse:
    """Nobody answered: the next try follows by the rule."""
    who = asking(request)
    row = callbacks.access_call(who, call_id)
    try:
        callback.unanswered(row.case, acting(who), request.at, row_id=row.id,
                            key=_key(request, "callback-try"))  # fmt: skip
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("记下了没接通，到下一次的时间会再出现。"))
    return _to(reverse("callbacks"))


@door(Can.READ)
def of_case(request: Asked, case_id: UUID) -> HttpResponse:
    """All calls of a case, and one more."""
    return _of_case(request, case_id)


@door(Can.RECORD)
@require_POST
def add(request: Asked, case_id: UUID) -> HttpResponse:
    """One more call."""
    who = asking(request)
    case = access_case(who, case_id, Can.RECORD)
    form = AddForm(request.POST, who=who, at=request.at)
    form.full_clean()
    try:
        if not form.errors:
            told = form.cleaned_data
            caller = directory.member(who.organisation_id, UUID(told["caller"])) if told[
                "caller"] else None  # fmt: skip
            callback.add(case, acting(who), request.at, due_at=told["due_at"], caller=caller,
                         text=told["text"], key=_key(request, "callback-add"))  # fmt: skip
    except Invalid as wrong:
        form.refuse(wrong.fields)
    except Refusal as refusal:
        form.refuse({refusal.field: refusal.words})
    if form.errors:
        return _of_case(request, case_id, add_form=form)
    messages.success(request, _("已加一次回访。"))
    return _to(reverse("case_callbacks", args=[case_id]))


@door(Can.RECORD)
@require_POST
def clash(request: Asked, case_id: UUID) -> HttpResponse:
    """There were words with our staff: further calls follow by the pack."""
    who = asking(request)
    case = access_case(who, case_id, Can.RECORD)
    form = ClashForm(request.POST)
    form.full_clean()
    try:
        callback.note_clash(case, acting(who), request.at, text=form.cleaned_data["text"],
                            key=_key(request, "clash"))  # fmt: skip
    except Invalid as wrong:
        form.refuse(wrong.fields)
        return _of_case(request, case_id, clash_form=form)
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("记下了。行业包要求多回访的，已经排上。"))
    return _to(reverse("case_callbacks", args=[case_id]))


def _of_case(
    request: Asked,
    case_id: UUID,
    *,
    add_form: AddForm | None = None,
    clash_form: ClashForm | None = None,
) -> HttpResponse:
    context, who = frame(request, case_id, "callbacks"), asking(request)
    case = context["case"]
    recorded = "record" in context["may"]
    context |= {
        "calls": [_shown(row) for row in callbacks.of_case(case)],
        "add_form": add_form or (AddForm(who=who, at=request.at) if recorded else None),
        "clash_form": clash_form or ClashForm(),
        "may_add": recorded and not case.open,
        "may_clash": recorded and not case.clash,
        "adding": add_form is not None,
    }
    status = 422 if add_form or clash_form else 200
    return render(request, "web/callbacks/of_case.html", context, status=status)


def _call(request: Asked, row: Any, form: AnswerForm, status: int = 200) -> HttpResponse:
    who, case = asking(request), row.case
    if here.open_case(who, case.id)[1]:  # a unit that was asked something calls nobody
        raise NotThere
    events = here.entries(case, TOLD)
    context = page.facts(who, case, request.at) | {
        "place": "callbacks",
        "now": request.at,
        "case": case,
        "title": page.hidden(who, case, case.title),
        "call": _shown(row),
        "script": _script(who, row),
        "left": callbacks.tries_left(row),
        "earlier": [_shown(one) for one in callbacks.of_case(case) if one.state == "done"],
        "told": [_told(who, case, one) for one in _newest(events)],
        "promises": [one for one in file.promises(case) if one.state in ("kept", "broken")],
        "form": form,
        "ik": uuid.uuid4().hex,
    }
    return render(request, "web/callbacks/call.html", context, status=status)


def _newest(events: list[Any]) -> list[Any]:
    """The last of each kind: what the customer was told and what was done."""
    return list({one.kind: one for one in events}.values())


def _told(who: Any, case: Any, event: Any) -> dict[str, Any]:
    return {"kind": event.kind, "at": event.at, "text": page.hidden(who, case, event.text)}


def _script(who: Any, row: Any) -> dict[str, list[str]] | None:
    found = callbacks.script(row)
    if found is None:
        return None
    house = directory.organisation(who.organisation_id).name
    filled = {"{house}": house, "{me}": who.name}

    def fill(labels: Any) -> str:
        text = say(labels, language())
        for slot, value in filled.items():
            text = text.replace(slot, value)
        return text

    return {"say": [fill(one) for one in found.say], "ask": [fill(one) for one in found.ask]}


def _shown(row: Any) -> dict[str, Any]:
    """A call for a page: its name, who calls, how it stands."""
    return {
        "row": row,
        "name": say(row.labels, language()) if row.labels else _("加一次回访"),
        "by": row.caller.name if row.caller else say(row.post, language()) if row.post else "",
        "nobody": row.caller is None,
        "state": labels_after.CALLS[row.state],
        "result": labels_after.RESULTS.get(row.result),
        "led_to": labels_after.LED_TO.get(row.led_to),
    }


def _case_of(who: Any, row: Any) -> dict[str, Any]:
    person = file.person(who, row.case.party)
    return {
        "title": page.hidden(who, row.case, row.case.title),
        "person": person.name if person else "",
        "time": row.case.party.preferred_time if row.case.party else "",
    }


def _heard(who: Any, form: AnswerForm) -> Heard:
    """The form as an answer. What belongs to another choice is not looked at."""
    told = form.cleaned_data
    result, department, then = told.get("result", ""), None, ""
    if told.get("department"):
        department = directory.department(who.organisation_id, UUID(told["department"]))
    if result == "dissatisfied":
        then = told.get("then", "")
    elif result == "wishes" and department:
        then = "task"
    return Heard(
        result=result,
        text=told.get("text", ""),
        then=then,
        reason=told.get("reason", ""),
        department=department,
        due_at=told.get("due_at"),
    )


def _done_words(heard: Heard) -> str:
    return {
        "reopen": _("已重新办理。客户说的话写在经过里，不必再讲一遍。"),
        "task": _("已交部门去办，办好以后会再回访。"),
        "end": _("已记下，到此为止的理由写在经过里。"),
    }.get(heard.then) or _("回访已记下。")


def _key(request: Asked, name: str) -> str | None:
    sent = request.POST.get("ik", "")[:40]
    return f"{name}:{sent}" if sent else None


def _to(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
