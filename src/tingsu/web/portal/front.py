"""The open door: which organisations listen, how to complain, what happens then (IN-7)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from tingsu.cases.queries import portal as queries
from tingsu.people.directory import organisation_by_slug, public_organisations
from tingsu.people.rulebook import pack_of
from tingsu.web.door import Asked, public
from tingsu.web.portal.access import page
from tingsu.web.portal.progress import STAGES, Stage


@public
def home(request: Asked) -> HttpResponse:
    """The front page: the desk for members; the only organisation, or a choice, for the public."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    houses = public_organisations()
    if len(houses) == 1:
        return HttpResponseRedirect(f"/o/{houses[0].slug}/")
    return render(request, "web/portal/home.html", {"houses": houses})


@public
def welcome(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do here, and that somebody listens."""
    house = organisation_by_slug(slug)
    return page(request, "welcome", house, told_before(house))


@public
def how(request: HttpRequest, slug: str) -> HttpResponse:
    """How to complain: stages, time limits, what is needed, remedies, other ways."""
    house = organisation_by_slug(slug)
    pack = pack_of(house.id, house.pack)
    limits = queries.time_limits(pack, timezone.localdate(), house.variants)
    return page(request, "how", house, told_before(house) | {"limits": limits})


def told_before(house: Any) -> dict[str, Any]:
    """Stages and first dates, as every page tells them before there is a case."""
    pack = pack_of(house.id, house.pack)
    return {
        "stages": [Stage(name, words, "later") for name, words in STAGES],
        "contact_within": queries.first_contact_words(pack),
        "silent_at_most": queries.silence_words(pack),
    }
