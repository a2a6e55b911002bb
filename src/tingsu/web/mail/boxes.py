"""The mailboxes of the organisation: list, form, trial, the word that they may answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.channels.mail import boxes as own
from tingsu.people import directory
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, Who
from tingsu.web.door import Asked, asking, door
from tingsu.web.mail.forms import MailboxForm
from tingsu.web.members.answers import go_on
from tingsu.web.members.forms import bound

SHOWN = "address kind host port security account folder".split()


@door(Can.MEMBERS)
def mailboxes(request: Asked) -> HttpResponse:
    """All of them, with their trouble in words."""
    context = {"boxes": own.boxes(asking(request)), "tab": "mailboxes", "now": request.at}
    return render(request, "web/mail/boxes.html", context)


@door(Can.MEMBERS)
def mailbox_new(request: Asked) -> HttpResponse:
    """Add a mailbox."""
    today = timezone.localdate(request.at)
    return _form(request, {"kind": "imap", "port": 993, "folder": "INBOX", "starts_on": today})


@door(Can.MEMBERS)
def mailbox(request: Asked, box_id: UUID) -> HttpResponse:
    """Change a mailbox; the password is never shown."""
    row = own.box(asking(request), box_id)
    shown = {name: getattr(row, name) for name in SHOWN}
    return _form(
        request, shown | {"queue": str(row.queue_id or ""), "starts_on": row.starts_on}, row
    )


@door(Can.MEMBERS)
@require_POST
def mailbox_try(request: Asked, box_id: UUID) -> HttpResponse:
    """Sign in once and say how it went."""
    who = asking(request)
    row = own.box(who, box_id)
    try:
        own.try_out(who, row)
    except Refusal as problem:
        messages.error(request, problem.words)
        return HttpResponse(status=303, headers={"Location": reverse("mailboxes")})
    return go_on(request, _("连上了，“%(name)s”可以收信。") % {"name": row.address}, "mailboxes")


@door(Can.MEMBERS)
@require_POST
def mailbox_answer(request: Asked, box_id: UUID) -> HttpResponse:
    """From now on the mailbox answers."""
    who = asking(request)
    row = own.box(who, box_id)
    own.let_answer(who, row, request.at)
    words = _("从现在起，写到“%(name)s”的人会马上收到回执。")
    return go_on(request, words % {"name": row.address}, "mailboxes")


@door(Can.MEMBERS)
@require_POST
def mailbox_switch(request: Asked, box_id: UUID) -> HttpResponse:
    """Stop or go on."""
    who = asking(request)
    row = own.box(who, box_id)
    own.switch(who, row, on=not row.active)
    words = _("“%(name)s”已恢复收信。") if row.active else _("“%(name)s”已停止收信。")
    return go_on(request, words % {"name": row.address}, "mailboxes")


def _form(request: Asked, shown: dict[str, Any], row: Any = None) -> HttpResponse:
    who = asking(request)
    form = bound(request, MailboxForm, shown, queues=_queues(who))
    context = {"form": form, "box": row, "tab": "mailboxes"}
    if request.method == "POST":
        try:
            made = own.save(who, form.typed(), request.at, row)
        except Refusal as refusal:
            form.refuse(refusal)
            return render(request, "web/mail/box_form.html", context, status=422)
        return go_on(request, _("已保存邮箱“%(name)s”。") % {"name": made.address}, "mailboxes")
    return render(request, "web/mail/box_form.html", context)


def _queues(who: Who) -> list[tuple[str, str]]:
    rows = directory.departments(who.organisation_id)
    return [(str(row.id), "　" * getattr(row, "depth", 0) + row.name) for row in rows]
