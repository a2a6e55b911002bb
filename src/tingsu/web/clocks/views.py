"""Every clock of a case. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tingsu.cases.explain import extension_words, source_words
from tingsu.cases.queries import file
from tingsu.cases.queries.ladder import ladder
from tingsu.core import clock as clocks
from tingsu.packs import act, say
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack
from tingsu.web.calendar import year as years
from tingsu.web.case.cards import clock_cards
from tingsu.web.case.story import names_of, who_of
from tingsu.web.case.telling import line_of
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.clocks.strip import strip
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import EVENTS, ROLES, label_of


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """Those that run first; each with its count, its source and what was done to it."""
    context = frame(request, case_id, "clocks")
    case = context["case"]
    rows = file.clocks(case)
    told = _told(request, case)
    context["clocks"] = [
        _full(case, card, told.get(str(card.row.id), []))
        for card in clock_cards(case, rows, request.at)
    ]
    context["weekdays"] = years.weekday_letters()
    return render(request, "web/clocks/page.html", context)


def _full(case: Any, card: Any, told: list[dict[str, Any]]) -> dict[str, Any]:
    deadline = clocks.from_json(card.row.explanation)
    source = act(deadline.rule.act) if deadline.rule.act else None
    allowed = clocks.next_extension(deadline)
    return {
        "card": card,
        "told": told,
        "source": source_words(deadline),
        "title": say(source.title, language()) if source else deadline.rule.source,
        "review": deadline.rule.review,
        "duty": deadline.rule.duty,
        "since": deadline.rule.since,
        "started": card.row.started_at,
        "weeks": strip(deadline, case_pack(case).calendar),
        "allowed": extension_words(allowed) if allowed and card.alive else "",
        "provisional": card.row.provisional and card.alive,
        "ladder": _ladder(case, card) if card.alive else [],
    }


def _ladder(case: Any, card: Any) -> list[dict[str, Any]]:
    """What follows when it runs out, in words."""
    return [
        {"words": _words(rung.step), "at": rung.at, "done": rung.done}
        for rung in ladder(case, card.row)
    ]


def _words(step: Any) -> str:
    role = {"role": str(label_of(ROLES, step.to).word)} if step.to else {}
    match step.do:
        case "escalate":
            return _("由%(role)s接着办") % role
        case "task":
            return _("请%(role)s督办") % role
    return _("记下由谁负责，列入逾期统计")


def _told(request: Asked, case: Any) -> dict[str, list[dict[str, Any]]]:
    """What the timeline says of each clock, oldest first."""
    events = file.clock_events(case)
    names = names_of(asking(request), events)
    found: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        line = {
            "at": event.at,
            "label": label_of(EVENTS, event.kind),
            "line": line_of(event, case, names),
            "who": who_of(event, names),
            "text": event.text,
        }
        found.setdefault(str(event.data.get("clock", "")), []).append(line)
    return found
