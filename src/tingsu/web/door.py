"""Every page's door: who is asking, and may they. Deny first, then allow.

A view without ``@door`` or ``@public`` is refused, and a test that walks all routes fails on it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from tingsu.people.directory import who_is
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may
from tingsu.web import errors
from tingsu.web.gate import detour

View = Callable[..., HttpResponse]
# Sign-in pages of allauth ask their own questions; operations of the API have a door of their own.
FOREIGN = ("allauth.", "django.views.i18n", "ninja.")


class Asked(HttpRequest):
    """A request that came through the door."""

    who: Who | None  # None on public pages
    at: Any  # the instant of the request, the one now() of everything that it does
    htmx: Any


class DoorMiddleware:
    """Knows the member, refuses views without a door, words the refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast("Asked", request)
        asked.at = now()
        asked.who = cast("Who | None", SimpleLazyObject(lambda: _who(request)))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if view.__module__.startswith(FOREIGN) or hasattr(view, "right"):
            return None
        return errors.forbidden(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, Forbidden):
            return errors.forbidden(request)
        if isinstance(problem, NotThere):
            return errors.not_there(request)
        return None


def door(right: Can) -> Callable[[View], View]:
    """Only members with the right come in; the others sign in, or are told kindly."""

    def hang(view: View) -> View:
        @wraps(view)
        def inside(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            if not request.who:
                return errors.no_house(request)
            if way_round := detour(request):
                return way_round
            if not may(request.who, right):
                return errors.forbidden(request)
            return view(request, *args, **kwargs)

        inside.right = right  # type: ignore[attr-defined]
        return inside

    return hang


def asking(request: Asked) -> Who:
    """The member behind a door. Raises TypeError on a public page, where there is none."""
    if not request.who:
        raise TypeError("no member behind a public page")
    return request.who


def public(view: View) -> View:
    """For everybody, no account."""
    view.right = None  # type: ignore[attr-defined]
    return view


def _sign_in(request: Asked) -> HttpResponse:
    """A page asks for the sign-in; a part of a page says so and keeps what was typed."""
    if request.htmx or request.headers.get("accept", "").startswith("application/json"):
        return HttpResponse(status=401, headers={"HX-Trigger": "tingsu:signed-out"})
    if request.method == "POST":
        return errors.signed_out(request)
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def _who(request: HttpRequest) -> Who | None:
    if not request.user.is_authenticated:
        return None
    return who_is(request.user.pk, request.session.get("organisation"))
