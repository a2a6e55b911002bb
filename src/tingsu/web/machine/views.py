"""What a language model writes for a case: asked for by a button, shown with its mark, with what
the guard and the reply check say of it. Calls channels, reads queries, no models."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.errors import Refusal
from tingsu.cases.queries import access_case
from tingsu.channels.llm import asking as model
from tingsu.channels.llm import connecting, prompts
from tingsu.core.smuggled import orders
from tingsu.people import directory
from tingsu.people.permission import Can, Who
from tingsu.web.coach import advice
from tingsu.web.door import Asked, asking, door
from tingsu.web.machine.words import KINDS, trouble
from tingsu.web.members.forms import key_of


@door(Can.HANDLE)
@require_GET
@never_cache
def panel(request: Asked, case_id: UUID) -> HttpResponse:
    """What was asked for and what came, drawn after the page."""
    return _panel(request, access_case(asking(request), case_id, Can.HANDLE))


@door(Can.HANDLE)
@require_POST
def ask(request: Asked, case_id: UUID) -> HttpResponse:
    """Put a question; the answer comes beside whatever is done meanwhile."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    kind, file_id = request.POST.get("kind", ""), key_of(request.POST, "file")
    try:
        model.ask(who, case, kind, request.at, file_id=file_id)
    except Refusal as refusal:
        return _panel(request, case, refusal.words, status=422)
    return _panel(request, case) if request.htmx else redirect("case", case_id=case.id)


@door(Can.HANDLE)
@require_GET
@never_cache
def sent(request: Asked, case_id: UUID) -> HttpResponse:
    """Exactly what would leave the house."""
    case = access_case(asking(request), case_id, Can.HANDLE)
    messages, veil = prompts.messages(case, "draft")
    context = {"document": messages[1]["content"], "hidden": len(veil.meant)}
    return render(request, "web/machine/sent.html", context)


def _panel(request: Asked, case: Any, wrong: str = "", *, status: int = 200) -> HttpResponse:
    who = asking(request)
    row = connecting.working(case.organisation_id)
    found = model.newest(case) if row else []
    shown = [_shown(who, case, one) for one in found]
    kinds = {one.kind for one in found}
    heard = {one.file_id for one in found}
    files = model.recordings(case) if row and row.listener else []
    context = {
        "case": case,
        "on": row is not None,
        "shown": shown,
        "waits": any(one["row"].state in model.OPEN for one in shown),
        "offers": [(kind, KINDS[kind]) for kind in ("draft", "summary") if kind not in kinds],
        "recordings": [one for one in files if one.id not in heard],
        "orders": orders(prompts.told(case)),
        "wrong": wrong,
    }
    return render(request, "web/machine/panel.html", context, status=status)


def _shown(who: Who, case: Any, row: Any) -> dict[str, Any]:
    """A row with its words; nobody sees what a machine wrote before the coach has read it."""
    found = {"row": row, "label": KINDS[row.kind], "trouble": trouble(row.error)}
    text = row.text if row.state == "done" else ""
    if not text:
        return found
    house = directory.organisation(who.organisation_id)
    about = "reply" if row.kind == "draft" else ""
    said = advice.of(text, who, house, case, about=about)
    units = text.encode("utf-16-le")
    marks = [
        mark | {"said": units[2 * mark["start"] : 2 * mark["end"]].decode("utf-16-le")}
        for mark in said["marks"]
    ]
    return found | {"text": text, "marks": marks, "lacks": said["check"]}
