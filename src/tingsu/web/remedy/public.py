"""The public's own trial: what might be owed, by the public rules, with nothing stored."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from tingsu.cases.remedies import Asking, trial
from tingsu.packs import Pack, PackError, available, load
from tingsu.packs.remedies import REMEDIES
from tingsu.people.permission import NotThere
from tingsu.web import limits
from tingsu.web.door import Asked, public
from tingsu.web.remedy import show
from tingsu.web.remedy.parse import asking_of


@public
def trades(request: Asked) -> HttpResponse:
    """For which industry?"""
    language = get_language() or "zh-hans"
    packs = [load(one) for one in available()]
    found = [(one.id, one.label(language)) for one in packs if _has_rules(one)]
    return render(request, "web/remedy/trades.html", {"trades": found})


@public
def trade(request: Asked, pack_id: str) -> HttpResponse:
    """Choose, fill in, see. Every look at a result counts; nothing is kept."""
    pack = _pack(pack_id)
    typed, full = Asking(), False
    if request.method == "POST":
        full = not limits.allowed(limits.TRY, limits.address_of(request))
        typed = Asking() if full else asking_of(request.POST)
    worked = trial(pack, timezone.localdate(request.at), typed, public=True)
    context: dict[str, Any] = show.context(worked, Asking(typed.situations, typed.facts))
    context |= {
        "pack_id": pack.id,
        "trade": pack.label(get_language() or "zh-hans"),
        "wait": limits.wait_words(limits.TRY) if full else "",
        "fresh_fields": context["shown"] != request.POST.get("shown", ""),
        "public": True,
    }
    part = request.method == "POST" and request.htmx
    template = "web/remedy/live.html" if part else "web/remedy/public.html"
    response = render(request, template, context, status=429 if full and not part else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _pack(pack_id: str) -> Pack:
    if pack_id not in available():
        raise NotThere
    try:
        pack = load(pack_id)
    except PackError as odd:
        raise NotThere from odd
    if not _has_rules(pack):
        raise NotThere
    return pack


def _has_rules(pack: Pack) -> bool:
    return any(rule.public for rule in REMEDIES.of(pack).on(timezone.localdate()))
