"""The two kept forms of IN-9 as pages to print. Personal data is as masked here as on screen, and
in full where the member looked at it just before. Reads queries, no models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tingsu.cases.queries import file, here
from tingsu.people.permission import Can, NotThere, Who
from tingsu.web import labels
from tingsu.web.case import page
from tingsu.web.case.story import names_of, who_of
from tingsu.web.case.telling import line_of
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of

TALKS = (
    "received contact replied restated promised promise_moved promise_kept promise_broken"
    " customer_added customer_confirmed customer_objected reopen_asked rated limit_set"
).split()
COURSE = (
    "taken assigned escalated moved restated promised promise_kept promise_broken task_asked"
    " task_answered replied customer_confirmed customer_objected closed reopened"
).split()


@dataclass(frozen=True)
class Line:
    """One line of a sheet."""

    at: datetime
    what: str
    more: str
    text: str
    who: str


@door(Can.READ)
def register(request: Asked, case_id: UUID) -> HttpResponse:
    """沟通登记表: every contact and letter of the case, to be signed."""
    who = asking(request)
    case = _whole(who, case_id)
    events = _told(case, TALKS)
    context = _common(who, case, request.at) | {"lines": _lines(who, case, events)}
    return render(request, "web/case/register.html", context)


@door(Can.READ)
def sheet(request: Asked, case_id: UUID) -> HttpResponse:
    """来访投诉处理单: what was complained of, what was done, what the head and the customer say."""
    who = asking(request)
    case = _whole(who, case_id)
    events = _told(case, [*COURSE, "instructed", "received"])
    course = [one for one in events if one.kind in COURSE]
    received = next((one for one in events if one.kind == "received"), None)
    answers = [one for one in events if one.kind == "replied" and one.data.get("kind") == "final"]
    context = _common(who, case, request.at) | {
        "lines": _lines(who, case, course),
        "instructions": _lines(who, case, [one for one in events if one.kind == "instructed"]),
        "answer": page.hidden(who, case, answers[-1].text) if answers else "",
        "visit": _visit(received.data.get("facts", {}) if received else {}),
        "receiver": case.received_by.name if case.received_by else "",
    }
    return render(request, "web/case/sheet.html", context)


def _told(case: Any, kinds: list[str]) -> list[Any]:
    """The entries without letters that were taken back: the customer never got those."""
    gone = {row.event_id for row in file.letters(case).values() if row.state == "taken_back"}
    return [one for one in here.entries(case, kinds) if one.id not in gone]


def _whole(who: Who, case_id: UUID) -> Any:
    case, reduced = here.open_case(who, case_id)
    if reduced:
        raise NotThere
    return case


def _common(who: Who, case: Any, now: datetime) -> dict[str, Any]:
    title = page.hidden(who, case, case.title)
    return page.facts(who, case, now) | {"case": case, "title": title, "place": "cases"}


def _lines(who: Who, case: Any, events: list[Any]) -> list[Line]:
    names = names_of(who, events)
    return [
        Line(
            at=one.at,
            what=str(label_of(labels.EVENTS, one.kind).word),
            more=line_of(one, case, names),
            text=page.hidden(who, case, one.text),
            who=who_of(one, names),
        )
        for one in events
    ]


def _visit(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a visit adds: room, recorder, companions, joint check, signature (IN-5)."""
    words = {
        "room": _("接待室"),
        "recorder": _("记录人"),
        "accompanied_by": _("同行人"),
        "joint_check": _("当场核对的原始资料"),
        "letter_dated": _("来信日期"),
        "letter_arrived": _("收到日期"),
    }
    return [(words[name], value) for name, value in facts.items() if name in words and value]
