"""What is heard between the lines while a complaint is written down: its likely category,
whether it was told before, and how the customer is (SC-5, IN-8, CO-4).
Reads queries and what was learned; writes nothing."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tingsu.cases import learned
from tingsu.cases.queries.alike import Told, alike
from tingsu.people import directory
from tingsu.people.permission import Can, Who
from tingsu.people.rulebook import pack_of
from tingsu.web.door import Asked, asking, door
from tingsu.web.reading import lines, risks

EXACT = ("address", "order_number", "contract_number")


@door(Can.RECEIVE)
@require_POST
def hear(request: Asked) -> HttpResponse:
    """The offers about a text, while it is being typed. Posted, so that no log holds it."""
    who = asking(request)
    told = told_in(who, request.POST)
    listened = learned.listened(who.organisation_id, told.text)
    context = {
        "category_offers": category_offers(who, told, request.LANGUAGE_CODE),
        "found": alike(who, told, request.at),
        "reading": listened,
        "lines": lines(listened, {}),
        "risks": risks(listened),
    }
    return render(request, "web/intake/heard.html", context)


def told_in(who: Who, told: QueryDict) -> Told:
    """What has been typed of the complaint so far."""
    values = {name: told.get(name, "")[:200] for name in EXACT}
    text = "\n".join(told.get(name, "") for name in ("narrative", "request", "product"))
    return Told(text[:20_000], _pack(who, told), **values)


def _pack(who: Who, told: QueryDict) -> str:
    """The chosen pack, if the house has it; else its own."""
    house = directory.organisation(who.organisation_id)
    wanted = told.get("pack", "")
    return wanted if wanted in house.packs else house.pack


def category_offers(who: Who, about: Told, language: str) -> list[tuple[str, str, str]]:
    """Value of the choice, name and percentage of each likely category."""
    pack = pack_of(who.organisation_id, about.pack)
    return [
        (
            f"{about.pack}:{one.label}",
            pack.category_label(one.label, language),
            f"{one.confidence:.0%}",
        )
        for one in learned.guesses(who.organisation_id, about.pack, about.text)
    ]
