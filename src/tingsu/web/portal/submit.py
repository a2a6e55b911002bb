"""Complaining in public, and the receipt (IN-1, IN-7)."""

import hashlib
import re
import uuid
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.cases.actions import attach, receive
from tingsu.cases.codes import code_of
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import Intake, checked
from tingsu.cases.queries import portal as queries
from tingsu.people.actor import CUSTOMER
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.web import limits
from tingsu.web.door import Asked, public
from tingsu.web.portal.access import followed, grant, page, see, told_just_now
from tingsu.web.portal.forms import ComplaintForm, put
from tingsu.web.portal.front import told_before
from tingsu.web.portal.progress import ahead
from tingsu.web.portal.qr import svg

_KEY = re.compile(r"[0-9a-f]{32}")


@public
def submit(request: Asked, slug: str) -> HttpResponse:
    """The form; a refused one comes back with all that was typed."""
    house = organisation_by_slug(slug)
    if request.method != "POST":
        response = _form(request, house, ComplaintForm(house))
        # Kept for the back button: the same form with the same key is no second complaint.
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    form = ComplaintForm(house, request.POST)
    files = given(request)
    intake = _read(request, form, files)
    if form.errors:
        return _form(request, house, form, files, status=422)
    if not limits.allowed(limits.SUBMIT, limits.address_of(request)):
        form.add_error(None, too_often(limits.SUBMIT, house))
        return _form(request, house, form, files, status=429)
    return _receive(request, house, form, intake, files)


@public
def receipt(request: Asked, slug: str, case_id: UUID) -> HttpResponse:
    """Number, look-up code, QR code; what happens next. Can be printed."""
    try:
        house, case = followed(request, slug, case_id)
    except NotThere:
        return see(f"{reverse('portal_find', args=[slug])}?again=1")
    code = code_of(case)
    address = _outside(request, reverse("portal_open", args=[slug, case.number, code]))
    context = told_before(house) | {
        "case": case,
        "code": code,
        "qr": svg(address, _("扫码查看进展")),
        "ahead": ahead(case, queries.coming(case, request.at)),
        "find_address": _outside(request, reverse("portal_find", args=[slug])),
    }
    return page(request, "receipt", house, context)


def given(request: HttpRequest) -> list[attach.Given]:
    """The files of a form as the action takes them."""
    return [_given(upload) for upload in request.FILES.getlist("files")]


def too_often(limit: limits.Limit, house: Any) -> str:
    """Why not now, until when, and what to do if it cannot wait."""
    wait = limits.wait_words(limit)
    words = _("这个网络地址一时提交得太多，请过 %(wait)s 再试。") % {"wait": wait}
    if house.contact_phone:
        words += _("着急的话，请拨打 %(phone)s。") % {"phone": house.contact_phone}
    return words


def _given(upload: Any) -> attach.Given:
    return attach.Given(upload.name or "", upload.size or 0, upload)


def _read(request: Asked, form: ComplaintForm, files: list[attach.Given]) -> Intake:
    """All that is wrong, said at once: the fields, the whole, the files."""
    form.is_valid()
    intake = form.intake(f"web:{_key(request)}")
    try:
        intake = checked(intake, request.at)
    except Invalid as problem:
        put(form, problem)
    try:
        attach.check_all(files)
        _together(files)
    except Invalid as problem:
        put(form, problem)
    if form.filled_by_program():
        form.add_error(None, _("为了挡住自动程序，请您再点一次「提交投诉」。"))
    return intake


def _together(files: list[attach.Given]) -> None:
    if sum(file.size for file in files) > settings.CASE_FILES_LIMIT:
        words = _("附件合计不能超过 %(limit)s MB，请压缩后再传，或提交后在进展页分次补充。")
        raise Invalid({"files": words % {"limit": settings.CASE_FILES_LIMIT // 2**20}})


def _receive(
    request: Asked, house: Any, form: ComplaintForm, intake: Intake, files: list[attach.Given]
) -> HttpResponse:
    story = intake.narrative
    case = told_just_now(request, house, story)
    if case is None:
        received = receive.receive_public(house, intake, request.at)
        case = received.case
        if received.repeated and case.narrative != story:
            return _twice(request, house, form, case)
    if files:
        key = _files_key(files)
        try:
            attach.attach(case, CUSTOMER, request.at, files=files, public=True, key=key)
        except Refusal as problem:  # the case stands; its files can be given on the follow page
            messages.warning(request, problem.words)
    return grant(request, see(reverse("portal_receipt", args=[house.slug, case.id])), case)


def _files_key(files: list[attach.Given]) -> str:
    """The same for the same files: a second try keeps nothing twice and loses nothing new."""
    told = repr([(file.name, file.size) for file in files])
    return f"files:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _twice(request: Asked, house: Any, form: ComplaintForm, case: Any) -> HttpResponse:
    """The same form came back with another story: ask before there are two cases, lose nothing."""
    response = _form(request, house, form, status=409, sent=case, key=uuid.uuid4().hex)
    return grant(request, response, case)


def _form(
    request: HttpRequest,
    house: Any,
    form: ComplaintForm,
    files: list[attach.Given] | None = None,
    *,
    status: int = 200,
    sent: Any = None,
    key: str = "",
) -> HttpResponse:
    context = told_before(house) | {
        "form": form,
        "ik": key or _key(request),
        "lost_files": [file.name for file in files or []],
        "sent": sent,
        "for_authority": house.kind == "authority",
    }
    return page(request, "submit", house, context, status)


def _key(request: HttpRequest) -> str:
    """The form's own key: the same for a double click, a new one for a new form."""
    sent = request.POST.get("ik", "")
    return sent if _KEY.fullmatch(sent) else uuid.uuid4().hex


def _outside(request: HttpRequest, path: str) -> str:
    """The address as the outside world writes it."""
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
