"""How these pages answer: after a change, go on; after a refusal, 422 with everything kept."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tingsu.people.permission import Who
from tingsu.web.door import Asked


def who_asks(request: Asked) -> Who:
    """The member behind a door, who is always there."""
    return cast("Who", request.who)


def go_on(request: HttpRequest, words: str, route: str, *args: object) -> HttpResponse:
    """Say what was done and show the page after it (303, so that a reload repeats nothing)."""
    messages.success(request, words)
    return HttpResponse(status=303, headers={"Location": reverse(route, args=args)})


def show(
    request: HttpRequest, page: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    """A page of web/members; 422 when a form was refused."""
    return render(request, f"web/members/{page}.html", context, status=422 if refused else 200)
