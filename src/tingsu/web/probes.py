"""/healthz, /readyz and /metrics, before everything else: no session, no host name, no redirect to
https, since what asks stands beside the house and not outside."""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from tingsu.upkeep import figures, ready

LOOPBACK = frozenset({"127.0.0.1", "::1"})
# A proxy on this machine asks from here too, for somebody else.
_FOR_OTHERS = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class ProbesMiddleware:
    """Answers the three addresses, passes on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = _ANSWERS.get(request.path_info)
        return answer(request) if answer else self.get_response(request)


def _alive(_request: HttpRequest) -> HttpResponse:
    return _plain("ok", 200)


def _ready(_request: HttpRequest) -> HttpResponse:
    wrong = ready.wrong()
    return _plain(" ".join(wrong), 503) if wrong else _plain("ok", 200)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not _may_count(request):
        return _plain("", 404)
    try:
        return HttpResponse(figures.text(now()), content_type=figures.KIND)
    except DatabaseError:
        return _plain("database", 503)


def _may_count(request: HttpRequest) -> bool:
    """With the token; where none is set, from this machine itself."""
    if token := settings.METRICS_TOKEN:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.META for name in _FOR_OTHERS):
        return False
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{words}\n",
        status=status,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )


_ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": _alive,
    "/readyz": _ready,
    "/metrics": _metrics,
}
