"""What is heard between the lines while a complaint is written down: its likely category (SC-5).
Reads queries and what was learned; writes nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tingsu.cases import learned
from tingsu.people import directory
from tingsu.people.permission import Can, Who
from tingsu.people.rulebook import pack_of
from tingsu.web.door import Asked, asking, door


@door(Can.RECEIVE)
@require_POST
def hear(request: Asked) -> HttpResponse:
    """The offers about a text, while it is being typed. Posted, so that no log holds it."""
    who = asking(request)
    offers = category_offers(who, request.POST, request.LANGUAGE_CODE)
    return render(request, "web/intake/heard.html", {"category_offers": offers})


def category_offers(who: Who, told: Any, language: str) -> list[tuple[str, str, str]]:
    """Value of the choice, name and percentage of each likely category."""
    house = directory.organisation(who.organisation_id)
    wanted = str(told.get("pack") or house.pack)
    pack_id = wanted if wanted in {house.pack, *house.packs} else house.pack
    text = "\n".join(str(told.get(name, "")) for name in ("narrative", "request", "product"))
    pack = pack_of(house.id, pack_id)
    return [
        (
            f"{pack_id}:{one.label}",
            pack.category_label(one.label, language),
            f"{one.confidence:.0%}",
        )
        for one in learned.guesses(house.id, pack_id, text[:20_000])
    ]
