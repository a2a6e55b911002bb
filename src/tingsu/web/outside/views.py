"""The settings page of connections: what is told outside, what may call us. Calls channels."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.channels import accounts
from tingsu.channels.webhook import subscriptions
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, NotThere
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import EVENTS
from tingsu.web.members.answers import go_on
from tingsu.web.members.forms import Parsing, key_of

TOLD = (
    "received assigned taken escalated moved customer_added customer_objected customer_confirmed"
    " replied letter_failed clock_warned clock_breached promise_broken closed reopen_asked reopened"
).split()


class HookForm(Parsing):
    """Where to, what of, whether with words."""

    kind = forms.ChoiceField(
        label=_l("发给谁"),
        choices=(("webhook", _l("另一个系统（Webhook）")), ("dingtalk", _l("钉钉群机器人"))),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_l("名称"), max_length=60)
    url = forms.CharField(label=_l("网址"), max_length=400)
    secret = forms.CharField(
        label=_l("机器人的加签密钥"), required=False, max_length=200, widget=forms.PasswordInput
    )
    kinds = forms.MultipleChoiceField(
        label=_l("哪些事"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_text = forms.BooleanField(label=_l("连同文字一起发"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["kinds"]
        field.choices = [(code, EVENTS[code].word) for code in TOLD if code in EVENTS]


class AccountForm(Parsing):
    """A name, and what the channel asks for."""

    name = forms.CharField(label=_l("名称"), max_length=60)

    def __init__(self, *args: Any, channel: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, words in channel.asked.items():
            hidden = "secret" in code or code in ("token", "aes_key")
            self.fields[code] = forms.CharField(
                label=words,
                max_length=400,
                required=code not in channel.optional,
                widget=forms.PasswordInput if hidden else forms.TextInput,
            )


@door(Can.MEMBERS)
@never_cache
def outside(request: Asked) -> HttpResponse:
    """Everything at a glance, with what could not be delivered."""
    who = asking(request)
    context = {
        "tab": "outside",
        "hooks": subscriptions.subscriptions(who),
        "accounts": [
            {
                "row": row,
                "channel": accounts.CHANNELS[row.kind],
                "address": _outside(request, reverse("programs:api_hook", args=[row.key])),
            }
            for row in accounts.accounts(who)
            if row.kind in accounts.CHANNELS
        ],
        "channels": [(code, one.label) for code, one in accounts.CHANNELS.items()],
    }
    return render(request, "web/outside/outside.html", context)


@door(Can.MEMBERS)
@never_cache
def hook_new(request: Asked) -> HttpResponse:
    """Add one; the secret is shown this once."""
    form = HookForm(request.POST or None, initial={"kind": "webhook"})
    context: dict[str, Any] = {"form": form, "tab": "outside"}
    if request.method != "POST":
        return render(request, "web/outside/hook_form.html", context)
    typed = form.typed()
    try:
        row, secret = subscriptions.add(asking(request), typed, request.at)
    except Refusal as refusal:
        form.refuse(refusal)
        return render(request, "web/outside/hook_form.html", context, status=422)
    if row.kind != "webhook":
        return go_on(request, _("已连上“%(name)s”。") % {"name": row.name}, "outside")
    return render(
        request, "web/outside/made.html", {"row": row, "secret": secret, "tab": "outside"}
    )


@door(Can.MEMBERS)
def hook(request: Asked, hook_id: UUID) -> HttpResponse:
    """What could not be delivered, to be tried again."""
    who = asking(request)
    row = subscriptions.one(who, hook_id)
    context = {"row": row, "dead": subscriptions.dead(who, row), "tab": "outside"}
    return render(request, "web/outside/hook.html", context)


@door(Can.MEMBERS)
@require_POST
def hook_switch(request: Asked, hook_id: UUID) -> HttpResponse:
    """Stop or go on."""
    who = asking(request)
    row = subscriptions.one(who, hook_id)
    subscriptions.switch(who, row, on=not row.active)
    words = _("“%(name)s”已停用。") if row.active else _("“%(name)s”已恢复，漏掉的会补发。")
    return go_on(request, words % {"name": row.name}, "outside")


@door(Can.MEMBERS)
@require_POST
def hook_again(request: Asked, hook_id: UUID) -> HttpResponse:
    """One dead letter again, or all of them."""
    who = asking(request)
    row = subscriptions.one(who, hook_id)
    done = subscriptions.replay(who, row, key_of(request.POST, "row"), request.at)
    return go_on(request, _("%(n)s 条已重新排队。") % {"n": done}, "hook", row.id)


@door(Can.MEMBERS)
@never_cache
def account_new(request: Asked, vendor: str) -> HttpResponse:
    """Add a channel that calls us; its address, and the secret that we made up, once."""
    known = accounts.CHANNELS.get(vendor)
    if known is None:
        raise NotThere
    form = AccountForm(request.POST or None, channel=known)
    context: dict[str, Any] = {"form": form, "channel": known, "tab": "outside"}
    if request.method != "POST":
        return render(request, "web/outside/account_form.html", context)
    try:
        row, secret = accounts.add(asking(request), form.typed() | {"kind": vendor}, request.at)
    except Refusal as refusal:
        form.refuse(refusal)
        return render(request, "web/outside/account_form.html", context, status=422)
    address = _outside(request, reverse("programs:api_hook", args=[row.key]))
    made = {"row": row, "secret": secret, "address": address, "tab": "outside"}
    return render(request, "web/outside/made.html", made)


@door(Can.MEMBERS)
@require_POST
def account_switch(request: Asked, account_id: UUID) -> HttpResponse:
    """Stop or go on."""
    who = asking(request)
    row = accounts.one(who, account_id)
    accounts.switch(who, row, on=not row.active)
    words = _("“%(name)s”已停用。") if row.active else _("“%(name)s”已恢复。")
    return go_on(request, words % {"name": row.name}, "outside")


def _outside(request: Asked, path: str) -> str:
    return settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
