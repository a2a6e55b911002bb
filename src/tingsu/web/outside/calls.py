"""The telephone rings: the desk asks, and the form opens with the caller recognised (IN-3)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tingsu.cases.queries.parties import by_phone
from tingsu.channels.call import ringing
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door


@door(Can.RECEIVE)
@require_GET
def ringing_now(request: Asked) -> HttpResponse:
    """What rings at the own extension; empty where nothing does."""
    who = asking(request)
    calls = [
        {"row": row, "known": [one.name for one in by_phone(who, row.number)[:3] if one.name]}
        for row in ringing.now_for(who, request.at)
    ]
    return render(request, "web/outside/ringing.html", {"calls": calls})
