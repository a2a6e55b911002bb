"""Which cases this browser has opened with their codes. Touches one signed cookie, no tables.

The cookie lives as long as the browser, twelve hours at most, and names cases, not codes. A code
that is made void ends the access it gave, because the cookie carries the code's round.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tingsu.cases import codes
from tingsu.cases.queries import portal as queries
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.web.door import Asked, View, public

COOKIE = "followed"
SALT = "tingsu.portal"
HOURS = 12
RECENT = timedelta(hours=1)
MOST = 8  # cases at a time; the oldest is forgotten


def grant(request: HttpRequest, response: HttpResponse, case: codes.Coded) -> HttpResponse:
    """Let this browser follow the case."""
    known = [entry for entry in _followed(request) if entry[0] != case.id.hex]
    entries = [[case.id.hex, case.code_round], *known][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(entries, salt=SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
        path="/o/",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """End the access of this browser to all cases."""
    response.delete_cookie(COOKIE, path="/o/", samesite="Lax")
    return response


def followed(request: HttpRequest, slug: str, case_id: UUID) -> Any:
    """Organisation and case, if this browser opened the case. Raises NotThere."""
    house = organisation_by_slug(slug, taking_in=False)
    for known, code_round in _followed(request):
        if known == case_id.hex:
            return house, queries.followed(house.id, case_id, code_round)
    raise NotThere


def opened(view: Callable[..., HttpResponse]) -> View:
    """For a browser that has opened the case; the others are asked for number and code again."""

    @public
    @wraps(view)
    def inside(request: HttpRequest, slug: str, case_id: UUID, **more: Any) -> HttpResponse:
        try:
            house, case = followed(request, slug, case_id)
        except NotThere:
            return see(f"{reverse('portal_find', args=[slug])}?again=1")
        return view(request, house, case, **more)

    return inside


def told_just_now(request: Asked, house: Any, narrative: str) -> Any:
    """The case that this browser made of the same words in the last hour, None if it did not: the
    back button brings the form again, sometimes with a new key."""
    followed_here = [UUID(hex=known) for known, _round in _followed(request)]
    return queries.told_since(house.id, followed_here, narrative, request.at - RECENT)


def page(
    request: HttpRequest, name: str, house: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A public page of one organisation. Nothing of a person stays in a cache on the way."""
    told = {"house": house, "public_url": f"/o/{house.slug}/"} | context
    response = render(request, f"web/portal/{name}.html", told, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def see(address: str) -> HttpResponse:
    """Go and look there (303): a reload repeats nothing."""
    response = HttpResponseRedirect(address, status=303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _followed(request: HttpRequest) -> list[list[Any]]:
    try:
        entries = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return []
    return list(entries)
