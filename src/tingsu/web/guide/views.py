"""Whom a trainer holds to the method, and the method off or on one's own screen. Calls people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.people import directory, guiding
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door


@door(Can.COACH)
def beginners(request: Asked) -> HttpResponse:
    """Who is held to the method."""
    who = asking(request)
    if request.method == "POST":
        chosen = {one for text in request.POST.getlist("beginner") if (one := _id(text))}
        guiding.bind(who, request.at, binds="binds" in request.POST, beginners=chosen)
        messages.success(request, _("已存好，马上起作用。"))
        return redirect("guide_beginners")
    context = {
        "place": "coach",
        "binds": directory.organisation(who.organisation_id).guide_binds,
        "people": guiding.talkers(who.organisation_id),
    }
    return render(request, "web/guide/beginners.html", context)


@door(Can.DESK)
@require_POST
def hide(request: Asked) -> HttpResponse:
    """Off the own screen (``hidden=1``), or on it again; back to the page one comes from."""
    try:
        guiding.hide(asking(request), hidden=request.POST.get("hidden") == "1")
    except Refusal as refusal:
        messages.error(request, refusal.words)
    back = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if own else reverse("desk"))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
