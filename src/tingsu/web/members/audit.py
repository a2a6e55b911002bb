"""For the auditor: looks at personal data, changes of the house, whole chains. Reads only."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.cases.queries import audit
from tingsu.people import directory
from tingsu.people.permission import Can
from tingsu.web.door import Asked, door
from tingsu.web.labels import ROLES, label_of
from tingsu.web.members.answers import show, who_asks
from tingsu.web.members.forms import key_of
from tingsu.web.members.words import BROKEN, CHANGED_FIELDS, CHANGES, LOOKED_FIELDS

MOST_CARRIED = 10**9


@door(Can.AUDIT)
def looks(request: Asked) -> HttpResponse:
    """Who saw which personal data in full, newest first."""
    who = who_asks(request)
    rows = audit.looked(who, before=key_of(request.GET, "before"), size=audit.PAGE + 1)
    page = rows[: audit.PAGE]
    words = [(row, [LOOKED_FIELDS.get(name, name) for name in row.fields]) for row in page]
    context = {"rows": words, "tab": "looks", **_pages(request, "looks", rows, page)}
    return show(request, "looks", context)


@door(Can.AUDIT)
def changes(request: Asked) -> HttpResponse:
    """Who changed members, departments and the organisation, newest first."""
    who = who_asks(request)
    rows = directory.changes(who, before=key_of(request.GET, "before"), size=audit.PAGE + 1)
    page = rows[: audit.PAGE]
    words = [(row, CHANGES.get(row.kind, row.kind), _details(row.data)) for row in page]
    context = {"rows": words, "tab": "changes", **_pages(request, "changes", rows, page)}
    return show(request, "changes", context)


@door(Can.AUDIT)
def verify(request: Asked) -> HttpResponse:
    """Check the chains of the organisation, a page of cases at a time; each page asks for the
    next one, so that a million cases need no long request and closing the page stops it."""
    who = who_asks(request)
    if request.method != "POST":
        return show(request, "verify", {"total": audit.how_many(who), "tab": "verify"})
    found = audit.check_chains(who, after=key_of(request.POST, "after"))
    cases = _carried(request, "cases") + found.cases
    context = {
        "cases": cases,
        "events": _carried(request, "events") + found.events,
        "total": max(_carried(request, "total"), cases),
        "following": found.following,
        "broken": found.broken,
        "meaning": BROKEN.get(found.broken.what) if found.broken else "",
        "tab": "verify",
    }
    return show(request, "_verify" if request.htmx else "verify", context)


def _carried(request: Asked, name: str) -> int:
    """A running sum that the page carries; only ever shown back to the same person."""
    typed = request.POST.get(name, "")
    fits = typed.isascii() and typed.isdigit() and len(typed) < 10
    return min(int(typed), MOST_CARRIED) if fits else 0


def _pages(request: Asked, route: str, rows: list[Any], page: list[Any]) -> dict[str, str]:
    older = f"{reverse(route)}?before={page[-1].id}" if len(rows) > len(page) else ""
    return {"older_url": older, "newer_url": reverse(route) if "before" in request.GET else ""}


def _details(data: dict[str, list[Any]]) -> list[tuple[Any, str, str]]:
    """Field, before, after, in words."""
    return [
        (CHANGED_FIELDS.get(name, name), _said(name, pair[0]), _said(name, pair[1]))
        for name, pair in data.items()
    ]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        known = ROLES if name == "roles" else {}
        return _("、").join(str(label_of(known, one).word) for one in value)
    return str(value if value is not None else "")
