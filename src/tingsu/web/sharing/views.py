"""The ladder of a case with its hand-over sheets, and who answers for it. Reads queries, no
models."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from tingsu.cases.queries import responsibility, takeover
from tingsu.people.permission import Can, may
from tingsu.people.rulebook import case_pack
from tingsu.web import labels
from tingsu.web.case import page
from tingsu.web.case.telling import line_of
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.sharing.words import care_of, cause_words, language, need_word


@door(Can.READ)
def ladder(request: Asked, case_id: UUID) -> HttpResponse:
    """Who has it, who is asked, who stands above, what sends it up by itself."""
    context = frame(request, case_id, "ladder")
    who, case = asking(request), context["case"]
    rows = takeover.of_case(case)
    context |= {
        "handovers": [
            {
                "row": row,
                "why": cause_words(case, row.cause),
                "mine": takeover.answers(who, case, row),
                "late": takeover.late(row, request.at),
            }
            for row in rows
        ],
        "rungs": takeover.ladder(case, rows),
        "whys": takeover.whys(case, rows, language()),
    }
    return render(request, "web/sharing/ladder.html", context)


@door(Can.READ)
def sheet(request: Asked, case_id: UUID, handover_id: UUID) -> HttpResponse:
    """交接单: the record as it stood when somebody was asked, to be read at a glance or printed."""
    who = asking(request)
    case = frame(request, case_id, "ladder")["case"]
    row = takeover.one_of(case, handover_id)
    told = row.sheet
    context = page.facts(who, case, request.at) | {
        "case": case,
        "row": row,
        "why": cause_words(case, row.cause),
        "place": "cases",
        "told": told,
        "title": page.hidden(who, case, told.get("title", case.title)),
        "narrative": page.hidden(who, case, told.get("narrative", "")),
        "request_text": page.hidden(who, case, told.get("request", "")),
        "moods": [labels.ANGER[n] for n in told.get("moods", ()) if n in labels.ANGER],
        "promises": [_dated(one, "due") for one in told.get("promises", ())],
        "tasks": [_dated(one, "due") for one in told.get("tasks", ())],
        "clocks": [
            _dated(one, "due") | {"name": _clock(case, one)} for one in told.get("clocks", ())
        ],
        "talks": _lines(who, case, told.get("talks", ())),
        "tried": _lines(who, case, told.get("tried", ())),
        "needs": [need_word(one) for one in care_of(who, case.party, case.pack) or ()],
        "unmasked": may(who, Can.UNMASK),
        "told_customer": _lines(who, case, told.get("told", ())),
    }
    return render(request, "web/sharing/sheet.html", context)


@door(Can.READ)
def responsible(request: Asked, case_id: UUID) -> HttpResponse:
    """Who answers for the cause, the handling, the lateness of this case."""
    context = frame(request, case_id, "responsibility")
    context["rows"] = responsibility.of_case(context["case"])
    return render(request, "web/sharing/responsibility.html", context)


def _lines(who: Any, case: Any, told: Any) -> list[dict[str, Any]]:
    """Entries as the timeline says them; names stand in the sheet already."""
    return [
        _dated(one, "at")
        | {
            "what": label_of(labels.EVENTS, one["kind"]).word,
            "more": line_of(_Told(one), case, _NOBODY),
            "text": page.hidden(who, case, one["text"]),
            "who": one["who"],
        }
        for one in told
    ]


class _Told:
    """An entry out of a sheet, as ``telling`` reads entries."""

    def __init__(self, one: dict[str, Any]) -> None:
        self.kind, self.data, self.text = one["kind"], one.get("data", {}), one["text"]


class _Nobody:
    """Names are not asked for again: whoever did it stands in the line."""

    def person(self, _code: Any) -> str:
        return ""

    department = person


_NOBODY: Any = _Nobody()


def _dated(one: dict[str, Any], name: str) -> dict[str, Any]:
    return one | {name: datetime.fromisoformat(one[name])}


def _clock(case: Any, one: dict[str, Any]) -> str:
    pack = case_pack(case)
    return pack.clock_label(one["rule"], language())
