"""What every signed-in page calls beside itself: the command palette and the drafts."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tingsu.cases import desk as own
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import found
from tingsu.people.permission import Can, may
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import PLACES

MOST_BODY = 900_000  # bytes of a draft: the characters that desk.MOST_DRAFT allows, in UTF-8


@door(Can.DESK)
@require_GET
def palette(request: Asked) -> HttpResponse:
    """Places, things to begin, cases: {"items": [{"word", "hint", "icon", "url"}]}."""
    who = asking(request)
    typed = request.GET.get("q", "").strip()[:60]
    items: list[dict[str, str]] = []
    if may(who, Can.READ):
        cases = found.by_number(who, typed) if typed else found.recent(who)
        items += [
            {
                "word": case.title,
                "hint": case.number,
                "icon": "file-text",
                "url": reverse("case", args=[case.id]),
            }
            for case in cases
        ]
    items += [item for item in _begin(who) + _places(who) if typed.lower() in item["word"].lower()]
    if typed and may(who, Can.READ):
        words = _("搜索「%(words)s」") % {"words": typed}
        items.append({"word": words, "hint": "/", "icon": "search", "url": _search_url(typed)})
    return JsonResponse({"items": items})


@door(Can.DESK)
@require_http_methods(["GET", "POST"])
def drafts(request: Asked) -> HttpResponse:
    """Keep, give back or drop what is being typed (drafts.js)."""
    member_id = asking(request).member_id
    if request.method == "GET":
        kept = own.draft(member_id, request.GET.get("key", "")[:80])
        if kept is None:
            return HttpResponse(status=204)
        fields, at = kept
        return JsonResponse({"fields": fields, "at": at.isoformat(timespec="seconds")})
    try:
        told = json.loads(request.body) if len(request.body) <= MOST_BODY else None
    except ValueError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("key"), str) or not told["key"]:
        return JsonResponse({"error": _("草稿没有保存：内容太长或读不懂。")}, status=400)
    if told.get("fields") is None:
        own.drop_draft(member_id, told["key"])
        return HttpResponse(status=204)
    return _save(request, told["key"], told["fields"], str(told.get("label", "")))


def _save(request: Asked, key: str, fields: Any, label: str) -> HttpResponse:
    if not isinstance(fields, dict):
        return JsonResponse({"error": _("草稿没有保存：内容太长或读不懂。")}, status=400)
    try:
        own.save_draft(asking(request).member_id, key, fields, request.at, label=label)
    except Invalid as refused:
        return JsonResponse({"error": refused.words}, status=422)
    return JsonResponse({"at": request.at.isoformat(timespec="seconds")})


def _begin(who: Any) -> list[dict[str, str]]:
    if not may(who, Can.RECEIVE):
        return []
    return [
        {"word": word, "hint": hint, "icon": icon, "url": reverse(route)}
        for route, word, icon, hint in (
            ("call", _("登记来电"), "phone", "c"),
            ("visit", _("登记来访"), "walk", ""),
            ("letter", _("登记来信"), "mail-opened", ""),
        )
    ]


def _places(who: Any) -> list[dict[str, str]]:
    return [
        {"word": str(place.word), "hint": "", "icon": place.icon, "url": reverse(place.route)}
        for place in PLACES
        if may(who, place.right)
    ]


def _search_url(typed: str) -> str:
    return f"{reverse('cases')}?{urlencode({'q': typed})}"
