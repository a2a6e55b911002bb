"""The wing of endings: what is missing, what was agreed, what is owed. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tingsu.cases.queries import ending as queries
from tingsu.people.permission import Can
from tingsu.web import labels_ending as words
from tingsu.web.case import page as case_page
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.signing.rows import signatures

MOVES_TO_MEDIATE = frozenset(
    {"accepted", "investigating", "negotiating", "mediating", "deciding", "confirming"}
)


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """Everything of it on one page, what is missing for closing first."""
    context = frame(request, case_id, "ending")
    case = context["case"]
    found = queries.of_case(case)
    subjects = [row.id for row in found.agreements] + [case.id]
    signed = signatures(case, subjects)
    context |= {
        "found": found,
        "missing": case_page.missing(case),
        "proposals": [_proposal(row) for row in queries.proposed(case)],
        "agreements": [_agreement(row, signed.get(row.id, [])) for row in found.agreements],
        "mediations": [_mediation(row, found) for row in found.mediations],
        "owed": [_owed(case, row, found) for row in found.owed],
        "extra": [_owed(case, row, found) for row in found.extra],
        "result_signed": signed.get(case.id, []),
        "may_mediate": case.state in MOVES_TO_MEDIATE and not found.open_mediation,
        "deciding": case.state == "deciding",
        "asked": queries.asked(case),
        "silence": queries.silence(case) if case.state == "confirming" else None,
        "opens": Can.UNMASK in asking(request).rights,
        "principles": _principles(case, found),
    }
    return render(request, "web/ending/page.html", context)


def _principles(case: Any, found: queries.Endings) -> list[str]:
    """What is to be kept in mind while it is being talked over."""
    kind = {"negotiating": "settlement", "mediating": "mediation"}.get(case.state, "")
    if found.open_mediation:
        kind = "mediation"
    book, on = queries.book(case)
    return [one.label(language()) for one in book.principles(kind, on)] if kind else []


def _proposal(row: Any) -> dict[str, Any]:
    return {"row": row, "lines": [_line(one) for one in queries.lines(row)]}


def _agreement(row: Any, signed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "row": row,
        "kind": label_of(words.SOURCES, row.kind),
        "state": label_of(words.AGREEMENTS, row.state),
        "lines": [_line(one) for one in queries.drafted(row)],
        "signatures": signed,
    }


def _line(one: Any) -> dict[str, Any]:
    return {
        "gives": label_of(words.GIVES, one.gives),
        "words": one.words,
        "fen": one.fen,
        "by": label_of(words.OWERS, one.owed_by),
    }


def _mediation(row: Any, found: queries.Endings) -> dict[str, Any]:
    sessions = [
        {
            "row": one,
            "way": label_of(words.SESSIONS, one.way),
            "result": label_of(words.MEDIATED, one.result),
        }
        for one in found.sessions.get(row.id, [])
    ]
    next_step = label_of(words.NEXT, row.next_step) if row.next_step else None
    return {"row": row, "sessions": sessions, "next": next_step}


def _owed(case: Any, row: Any, found: queries.Endings) -> dict[str, Any]:
    parts = [
        {
            "row": one,
            "file": reverse("case_file", args=[case.id, one.file_id]) if one.file_id else "",
        }
        for one in found.done.get(row.id, [])
    ]
    return {
        "row": row,
        "gives": label_of(words.GIVES, row.gives),
        "state": label_of(words.OWED, row.state),
        "source": label_of(words.SOURCES, row.source),
        "by": label_of(words.OWERS, row.owed_by),
        "left": max(0, row.fen - row.done_fen) if row.fen else 0,
        "share": round(100 * row.done_fen / row.fen) if row.fen else 0,
        "parts": parts,
        "open": row.state in queries.OPEN,
    }
