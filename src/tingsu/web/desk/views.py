"""The desk: the case that is due first, the queues, the list, the preview."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from tingsu.cases import desk as own
from tingsu.cases.queries import access_case, lists, surges
from tingsu.cases.queries.file import next_of, person
from tingsu.cases.queries.numbers import numbers
from tingsu.people.permission import Can, Who, may
from tingsu.web.context import saw_news
from tingsu.web.desk.queues import QUEUE_LABELS, queue_list
from tingsu.web.door import Asked, asking, door
from tingsu.web.rows import category_words, rows


@door(Can.DESK)
def desk(request: Asked) -> HttpResponse:
    """Everything that waits for this member, the first thing biggest."""
    who = asking(request)
    if not may(who, Can.READ):
        return render(request, "web/desk/no_cases.html", {"place": "desk"})
    counted = numbers(who, request.at, end_of_today(request.at))
    chosen = request.GET.get("queue", "")
    if chosen not in lists.QUEUES:
        chosen = first_queue(who, counted.queues)
    found = lists.lines(who, lists.Filter(queue=chosen), after=request.GET.get("after", ""))
    top = found.rows if not request.GET.get("after") else []
    first = _first(who, chosen, top, own=counted.queues.get("mine", 0))
    context = {
        "place": "desk",
        "now": request.at,
        "queues": queue_list(counted.queues, chosen),
        "chosen": chosen,
        "chosen_label": QUEUE_LABELS[chosen],
        "rows": rows(who, found.rows),
        "following": found.following,
        "first": first,
        "first_row": rows(who, [first])[0] if first else None,
        "first_step": _step(who, first),
        "surges": surges.fresh(who) if may(who, Can.ASSIGN) else [],
        "today": counted,
        "filters": own.filters(who.member_id, who.organisation_id),
        "drafts": own.drafts(who.member_id)[:5],
    }
    template = "web/desk/list.html" if request.htmx else "web/desk/desk.html"
    return render(request, template, context)


@door(Can.READ)
def preview(request: Asked, case_id: UUID) -> HttpResponse:
    """A case beside the list, without leaving it."""
    who = asking(request)
    case = access_case(who, case_id, Can.READ)
    context = {
        "case": case,
        "person": person(who, case.party),
        "category": category_words(case, request.LANGUAGE_CODE),
        "step": next_of(case).value,
        "now": request.at,
    }
    return render(request, "web/desk/preview.html", context)


@door(Can.DESK)
def waiting(request: Asked) -> HttpResponse:
    """What happened that this member should know: customers who wrote, clocks that ran out."""
    who = asking(request)
    news = lists.news(who, request.at)
    saw_news(request, who, request.at)
    return render(
        request, "web/desk/waiting.html", {"place": "desk", "news": news, "now": request.at}
    )


def end_of_today(now: datetime) -> datetime:
    """Midnight in the zone of the page."""
    local = localtime(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def first_queue(who: Who, counts: Mapping[str, int]) -> str:
    """Where a member's day begins: at what waits for them, by what they may do."""
    for code in ("takeover", "mine", "head", "tasks"):
        if counts.get(code):
            return code
    if may(who, Can.HANDLE):
        return "mine"
    return "tasks" if may(who, Can.ANSWER) else "all"


def _step(who: Who, first: Any) -> str:
    """What the biggest button says; a unit that was asked only answers."""
    if not first:
        return ""
    if may(who, Can.ANSWER) and not may(who, Can.HANDLE):
        return "answer"
    return next_of(first).value


def _first(who: Who, chosen: str, found: list[Any], own: int) -> Any:
    """The case that is due first: of the ``own`` ones, else of the list on screen."""
    if chosen != "mine" and own:
        found = lists.lines(who, lists.Filter(queue="mine"), size=1).rows or found
    return found[0] if found and found[0].open else None
