"""The file of a case: copies to take, the line of the register. Reads queries, no models."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.actions import archive as acts
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import access_case, archive, here
from tingsu.followup import queries
from tingsu.followup.actions import dossier
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere, may
from tingsu.web import labels
from tingsu.web.archive.handing import handed_out
from tingsu.web.archive.words import retention_words
from tingsu.web.case import page as case_page
from tingsu.web.case.story import names_of, who_of
from tingsu.web.case.telling import changes_of, line_of
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of

KINDS = {"pdf": "application/pdf", "zip": "application/zip"}
STEPS: Mapping[str, Callable[..., Any]] = {
    "place": acts.set_place,
    "hold": acts.hold,
    "lift": acts.lift,
}


@door(Can.READ)
@require_GET
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """Copies, and where the file lies."""
    return _page(request, case_id)


@door(Can.READ)
@require_POST
def make(request: Asked, case_id: UUID) -> HttpResponse:
    """Ask for a copy: full, or masked where the member may not see persons."""
    who = asking(request)
    case, reduced = here.open_case(who, case_id)
    if reduced:
        raise NotThere
    masked = bool(request.POST.get("masked")) or not may(who, Can.UNMASK)
    try:
        dossier.ask(case, acting(who), request.at, masked=masked, language=language(),
                    rows=_rows(who, case))  # fmt: skip
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("正在制作案卷，好了就能下载。"))
    return _to(reverse("case_file_wing", args=[case_id]))


@door(Can.READ)
@require_GET
def progress(request: Asked, case_id: UUID, dossier_id: UUID) -> HttpResponse:
    """How far a copy is; the whole line when it is ready."""
    row = queries.access_dossier(asking(request), case_id, dossier_id)
    return render(request, "web/archive/copy.html", {"copy": _copy(row), "case": row.case})


@door(Can.READ)
@require_GET
def take(request: Asked, case_id: UUID, dossier_id: UUID, what: str) -> HttpResponse:
    """Download; who took it is on record before the first byte leaves."""
    who = asking(request)
    row = queries.access_dossier(who, case_id, dossier_id)
    if what not in KINDS:
        raise NotThere
    file = dossier.take(row, who, acting(who), request.at, what=what)
    name = f"{row.case.number}{'-masked' if row.masked else ''}.{what}"
    return handed_out(file, name, KINDS[what])


@door(Can.DISPOSE)
@require_POST
def keep(request: Asked, case_id: UUID) -> HttpResponse:
    """Place, hold, lift: what is said of a file that is put away."""
    who = asking(request)
    case = access_case(who, case_id, Can.DISPOSE)
    do, text = request.POST.get("do", ""), request.POST.get("text", "")
    do = do if do in STEPS else "place"
    given: dict[str, Any] = {"place" if do == "place" else "reason": text}
    sent = request.POST.get("ik", "")[:40]
    try:
        STEPS[do](case, acting(who), request.at, key=f"kept:{sent}" if sent else None, **given)
    except Refusal as refusal:
        return _page(request, case_id, wrong={"do": do, "words": refusal.words, "text": text})
    messages.success(request, _("已记下。"))
    return _to(reverse("case_file_wing", args=[case_id]))


def _page(request: Asked, case_id: UUID, wrong: dict[str, str] | None = None) -> HttpResponse:
    context, who = frame(request, case_id, "file"), asking(request)
    case, full = context["case"], may(who, Can.UNMASK)
    row = archive.of_case(case)
    context |= {
        "copies": [_copy(one) for one in queries.dossiers(case) if one.masked or full],
        "full": full,
        "row": row,
        "rule": retention_words(row.rule) if row else "",
        "may_keep": "dispose" in context["may"] and row is not None and row.state == "kept",
        "wrong": wrong or {},
    }
    return render(request, "web/archive/file.html", context, status=422 if wrong else 200)


def _copy(row: Any) -> dict[str, Any]:
    """A copy for the page."""
    return {
        "row": row,
        "running": row.state in ("waiting", "making"),
        "percent": int(100 * row.done / row.total) if row.total else 0,
        "url": reverse("case_dossier_progress", args=[row.case_id, row.id]),
    }


def _rows(who: Any, case: Any) -> list[dict[str, Any]]:
    """The timeline as the page tells it: the worker has no words of its own for it."""
    events = here.window(case, size=case.version)
    names = names_of(who, events)
    found = []
    for event in events:
        text = event.text
        if event.kind == "facts_changed":
            reason, changes = changes_of(event.text, case)
            told = [f"{one.name}{_('：')}{one.old} → {one.new}" for one in changes]
            text = "\n".join(filter(None, [reason, *told]))
        what = str(label_of(labels.EVENTS, event.kind).word)
        line = line_of(event, case, names)
        found.append({
            "seq": event.seq,
            "at": event.at.isoformat(),
            "kind": event.kind,
            "what": f"{what} · {line}" if line else what,
            "who": who_of(event, names),
            "text": case_page.hidden(who, case, text),
        })  # fmt: skip
    return found


def _to(url: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": url})
