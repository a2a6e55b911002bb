"""A year's days and what is due on each. Reads queries, no models."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tingsu.cases.queries import calendar as queries
from tingsu.cases.queries import lists
from tingsu.people.directory import organisation
from tingsu.people.permission import Can, Who, may
from tingsu.people.rulebook import notices, pack_of
from tingsu.web.calendar import year as years
from tingsu.web.case.page import hidden
from tingsu.web.case.words import language
from tingsu.web.desk.queues import QUEUE_LABELS
from tingsu.web.door import Asked, asking, door
from tingsu.web.rows import rows

FIRST, LAST = years.FIRST, years.LAST


@door(Can.DESK)
def calendar(request: Asked) -> HttpResponse:
    """A year: working days, days off, days made up, and how much is due on which."""
    who = asking(request)
    pack = _pack(who)
    today = pack.calendar.day_of(request.at)
    number = _year(request.GET.get("year", ""), today)
    scopes = queries.scopes(who)
    scope = _scope(who, request.GET.get("queue", ""), scopes)
    ahead = _ahead(who, scope, pack.calendar, number, today) if scope else None
    texts = notices(who.organisation_id, pack.calendar.id)
    context = {
        "place": "calendar",
        "year": years.year_of(pack, texts, number, ahead.on if ahead else {}, today),
        "ahead": ahead,
        "scopes": [(code, QUEUE_LABELS[code], code == scope) for code in scopes],
        "scope": scope,
        "before": number - 1 if number > FIRST else None,
        "weekdays": years.weekday_letters(),
        "after": number + 1 if number < LAST else None,
        "notices": queries.notices(who.organisation_id) if may(who, Can.DAYS) else [],
        "pack_label": pack.label(request.LANGUAGE_CODE),
    }
    return render(request, "web/calendar/calendar.html", context)


@door(Can.READ)
def day(request: Asked, year: int, month: int, day: int) -> HttpResponse:
    """The time limits that run out on this day, and the cases whose next date it is."""
    who = asking(request)
    on = _date(year, month, day)
    pack = _pack(who)
    scopes = queries.scopes(who)
    scope = _scope(who, request.GET.get("queue", ""), scopes)
    start, end = _local(pack.calendar, on), _local(pack.calendar, on + timedelta(days=1))
    wanted = lists.Filter(queue=scope or "all", due_from=start, due_until=end)
    found = lists.lines(who, wanted, after=request.GET.get("after", ""))
    clocks, more = queries.due(who, scope, start, end, request.GET.get("clock", ""))
    here = reverse("calendar_day", args=[on.year, on.month, on.day])
    context = {
        "place": "calendar",
        "on": on,
        "what": years.what(pack.calendar, on),
        "rows": rows(who, found.rows),
        "following": f"{here}?queue={scope}&{urlencode({'after': found.following})}"
        if found.following
        else "",
        "clocks": [_clock(who, row) for row in clocks],
        "more": f"{here}?queue={scope}&{urlencode({'clock': more})}" if more else "",
        "scope": scope,
        "now": request.at,
    }
    return render(request, "web/calendar/day.html", context)


def _clock(who: Who, row: Any) -> dict[str, Any]:
    """A time limit in the list of a day."""
    return {
        "row": row,
        "name": pack_of(who.organisation_id, row.case.pack).clock_label(row.rule, language()),
        "title": hidden(who, row.case, row.case.title),
    }


def _pack(who: Who) -> Any:
    """The organisation's first industry decides the place and the hours."""
    return pack_of(who.organisation_id, organisation(who.organisation_id).pack)


def _year(typed: str, today: date) -> int:
    return min(max(int(typed), FIRST), LAST) if typed.isdecimal() and len(typed) < 5 else today.year


def _scope(who: Who, typed: str, scopes: list[str]) -> str:
    """The own dates first; those who answer for others see theirs."""
    if typed in scopes or not scopes:
        return typed if typed in scopes else ""
    return scopes[-1] if may(who, Can.ASSIGN) else scopes[0]


def _ahead(who: Who, scope: str, days: Any, number: int, today: date) -> Any:
    first = max(date(number, 1, 1), today)
    if first.year > number:
        return None
    return queries.ahead(
        who, scope, days, _local(days, first), _local(days, date(number + 1, 1, 1))
    )


def _local(days: Any, on: date) -> datetime:
    """The first instant of a local day."""
    found: datetime = days.instant(on)
    return found


def _date(year: int, month: int, on: int) -> date:
    try:
        found = date(year, month, on)
    except ValueError as odd:
        raise Http404 from odd
    if not FIRST <= found.year <= LAST:
        raise Http404
    return found
