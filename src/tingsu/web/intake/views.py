"""Registering what comes in by phone, at the counter, by letter and by every other way (IN-1)."""

import re
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tingsu.cases import desk
from tingsu.cases.actions import attach
from tingsu.cases.codes import code_of
from tingsu.cases.errors import Invalid
from tingsu.cases.intake import Intake, checked
from tingsu.cases.queries import access_case
from tingsu.cases.queries.file import links
from tingsu.channels.call.ringing import number_of_call
from tingsu.core.channels import Channel
from tingsu.people import directory
from tingsu.people.permission import Can, Who
from tingsu.people.rulebook import pack_of
from tingsu.web import spoken
from tingsu.web.coach import card as coach
from tingsu.web.door import Asked, asking, door
from tingsu.web.intake import pads
from tingsu.web.intake.caller import NEW, Caller, caller
from tingsu.web.intake.forms import IntakeForm, put
from tingsu.web.intake.offers import agent_words, offers, starting_values
from tingsu.web.intake.save import Saved, Sheet, save
from tingsu.web.labels import CHANNELS

_KEY = re.compile(r"[0-9a-f]{32}")
# The public page and the import have their own ways in.
BY_HAND = [channel for channel in Channel if channel is not Channel.WEB]
FIRST = (Channel.PHONE, Channel.VISIT, Channel.LETTER)


@door(Can.RECEIVE)
@require_http_methods(["GET", "POST"])
def call(request: Asked) -> HttpResponse:
    """来电."""
    return _intake(request, Channel.PHONE)


@door(Can.RECEIVE)
@require_http_methods(["GET", "POST"])
def visit(request: Asked) -> HttpResponse:
    """来访."""
    return _intake(request, Channel.VISIT)


@door(Can.RECEIVE)
@require_http_methods(["GET", "POST"])
def letter(request: Asked) -> HttpResponse:
    """来信."""
    return _intake(request, Channel.LETTER)


@door(Can.RECEIVE)
@require_http_methods(["GET", "POST"])
def new(request: Asked, channel: str) -> HttpResponse:
    """Every other channel by hand."""
    if channel not in BY_HAND:
        raise Http404
    return _intake(request, Channel(channel))


@door(Can.RECEIVE)
@require_POST
def recognise(request: Asked) -> HttpResponse:
    """The panel about a number, while it is being typed. Posted, so that no log holds numbers."""
    found = caller(asking(request), request.POST, request.at)
    return render(request, "web/intake/caller.html", {"caller": found, "now": request.at})


@door(Can.RECEIVE)
@require_GET
def registered(request: Asked, case_id: UUID) -> HttpResponse:
    """What to tell the customer: number, look-up code, by when they hear from us (IN-7)."""
    case = access_case(asking(request), case_id, Can.RECEIVE)
    context = {
        "place": "call",
        "case": case,
        "code": code_of(case),
        "by_when": _by_when(case.next_at, request.at),
        "main": case.merged_into,
        "tied": [other for _link, other in links(case)],
        "again": pads.url_of(Channel(case.channel)),
        "pads": pads.unfinished(asking(request).member_id, ""),
        "now": request.at,
    }
    return render(request, "web/intake/registered.html", context)


def _intake(request: Asked, channel: Channel) -> HttpResponse:
    who = asking(request)
    if request.method == "POST":
        return _posted(request, who, channel)
    token = pads.token_of(request.GET)
    told = starting_values(who, channel, request.at) | pads.kept(who.member_id, channel, token)
    if chosen := request.GET.get("party"):
        told |= {"party": chosen}  # from a person's page: chosen, their number stays masked
    if ringing_id := request.GET.get("call"):
        told |= {"phone": number_of_call(who, ringing_id)}
    found = caller(who, told, request.at)
    form = IntakeForm(channel, offers(who, request.LANGUAGE_CODE, found), initial=told)
    return _page(request, who, form, found, token)


def _posted(request: Asked, who: Who, channel: Channel) -> HttpResponse:
    """One of the buttons: save, look the number up, change the channel, throw away."""
    token, go = pads.token_of(request.POST), request.POST.get("go", "")
    if go == "discard":
        desk.drop_draft(who.member_id, pads.key_of(channel, token))
        messages.success(request, _("这张单子已丢弃。"))
        return _see(pads.url_of(channel))
    if go in BY_HAND:
        return _carry_over(request, who, channel, token)
    found = caller(who, request.POST, request.at)
    if go == "look":
        offered = offers(who, request.LANGUAGE_CODE, found)
        shown = IntakeForm(channel, offered, initial=request.POST.dict())
        return _page(request, who, shown, found, token)
    return _save(request, who, channel, found, token)


def _save(request: Asked, who: Who, channel: Channel, found: Caller, token: str) -> HttpResponse:
    offered = offers(who, request.LANGUAGE_CODE, found)
    form = IntakeForm(channel, offered, request.POST)
    files = [
        attach.Given(file.name or "", file.size or 0, file)
        for file in request.FILES.getlist("files")
    ]
    sheet = _read(request, who, form, files, found)
    if form.errors:
        return _page(request, who, form, found, token, files=files, status=422)
    try:
        saved = save(sheet)
    except Invalid as refused:
        put(form, refused)
        return _page(request, who, form, found, token, files=files, status=422)
    if saved.repeated and saved.case.narrative != checked(sheet.intake, request.at).narrative:
        return _page(
            request, who, form, found, token, sent=saved.case, key=uuid.uuid4().hex, status=409
        )
    return _done(request, saved, pads.key_of(channel, token))


def _done(request: Asked, saved: Saved, draft_key: str) -> HttpResponse:
    desk.drop_draft(asking(request).member_id, draft_key)
    for words in saved.problems:
        messages.warning(request, words)
    return _see(reverse("registered", args=[saved.case.id]))


def _carry_over(request: Asked, who: Who, channel: Channel, token: str) -> HttpResponse:
    chosen = Channel(request.POST["go"])
    try:
        address = pads.carry_over(who.member_id, (channel, chosen), token, request.POST, request.at)
    except Invalid as refused:
        found = caller(who, request.POST, request.at)
        offered = offers(who, request.LANGUAGE_CODE, found)
        form = IntakeForm(channel, offered, request.POST)
        form.add_error(None, refused.words)
        return _page(request, who, form, found, token, status=422)
    return _see(address)


def _with_chosen(intake: Intake, found: Caller) -> Intake:
    """A person chosen by hand is meant whatever stands in the name: the case becomes theirs."""
    face = next((face for face in found.faces if face.chosen), None)
    if face is None:
        return intake
    party = face.person.party
    return replace(intake, name=party.name, phone=intake.phone or party.phone)


def _read(
    request: Asked, who: Who, form: IntakeForm, files: list[attach.Given], found: Caller
) -> Sheet:
    """All that is wrong, said at once: the fields, the whole, the files, the open question."""
    form.is_valid()
    key = _key(request)
    intake = _with_chosen(form.intake(f"hand:{key}", agent_words(who), request.at), found)
    for problem in _problems(intake, request, files):
        put(form, problem)
    told = form.cleaned_data
    if found.asks and not told.get("same") and "same" not in form.errors:
        form.add_error("same", _("这个号码最近有投诉。请选一下：是不是同一件事？"))
    if told.get("party") == NEW and not intake.name and "name" not in form.errors:
        form.add_error("name", _("同一个号码换了人，请问一下怎么称呼，好分开登记。"))
    return Sheet(who, request.at, key, form, intake, files, found.likely)


def _problems(intake: Intake, request: Asked, files: list[attach.Given]) -> list[Invalid]:
    problems = []
    try:
        checked(intake, request.at)
    except Invalid as problem:
        problems.append(problem)
    try:
        attach.check_all(files)
        if sum(file.size for file in files) > settings.CASE_FILES_LIMIT:
            words = _("附件合计不能超过 %(limit)s MB，请压缩后再传，或登记后分次添加。")
            raise Invalid({"files": words % {"limit": settings.CASE_FILES_LIMIT // 2**20}})
    except Invalid as problem:
        problems.append(problem)
    return problems


def _page(
    request: Asked,
    who: Who,
    form: IntakeForm,
    found: Caller,
    token: str,
    *,
    status: int = 200,
    files: list[attach.Given] | None = None,
    sent: Any = None,
    key: str = "",
) -> HttpResponse:
    channel = form.channel
    draft_key = pads.key_of(channel, token)
    context = {
        "place": "call",
        "form": form,
        "channel": channel.value,
        "label": CHANNELS[channel],
        "others": [(code.value, CHANNELS[code], code is channel) for code in FIRST],
        "rest": [(code.value, CHANNELS[code], code is channel) for code in BY_HAND[3:]],
        "facts": [form[name] for name in form.fields if name.startswith("fact_")],
        "caller": found,
        "agent": agent_words(who),
        "coach": coach.of_call(who, pack_of(who.organisation_id, "general"), channel.value),
        "house": directory.organisation(who.organisation_id),
        "token": token,
        "draft_key": draft_key,
        "pads": pads.unfinished(who.member_id, draft_key),
        "ik": key or _key(request),
        "lost_files": [file.name for file in files or []],
        "sent": sent,
        "local_now": f"{localtime(request.at):%Y-%m-%dT%H:%M}",
        "now": request.at,
    }
    return render(request, "web/intake/form.html", context, status=status)


def _by_when(due: datetime | None, now: datetime) -> str:
    """When the customer hears from us at the latest, as it is said on the phone."""
    if due is None or due < now:
        return ""
    told = spoken.due(due, now)
    return f"{localtime(due):%H:%M}" if told.level == "hour" else told.words


def _key(request: Asked) -> str:
    """The form's own key: the same for a double click, a new one for a new form."""
    sent = request.POST.get("ik", "")
    return sent if _KEY.fullmatch(sent) else uuid.uuid4().hex


def _see(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
