"""When nothing can be kept: the disk is full or read-only, the database is away. Then nobody is
told that something was registered, and what was typed is handed back (PL-7). Touches no table."""

import errno
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

_DISK = frozenset(
    {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EACCES, errno.EPERM}
)
READ_ONLY = "25006"  # what PostgreSQL calls it; Django makes an InternalError of it
_SECRET = ("password", "code", "token", "csrf")
SHORTEST = 6  # characters that are worth handing back
RETRY = "120"  # seconds, for programs that ask


def cannot_keep(problem: BaseException | None) -> bool:
    """Whether the house could not write, or not reach its tables; through what wrapped it too."""
    seen = 0
    while problem is not None and seen < 10:
        if isinstance(problem, OperationalError | InterfaceError):
            return True
        if isinstance(problem, OSError) and problem.errno in _DISK:
            return True
        if getattr(problem, "sqlstate", None) == READ_ONLY:
            return True
        problem, seen = problem.__cause__ or problem.__context__, seen + 1
    return False


def not_kept(request: HttpRequest) -> HttpResponse:
    """503, with what was typed to be copied. Asks no table, since they may be away: no session, no
    member, no context processor."""
    wrote = request.method not in ("GET", "HEAD")
    context = {
        "request": request,
        "wrote": wrote,
        "typed": list(_typed(request)) if wrote else [],
        "title": _("现在存不下来") if wrote else _("现在打不开"),
    }
    html = render_to_string("web/trouble.html", context)
    return HttpResponse(html, status=503, headers={"Retry-After": RETRY})


def _typed(request: HttpRequest) -> Iterator[str]:
    """The texts of the form, the longest first; nothing that is secret, no codes of lists."""
    try:
        given = list(request.POST.lists())
    except Exception:  # noqa: BLE001 - the form itself could not be taken in
        return
    texts = [
        text
        for name, values in given
        if not any(word in name.lower() for word in _SECRET)
        for text in values
        if len(text.strip()) >= SHORTEST
    ]
    yield from sorted(dict.fromkeys(texts), key=len, reverse=True)[:20]
