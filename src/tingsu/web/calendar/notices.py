"""A new holiday notice: written or brought as a file, checked, shown with all that it would move,
applied or dropped. Calls ``actions.calendar``; reads queries, no models."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.actions import calendar as actions
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import calendar as queries
from tingsu.channels.file.pace import Pace
from tingsu.packs import load_calendar
from tingsu.packs.notices import MOST, template
from tingsu.people.actor import acting
from tingsu.people.directory import organisation
from tingsu.people.permission import Can, Who
from tingsu.people.rulebook import notices, pack_of
from tingsu.web.calendar import year as years
from tingsu.web.door import Asked, asking, door

WORKING = ("counting", "applying")
OCTETS = 4 * MOST


@door(Can.DAYS)
def new(request: Asked) -> HttpResponse:
    """The form, begun with the next year that has no notice; a POST checks and counts."""
    who = asking(request)
    if request.method != "POST":
        return _form(request, _begun(who))
    text = _given(request)
    house = organisation(who.organisation_id)
    try:
        notice = actions.propose(house, acting(who), request.at, text=text)
    except actions.BadNotice as bad:
        return _form(request, text, bad.problems)
    return _to(notice.id)


@door(Can.DAYS)
@require_GET
def notice(request: Asked, notice_id: UUID) -> HttpResponse:
    """What a notice moves: being counted, to be decided, being applied, done."""
    who = asking(request)
    found = queries.access_notice(who, notice_id)
    rule = request.GET.get("rule", "")
    rule = rule if rule in found.summary else ""
    shown = queries.moves(found, rule, request.GET.get("after", ""))
    here = reverse("calendar_notice", args=[found.id])
    before = tuple(
        text for text in notices(who.organisation_id, found.calendar) if text != found.text
    )
    context = {
        "place": "calendar",
        "notice": found,
        "pace": _pace(found),
        "url": reverse("calendar_progress", args=[found.id]),
        "weekdays": years.weekday_letters(),
        "rules": _rules(found, rule),
        "rule": rule,
        "rows": [_row(move) for move in shown.rows],
        "following": f"{here}?rule={rule}&after={shown.following}" if shown.following else "",
        "years": [
            years.preview(found.calendar, (*before, found.text), year) for year in found.years
        ],
    }
    return render(request, "web/calendar/notice.html", context)


@door(Can.DAYS)
@require_GET
def progress(request: Asked, notice_id: UUID) -> HttpResponse:
    """The bar alone; when the pass is over the page asks for itself."""
    found = queries.access_notice(asking(request), notice_id)
    if found.state not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    url = reverse("calendar_progress", args=[found.id])
    return render(request, "components/job.html", {"job": _pace(found), "url": url})


@door(Can.DAYS)
@require_POST
def apply(request: Asked, notice_id: UUID) -> HttpResponse:
    """Count by it from now on, and move the clocks."""
    who = asking(request)
    return _decided(request, notice_id, lambda found: actions.apply(found, acting(who), request.at))


@door(Can.DAYS)
@require_POST
def drop(request: Asked, notice_id: UUID) -> HttpResponse:
    """Not taken in."""
    return _decided(request, notice_id, lambda found: actions.drop(found, request.at))


def _decided(request: Asked, notice_id: UUID, decide: Any) -> HttpResponse:
    found = queries.access_notice(asking(request), notice_id)
    try:
        decide(found)
    except Refusal as refusal:
        messages.warning(request, refusal.words)
    return _to(found.id)


def _form(request: Asked, text: str, problems: Any = ()) -> HttpResponse:
    context = {"place": "calendar", "text": text, "problems": problems, "most": MOST}
    status = 422 if problems else 200
    return render(request, "web/calendar/new.html", context, status=status)


def _begun(who: Who) -> str:
    pack = pack_of(who.organisation_id, organisation(who.organisation_id).pack)
    known = pack.calendar.known_years
    year = max(known) + 1 if known else years.FIRST
    return template(year, load_calendar(pack.calendar.id).names)


def _given(request: HttpRequest) -> str:
    """The file where one was chosen, else what stands in the field."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").replace("\r\n", "\n")
    content: str = file.read(OCTETS).decode("utf-8-sig", errors="replace")
    return content.replace("\r\n", "\n")


def _pace(found: Any) -> Pace:
    rate = found.position * 1000 / found.busy_ms if found.busy_ms else 0.0
    total = found.total or 0
    left = (total - found.position) / rate if rate else None
    name = _("正在重算时限") if found.state == "applying" else _("正在看会影响哪些时限")
    return Pace(name, found.position, total, rate, left, found.state in WORKING)


def _rules(found: Any, chosen: str) -> list[dict[str, Any]]:
    pack = pack_of(found.organisation_id, found.organisation.pack)
    return [
        {
            "code": code,
            "name": pack.clock_label(code, get_language() or "zh-hans"),
            "later": later,
            "earlier": earlier,
            "current": code == chosen,
        }
        for code, (later, earlier) in sorted(found.summary.items())
    ]


def _row(move: Any) -> dict[str, Any]:
    own = pack_of(move.case.organisation_id, move.case.pack)
    return {
        "case": move.case,
        "clock": own.clock_label(move.rule, get_language() or "zh-hans"),
        "was": move.was,
        "due": move.due,
        "later": move.due > move.was,
        "applied": move.applied,
    }


def _to(notice_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("calendar_notice", args=[notice_id]), status=303)
