"""Signing by a link: open, read, sign or say why not. Touches one signed cookie, calls actions.

The link leads on at once, so that its key stands in no page, no referrer and no history. It can be
opened until it is over, and is of use once: whoever has signed sees that it is done.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing as cookies
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.actions import sign
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import signing as queries
from tingsu.people.actor import CUSTOMER
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.web import limits
from tingsu.web.door import Asked, public
from tingsu.web.portal.access import followed, see
from tingsu.web.signing.forms import DeclineForm, SignForm
from tingsu.web.signing.views import put, told

COOKIE = "signing"
SALT = "tingsu.signing"
HOURS = 2


@public
def open_link(request: Asked, slug: str, signing_id: UUID, key: str) -> HttpResponse:
    """The link itself. It always leads on; a wrong one leads to a page that says so."""
    address = limits.address_of(request)
    response = see(reverse("sign", args=[slug, signing_id]))
    response.headers["Referrer-Policy"] = "no-referrer"
    if limits.used_up(limits.FIND, address):
        return response
    try:
        house = organisation_by_slug(slug, taking_in=False)
        row = queries.by_link(house.id, signing_id, key, request.at)
    except NotThere:
        limits.count(limits.FIND, address)
        return response
    response.set_cookie(
        COOKIE,
        cookies.dumps([row.id.hex, row.link_round], salt=SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
        path="/o/",
    )
    return response


@public
def signing(request: Asked, slug: str, signing_id: UUID) -> HttpResponse:
    """The whole text, its hash, and the box to sign in."""
    house = organisation_by_slug(slug, taking_in=False)
    row = _row(request, house, slug, signing_id)
    if row is None:
        return _shown(request, "closed", house, {}, 404)
    form = SignForm(request.POST or None, initial={"name": row.name})
    status = 200
    if request.method == "POST":
        if not limits.allowed(limits.SAY, str(row.case_id)):
            form.add_error(None, _("提交得太多了，请稍后再试。"))
            status = 429
        elif form.is_valid() and _taken(request, row, form):
            return see(reverse("sign", args=[slug, row.id]))
        else:
            status = 422
    return _page(request, house, row, status, form=form)


@public
@require_POST
def decline(request: Asked, slug: str, signing_id: UUID) -> HttpResponse:
    """Not like this, and why."""
    house = organisation_by_slug(slug, taking_in=False)
    row = _row(request, house, slug, signing_id)
    if row is None:
        return _shown(request, "closed", house, {}, 404)
    form = DeclineForm(request.POST)
    if form.is_valid() and limits.allowed(limits.SAY, str(row.case_id)):
        try:
            sign.decline(
                row.case, CUSTOMER, request.at,
                signing_id=row.id, text=form.cleaned_data["text"], key=_key(request, "decline"),
            )  # fmt: skip
        except Refusal as refusal:
            put(form, refusal)
        else:
            return see(reverse("sign", args=[slug, row.id]))
    return _page(request, house, row, 422, declining=form)


def _taken(request: Asked, row: Any, form: SignForm) -> bool:
    hand = form.hand("link", limits.address_of(request))
    key = _key(request, "sign")
    try:
        sign.sign(row.case, CUSTOMER, request.at, signing_id=row.id, hand=hand, key=key)
    except Refusal as refusal:
        put(form, refusal)
        return False
    return True


def _page(request: Asked, house: Any, row: Any, status: int, **open_forms: Any) -> HttpResponse:
    if row.state != "waiting":
        return _shown(request, "done", house, told(row))
    forms = {"form": SignForm(initial={"name": row.name}), "declining": DeclineForm()}
    context = told(row) | forms | open_forms | {"again": status != 200}
    return _shown(request, "sign", house, context, status)


def _shown(
    request: HttpRequest, name: str, house: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    told = {"house": house, "public_url": f"/o/{house.slug}/"} | context
    response = render(request, f"web/signing/{name}.html", told, status=status)
    response.headers["Cache-Control"] = "no-store"
    # Without a referrer a browser sends its forms from nowhere, and they are refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _row(request: Asked, house: Any, slug: str, signing_id: UUID) -> Any:
    """The row that this browser may see: by the link, or because it follows the case as the
    complainant. None for anybody else."""
    try:
        known, link_round = cookies.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HOURS * 3600
        )
        if known == signing_id.hex:
            return queries.opened(house.id, signing_id, link_round, request.at)
    except (cookies.BadSignature, NotThere, ValueError):
        pass
    try:
        row = queries.of_house(house.id, signing_id)
        followed(request, slug, row.case_id)
    except NotThere:
        return None
    return row if row.role == "complainant" else None


def _key(request: HttpRequest, step: str) -> str | None:
    sent = request.POST.get("ik", "")[:40]
    return f"{step}:{sent}" if sent else None
