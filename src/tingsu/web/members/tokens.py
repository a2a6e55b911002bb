"""Own tokens for programs, those of the house for its administrators, the own calendar address.
Calls people."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.people import tokens
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, NotThere
from tingsu.web.door import Asked, door, public
from tingsu.web.members.answers import go_on, who_asks
from tingsu.web.members.forms import Parsing
from tingsu.web.members.words import RIGHTS

DAYS = 90


class TokenForm(Parsing):
    """What for, which rights, until when."""

    name = forms.CharField(label=_l("用在哪里"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_l("可以做什么"), widget=forms.CheckboxSelectMultiple, required=False
    )
    expires_on = forms.DateField(
        label=_l("到期日（最长一年）"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, rights: frozenset[Can], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["scopes"]
        field.choices = [(code.value, words) for code, words in RIGHTS.items() if code in rights]


@door(Can.DESK)
@never_cache
def own(request: Asked) -> HttpResponse:
    """The own ones in force; POST makes one, and shows its secret this once."""
    who = who_asks(request)
    first = {"expires_on": timezone.localdate(request.at) + timedelta(days=DAYS)}
    form = TokenForm(request.POST or None, initial=first, rights=who.rights)
    made, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = tokens.make(who, at=request.at, **form.cleaned_data)[1]
                form, status = TokenForm(initial=first, rights=who.rights), 200
            except Refusal as refusal:
                form.refuse(refusal)
    for name in ("scopes", "expires_on"):
        form.fields[name].required = True  # said by people.tokens, shown here
    context = {
        "form": form,
        "made": made,
        "tokens": _shown(tokens.own(who, request.at)),
        "api": request.build_absolute_uri("/api/openapi.json"),
    }
    return render(request, "web/members/tokens.html", context, status=status)


@door(Can.DESK)
@require_POST
def stop(request: Asked, token_id: UUID) -> HttpResponse:
    """Stop one: one's own, or as an administrator any of the house."""
    row = tokens.revoke(who_asks(request), token_id, request.at)
    back = "house_tokens" if request.POST.get("house") else "tokens"
    return go_on(request, _("令牌“%(name)s”已停用。") % {"name": row.name}, back)


@door(Can.MEMBERS)
def of_house(request: Asked) -> HttpResponse:
    """Whose programs work here, for the administrator."""
    rows = tokens.of_house(who_asks(request), request.at)
    context = {"tokens": _shown(rows), "tab": "house_tokens"}
    return render(request, "web/members/house_tokens.html", context)


@door(Can.DESK)
@never_cache
def dates(request: Asked) -> HttpResponse:
    """The own calendar address: opened, made anew, closed."""
    who = who_asks(request)
    address = ""
    if request.method == "POST" and request.POST.get("do") == "close":
        tokens.close_calendar(who, request.at)
        return go_on(request, _("日历地址已停用，订阅它的日历不再更新。"), "my_dates")
    if request.method == "POST":
        secret = tokens.open_calendar(who, request.at)
        address = _outside(request, reverse("calendar_feed", args=[secret]))
    context = {"address": address, "open": tokens.calendar(who)}
    return render(request, "web/members/dates.html", context)


@public
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The own dates and promises as iCalendar. The address is the key; it names no customer."""
    at = timezone.now()
    found = tokens.bearer(secret, at, kind="calendar")
    if found is None:
        raise NotThere
    from tingsu.channels.calendar import feed

    base = settings.PUBLIC_URL or request.build_absolute_uri("/")[:-1]
    response = HttpResponse(feed(found.who, at, base), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _shown(rows: list[Any]) -> list[dict[str, Any]]:
    known = {code.value: words for code, words in RIGHTS.items()}
    return [{"row": row, "scopes": [known.get(one, one) for one in row.scopes]} for row in rows]


def _outside(request: HttpRequest, path: str) -> str:
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
