"""Messages of channels that could not be read: the list, one of them, and what is done with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.channels import unread
from tingsu.channels.mail import inbox
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.mail.words import MESSAGE_CAUSES
from tingsu.web.members.forms import key_of


@door(Can.RECEIVE)
def unread_messages(request: Asked) -> HttpResponse:
    """What waits for a person, newest first."""
    who = asking(request)
    found = unread.page(who, key_of(request.GET, "after"))
    context = {
        "place": "mails",
        "state": "messages",
        "rows": [(row, _cause(row.cause)) for row in found.rows],
        "following": found.following,
        "waiting_mails": inbox.waiting(who),
        "waiting_messages": unread.waiting(who),
    }
    return render(request, "web/mail/messages.html", context)


@door(Can.RECEIVE)
def unread_message(request: Asked, message_id: UUID) -> HttpResponse:
    """One of them: why it is here, and how it came."""
    row = unread.one(asking(request), message_id)
    context = {"place": "mails", "row": row, "cause": _cause(row.cause), "said": unread.words(row)}
    return render(request, "web/mail/message.html", context)


@door(Can.RECEIVE)
@require_POST
def unread_message_again(request: Asked, message_id: UUID) -> HttpResponse:
    """Read it once more."""
    row = unread.one(asking(request), message_id)
    unread.again(row, request.at)
    if row.state == "waiting":
        messages.warning(request, _("还是没能读懂，原因见下。原文一直在。"))
        return redirect("unread_message", message_id=row.id)
    if row.case_id is not None:
        messages.success(request, _("这条消息已经记到投诉里。"))
        return redirect("case", case_id=row.case_id)
    messages.success(request, _("读懂了，没有要办的。"))
    return redirect("unread_messages")


@door(Can.RECEIVE)
@require_POST
def unread_message_aside(request: Asked, message_id: UUID) -> HttpResponse:
    """Seen, nothing to do."""
    unread.put_aside(unread.one(asking(request), message_id))
    messages.success(request, _("已放到一边，原文仍然保存。"))
    return redirect("unread_messages")


def _cause(code: str) -> str:
    return str(MESSAGE_CAUSES.get(code, code))
