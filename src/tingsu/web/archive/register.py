"""The register of the archive, and what is due for disposal. Reads queries, no models."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from tingsu.cases.queries import archive
from tingsu.people.permission import Can, may
from tingsu.web.archive.words import LISTS
from tingsu.web.door import Asked, asking, door

MOST_QUERY = 32


@door(Can.ARCHIVE)
@require_GET
def page(request: Asked) -> HttpResponse:
    """Newest first; those that are due can be ticked and put up for disposal."""
    return register_page(request)


def register_page(request: Asked, *, which: str = "", **told: object) -> HttpResponse:
    """told: what was typed into the proposal, and what is wrong with it."""
    who, today = asking(request), localdate(request.at)
    chosen = which or request.GET.get("list", "")
    chosen = chosen if chosen in LISTS else "kept"
    query = request.GET.get("q", "").strip()[:MOST_QUERY]
    after = request.GET.get("after", "")
    counts = archive.counts(who, today)
    found = archive.page(who, chosen, today, query=query, after=after)
    context = {
        "place": "archive",
        "now": request.at,
        "today": today,
        "lists": [(code, label, counts[code], code == chosen) for code, label in LISTS.items()],
        "which": chosen,
        "rows": found.rows,
        "following": found.following,
        "after": after,
        "query_number": query,
        "may_propose": chosen == "due" and may(who, Can.DISPOSE),
        "picked": set(),
        **told,
    }
    return render(request, "web/archive/register.html", context, status=422 if told else 200)
