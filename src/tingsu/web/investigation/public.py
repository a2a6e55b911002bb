"""The respondent's own page: open, read what is complained of, answer, add to it (HA-5).

The link leads on at once, so that its key stands in no page, no referrer and no history. Nothing of
the complainant is shown but what was complained of, with names, numbers and addresses masked.
"""

import re
import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing as cookies
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import respondent
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import investigation as queries
from tingsu.core.masking import mask_name, mask_text
from tingsu.people.actor import RESPONDENT
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.people.rulebook import case_pack
from tingsu.web import limits
from tingsu.web.case.words import language
from tingsu.web.door import Asked, public
from tingsu.web.portal.access import see
from tingsu.web.portal.fields import Files, Text
from tingsu.web.portal.forms import put
from tingsu.web.portal.submit import given, too_often

COOKIE = "responding"
SALT = "tingsu.responding"
HOURS = 12
_KEY = re.compile(r"[0-9a-f]{32}")


class AnswerForm(forms.Form):
    """An answer in the order that HA-5 asks for."""

    use_required_attribute = False

    about = Text(limit=2_000, lines=3, label=_l("投诉的是什么事，您怎么理解"))
    facts = Text(limit=10_000, lines=8, label=_l("查到的事实和证据"))
    responsibility = Text(limit=5_000, lines=3, label=_l("您认为谁有责任，为什么"))
    remedy = Text(limit=5_000, lines=3, label=_l("打算怎么处理"))
    files = Files(required=False, label=_l("证据材料"))  # type: ignore[assignment]
    person = Text(limit=200, label=_l("答复人、职务、电话"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, field in self.fields.items():
            field.required = name in ("about", "facts", "person")

    def full_clean(self) -> None:
        """What is missing is for the action to say, in its own words."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for name, field in self.fields.items():
            field.required = name in ("about", "facts", "person")


@public
def open_link(request: Asked, slug: str, link_id: UUID, key: str) -> HttpResponse:
    """The link itself. It always leads on; a wrong one leads to a page that says so."""
    address = limits.address_of(request)
    response = see(reverse("respond", args=[slug, link_id]))
    response.headers["Referrer-Policy"] = "no-referrer"
    if limits.used_up(limits.FIND, address):
        return response
    try:
        house = organisation_by_slug(slug, taking_in=False)
        link = queries.by_link(house.id, link_id, key, request.at)
    except NotThere:
        limits.count(limits.FIND, address)
        return response
    if request.method == "GET":
        respondent.opened(link, request.at)
    response.set_cookie(
        COOKIE,
        cookies.dumps(link.id.hex, salt=SALT),
        httponly=True,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
        path=f"/o/{house.slug}/respond/",
    )
    return response


@public
def respond(request: Asked, slug: str, link_id: UUID) -> HttpResponse:
    """What is complained of, by when to answer, the form, and what was answered before."""
    house = organisation_by_slug(slug, taking_in=False)
    link = _link(request, house, link_id)
    if link is None:
        return _shown(request, "closed", house, {}, 404)
    if request.method != "POST":
        return _page(request, house, link, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    if not _may_speak(request, link):
        form.is_valid()
        form.add_error(None, too_often(limits.SAY, house))
        return _page(request, house, link, form, 429)
    if form.is_valid() and _taken(request, link, form):
        messages.success(request, _("收到了，已经交给承办人。"))
        return see(reverse("respond", args=[slug, link.id]))
    return _page(request, house, link, form, 422)


def _taken(request: Asked, link: Any, form: AnswerForm) -> bool:
    told = form.cleaned_data
    sent = request.POST.get("ik", "")
    try:
        respondent.answer(
            link.case, RESPONDENT, request.at,
            told=told, unit=link.unit, person=told["person"], way="link", link_id=link.id,
            files=given(request), key=f"respond:{sent}" if _KEY.fullmatch(sent) else None,
        )  # fmt: skip
    except Refusal as refusal:
        put(form, refusal)
        return False
    return True


def _page(
    request: Asked, house: Any, link: Any, form: AnswerForm, status: int = 200
) -> HttpResponse:
    case = link.case
    names = [case.party.name] if case.party and case.party.name else []
    sent = request.POST.get("ik", "")
    answers = queries.answers_to(link)
    context = {
        "link": link,
        "case": case,
        "late": request.at > link.due_at,
        "title": mask_text(case.title, names),
        "narrative": mask_text(case.narrative, names),
        "request_text": mask_text(case.request, names),
        "complainant": mask_name(names[0]) if names else "",
        "category": case_pack(case).category_label(case.category, language())
        if case.category
        else "",
        "answers": answers,
        "form": form,
        "open": case.open,
        "ik": sent if status != 200 and _KEY.fullmatch(sent) else uuid.uuid4().hex,
        "lost_files": [one.name for one in given(request)] if status != 200 else [],
    }
    return _shown(request, "respond", house, context, status)


def _shown(
    request: HttpRequest, name: str, house: Any, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    told = {"house": house, "public_url": f"/o/{house.slug}/"} | context
    response = render(request, f"web/investigation/{name}.html", told, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _link(request: Asked, house: Any, link_id: UUID) -> Any:
    """The row that this browser has opened, as long as it holds; None for anybody else."""
    try:
        known = cookies.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HOURS * 3600)
        if known != link_id.hex:
            return None
    except cookies.BadSignature:
        return None
    try:
        return queries.opened(house.id, link_id, request.at)
    except NotThere:
        return None


def _may_speak(request: HttpRequest, link: Any) -> bool:
    return limits.allowed(limits.SAY, f"respond:{link.id}") and limits.allowed(
        limits.SAY_HERE, limits.address_of(request)
    )
