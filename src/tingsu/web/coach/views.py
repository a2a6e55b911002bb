"""What the coach says of words while they are typed. Nothing typed is stored or logged (CO-1)."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.queries import access_case
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.web.coach import advice
from tingsu.web.door import Asked, asking, door
from tingsu.web.limits import Limit, allowed

TYPING = Limit("coach", 600, 60)  # for one member: ten a second, more than anybody types
MOST = 20_000  # characters, as long as a letter may be
MOST_BODY = 200_000


@door(Can.DESK)
@require_POST
def words(request: Asked) -> HttpResponse:
    """{"text", "case", "about"} -> {"marks", "check"}; about is reply, final or "" (coach.js)."""
    who = asking(request)
    if not allowed(TYPING, str(who.member_id)):
        return JsonResponse({"error": _("太快了，请稍等。")}, status=429)
    told = _told(request)
    if told is None:
        return JsonResponse({"error": _("这段话读不懂，请重试。")}, status=400)
    case = _case(request, told)
    house = directory.organisation(who.organisation_id)
    found = advice.of(told["text"], who, house, case, about=str(told.get("about", "")))
    return JsonResponse(found, headers={"Cache-Control": "no-store"})


def _told(request: Asked) -> dict[str, Any] | None:
    if len(request.body) > MOST_BODY:
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    right = isinstance(told, dict) and isinstance(told.get("text"), str)
    return told if right and len(told["text"]) <= MOST else None


def _case(request: Asked, told: dict[str, Any]) -> Any:
    """The case that is written about; None on a form that has none yet."""
    if not told.get("case"):
        return None
    try:
        case_id = UUID(str(told["case"]))
    except ValueError as odd:
        raise NotThere from odd
    return access_case(asking(request), case_id, Can.READ)
