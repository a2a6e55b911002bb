"""Surges for supervisors and heads: the list, one with the cases behind it, "I have looked". Reads
queries, no models."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.actions import surge as action
from tingsu.cases.queries import surges
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.label import Label
from tingsu.web.rows import rows

STATES = {
    "new": Label(_l("还没人看过"), "flame", "waiting"),
    "seen": Label(_l("看过了"), "eye", "open"),
    "over": Label(_l("已平息"), "circle-check", "ended"),
}


@door(Can.ASSIGN)
@require_GET
def listed(request: Asked) -> HttpResponse:
    """All of the house, new ones first."""
    found = [(row, STATES[row.state]) for row in surges.listed(asking(request))]
    return render(request, "web/surges/listed.html", {"place": "desk", "found": found})


@door(Can.ASSIGN)
@require_GET
def one(request: Asked, surge_id: UUID) -> HttpResponse:
    """What stands out, why, and the complaints that make it up."""
    who = asking(request)
    row = surges.one(who, surge_id)
    behind = surges.behind(who, row)
    context = {
        "place": "desk",
        "row": row,
        "state": STATES[row.state],
        "rows": rows(who, behind.cases),
        "others": behind.others,
    }
    return render(request, "web/surges/one.html", context)


@door(Can.ASSIGN)
@require_POST
def seen(request: Asked, surge_id: UUID) -> HttpResponse:
    """It is off the desks until it has grown by half."""
    who = asking(request)
    action.see(who, surges.one(who, surge_id), request.at)
    messages.success(request, _("记下了。再涨一半，会重新提醒。"))
    return redirect("surge", surge_id=surge_id)
