"""The own account, beside what the sign-in itself offers. Calls people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.people import directory, joining
from tingsu.people.permission import Can
from tingsu.people.sessions import end_session
from tingsu.web.door import Asked, door
from tingsu.web.members.answers import go_on, who_asks


@door(Can.DESK)
@require_POST
def session_end(request: Asked, session_id: int) -> HttpResponse:
    """Sign out one other device. Asked twice, it answers the same: it is signed out."""
    who = who_asks(request)
    end_session(who.user_id, session_id, current=request.session.session_key)
    return go_on(request, _("那台设备已经退出。"), "usersessions_list")


@door(Can.DESK)
@never_cache
def join_code(request: Asked) -> HttpResponse:
    """What to tell the administrator of a further organisation."""
    who = who_asks(request)
    code, until = joining.join_code(directory.account(who.user_id), request.at)
    return render(request, "account/join_code.html", {"code": code, "until": until})
