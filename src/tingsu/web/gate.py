"""What must be done before anything else: an own password, a second factor (PL-3). Reads people."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.people.signin import lacks_second_factor


def detour(request: Any) -> HttpResponse | None:
    """The page that comes first, or None when the way is free. The sign-in pages themselves have
    no door, so nobody is sent in a circle."""
    if request.user.first_password:
        return _to(request, "account_change_password", _("请先把初始密码换成自己的密码。"))
    if settings.REQUIRE_MFA and lacks_second_factor(request.user, request.who):
        return _to(request, "account", _("您的角色需要二次验证，请先开启，再继续。"))
    return None


def _to(request: Any, route: str, words: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(route)})
    messages.warning(request, words)
    return redirect(route)
