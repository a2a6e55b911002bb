"""The call at the promised time, and the share of promises kept. Reads queries, no models."""

import uuid
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases import desk
from tingsu.cases.actions import promise_call
from tingsu.cases.actions.promise_call import Told
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case, file, promises
from tingsu.core.wording.slots import fill
from tingsu.packs import load, say
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people.actor import acting
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack
from tingsu.web import spoken
from tingsu.web.case import page
from tingsu.web.case.words import language
from tingsu.web.coach.advice import called
from tingsu.web.desk.views import end_of_today
from tingsu.web.door import Asked, asking, door
from tingsu.web.promises.forms import CallForm

PERIODS = (30, 90, 365)
TECHNIQUE = "promised_call"
DONE = {
    "kept": _l("记下了：说到做到。"),
    "moved": _l("改期记下了，到时会再提醒您。"),
    "broken": _l("已如实记下。"),
    "unreached": _l("记下了没接通。承诺还在，请再打。"),
}


@door(Can.HANDLE)
def call(request: Asked, case_id: UUID, promise_id: UUID) -> HttpResponse:
    """What was promised, what there is, what to say; POST records the call and its result."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    row = promises.due_one(case, promise_id)
    if request.method != "POST":
        form = CallForm(initial={"result": "kept"})
        form.full_clean()
        return _call(request, case, row, form)
    form = CallForm(request.POST)
    form.is_valid()
    told = _told(form.cleaned_data)
    try:
        if not form.errors:
            key = f"promise-call:{str(row.id)[-12:]}:{request.POST.get('ik', '')[:40]}"
            promise_call.call(case, acting(who), request.at, promise_id=row.id, told=told, key=key)
    except Invalid as wrong:
        form.refuse(wrong.fields)
    except Refusal as refusal:
        form.refuse({refusal.field: refusal.words})
    if form.errors:
        return _call(request, case, row, form, status=422)
    desk.drop_draft(who.member_id, _draft_key(row))
    messages.success(request, str(DONE[told.result]))
    return redirect("case", case_id=case.id)


@door(Can.ASSIGN)
def ledger(request: Asked) -> HttpResponse:
    """How many promises are kept, by person, team and pack; which are due."""
    who = asking(request)
    typed = request.GET.get("days", "")
    days = int(typed) if typed in map(str, PERIODS) else PERIODS[0]
    today = timezone.localdate(request.at)
    shares = promises.shares(who, today - timedelta(days=days - 1), today)
    context = {
        "place": "promises",
        "now": request.at,
        "days": days,
        "periods": PERIODS,
        "since": _day(today - timedelta(days=days - 1)),
        "all": shares["all"][0],
        "tables": (
            (_("按人"), shares["member"]),
            (_("按部门"), shares["department"]),
            (_("按行业"), [_with_pack_name(one) for one in shares["pack"]]),
        ),
        "late": [
            {"row": one, "title": page.hidden(who, one.case, one.case.title)}
            for one in promises.late(who, end_of_today(request.at))
        ],
    }
    return render(request, "web/promises/ledger.html", context)


def _call(
    request: Asked, case: Any, row: Any, form: CallForm, *, status: int = 200
) -> HttpResponse:
    who = asking(request)
    context = page.facts(who, case, request.at) | {
        "place": "desk",
        "now": request.at,
        "case": case,
        "title": page.hidden(who, case, case.title),
        "promise": row,
        "news": [
            {"kind": one.kind, "at": one.at, "text": page.hidden(who, case, one.text)}
            for one in promises.news_since(case, row)
        ],
        "asked": [one for one in file.tasks(case) if one.state == "open" and one.clock_id is None],
        "tries": promises.tries(case, row),
        "sayings": _sayings(who, case),
        "form": form,
        "ik": uuid.uuid4().hex,
        "draft_key": _draft_key(row),
    }
    return render(request, "web/promises/call.html", context, status=status)


def _sayings(who: Any, case: Any) -> list[str]:
    """Words for the call, also where there is no solution yet (techniques.toml)."""
    library = TECHNIQUES.of(case_pack(case))
    slots = {"me": who.name, "number": case.number, "called": called(case.party)}
    found = library.words_for(TECHNIQUE, {"channel:spoken"})
    return [fill(say(one.text, language()), slots) for one in found]


def _told(data: dict[str, Any]) -> Told:
    mood = data.get("mood", "")
    return Told(
        result=data.get("result", ""),
        text=data.get("text", ""),
        reason=data.get("reason", ""),
        due_at=data.get("due_at"),
        mood=int(mood) if mood else None,
    )


def _draft_key(row: Any) -> str:
    return f"promise:{row.id}:call"


def _with_pack_name(one: promises.Share) -> promises.Share:
    name = load(one.name).label(language())
    return promises.Share(name, one.kept, one.late, one.broken, one.moved)


def _day(day: date) -> str:
    return spoken.day(day)
