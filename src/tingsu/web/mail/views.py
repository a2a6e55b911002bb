"""Mail without a case: the list, one of them, and what a person does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.channels import unread
from tingsu.channels.mail import inbox
from tingsu.channels.mail.showing import shown
from tingsu.channels.mail.store import raw_of
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.mail.words import CAUSES, SORTS
from tingsu.web.members.forms import key_of


@door(Can.RECEIVE)
def mails(request: Asked) -> HttpResponse:
    """What waits for a person; ?state=kept shows what was only kept."""
    who = asking(request)
    state = "kept" if request.GET.get("state") == "kept" else "quarantine"
    found = inbox.page(who, state, key_of(request.GET, "after"))
    context = {
        "place": "mails",
        "state": state,
        "rows": [(row, CAUSES.get(row.cause, row.cause)) for row in found.rows],
        "following": found.following,
        "waiting_mails": inbox.waiting(who),
        "waiting_messages": unread.waiting(who),
    }
    return render(request, "web/mail/mails.html", context)


@door(Can.RECEIVE)
def mail(request: Asked, mail_id: UUID) -> HttpResponse:
    """One mail: why it is here, what it says, what can be done."""
    row = inbox.one(asking(request), mail_id)
    if row.case_id is not None:  # part of the case now: whoever opens it there is on record
        return _to(reverse("case_originals", args=[row.case_id]))
    said = inbox.opened(row)
    found = shown(said) if said else None
    context = {
        "place": "mails",
        "row": row,
        "said": said,
        "html": mark_safe(found.html) if found else "",  # noqa: S308 - cleaned by channels.mail.showing
        "left_out": found.left_out if found else 0,
        "cause": CAUSES.get(row.cause, row.cause),
        "sort": SORTS.get(row.sort, ""),
    }
    return render(request, "web/mail/mail.html", context)


@door(Can.RECEIVE)
def mail_raw(request: Asked, mail_id: UUID) -> HttpResponse:
    """The bytes as they came, to keep or to open elsewhere; never shown here."""
    row = inbox.one(asking(request), mail_id)
    if row.case_id is not None:
        return _to(reverse("case_originals", args=[row.case_id]))
    response = HttpResponse(raw_of(row), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.id.hex}.eml"'
    return response


@door(Can.RECEIVE)
@require_POST
def mail_again(request: Asked, mail_id: UUID) -> HttpResponse:
    """Read it once more."""
    return _do(request, mail_id, lambda row: inbox.again(row, request.at))


@door(Can.RECEIVE)
@require_POST
def mail_case(request: Asked, mail_id: UUID) -> HttpResponse:
    """Make a case of it."""
    return _do(request, mail_id, lambda row: inbox.make_case(row, request.at))


@door(Can.RECEIVE)
@require_POST
def mail_aside(request: Asked, mail_id: UUID) -> HttpResponse:
    """Seen, nothing to do."""
    return _do(request, mail_id, inbox.put_aside)


def _do(request: Asked, mail_id: UUID, deed: Callable[[Any], None]) -> HttpResponse:
    row = inbox.one(asking(request), mail_id)
    if row.case_id is None:
        deed(row)
    if row.case_id is not None:
        messages.success(request, _("这封信已经记到投诉里。"))
        return _to(reverse("case", args=[row.case_id]))
    if row.state == "quarantine":
        messages.warning(request, _("还是没能变成投诉，原因见下。原信一直在。"))
        return _to(reverse("mail", args=[row.id]))
    messages.success(request, _("已放到“只保存”里。"))
    return _to(reverse("mails"))


def _to(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})
