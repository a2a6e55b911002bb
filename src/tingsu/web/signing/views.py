"""Signing on our screen; the link for another one; the drawn picture. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.cases.actions import sign
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries import signing as queries
from tingsu.cases.sign_links import key_of
from tingsu.core.signing import grouped
from tingsu.people.actor import acting
from tingsu.people.directory import organisation
from tingsu.people.permission import Can
from tingsu.web import limits
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.labels_ending import SIGNED_BY, SIGNERS
from tingsu.web.portal.qr import svg
from tingsu.web.signing.forms import SignForm

# Where each kind of thing is shown: back to there once it is signed.
PLACES: dict[str, str] = {
    "settlement": "case_ending",
    "mediation": "case_ending",
    "result": "case_ending",
    "minutes": "case_investigation",
}


@door(Can.UNMASK)
def page(request: Asked, case_id: UUID, signing_id: UUID) -> HttpResponse:
    """The whole text with the box to sign in; once it is signed, what was signed and how."""
    context = frame(request, case_id, "", Can.UNMASK)
    case = context["case"]
    row = queries.one(case, signing_id)
    form = SignForm(request.POST or None, initial={"name": row.name})
    status = 200
    if request.method == "POST":
        if form.is_valid() and _signed(request, case, row, form):
            messages.success(request, _("已签字。"))
            return _back(case, row)
        status = 422
    context |= told(row) | {"form": form, "link": _link(request, row), "again": status == 422}
    return render(request, "web/signing/page.html", context, status=status)


@door(Can.UNMASK)
def picture(request: Asked, case_id: UUID, signing_id: UUID) -> HttpResponse:
    """The drawn signature, written anew by us: the one thing of outside that we show inline."""
    case = access_case(asking(request), case_id, Can.UNMASK)
    response = HttpResponse(
        queries.picture(queries.one(case, signing_id)), content_type="image/png"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def told(row: Any) -> dict[str, Any]:
    """What both pages of signing show of a row."""
    return {
        "row": row,
        "role": label_of(SIGNERS, row.role),
        "way": label_of(SIGNED_BY, row.way) if row.way else None,
        "hash": grouped(row.text_hash),
    }


def put(form: Any, refusal: Refusal) -> None:
    """A refusal at its field."""
    found = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
    for name, words in found.items():
        form.add_error(name if name in form.fields else None, words)


def _signed(request: Asked, case: Any, row: Any, form: SignForm) -> bool:
    hand = form.hand("here", limits.address_of(request))
    sent = request.POST.get("ik", "")[:40]
    key = f"sign:{sent}" if sent else None
    try:
        sign.sign(case, acting(asking(request)), request.at, signing_id=row.id, hand=hand, key=key)
    except Refusal as refusal:
        put(form, refusal)
        return False
    return True


def _link(request: Asked, row: Any) -> dict[str, Any] | None:
    """The address to be sent, while it is good for anything; for those who may give it out."""
    key = key_of(row) if row.state == "waiting" else ""
    if not key or row.link_until <= request.at or Can.HANDLE not in asking(request).rights:
        return None
    slug = organisation(row.organisation_id).slug
    base = settings.PUBLIC_URL or request.build_absolute_uri("/")[:-1]
    url = f"{base}{reverse('sign_open', args=[slug, row.id, key])}"
    return {"url": url, "qr": svg(url, _("签字链接的二维码"))}


def _back(case: Any, row: Any) -> HttpResponse:
    place = PLACES.get(row.about)
    url = reverse(place, args=[case.id]) if place else reverse("case", args=[case.id])
    return HttpResponseRedirect(url, status=303)
