"""The settings page of the language model: where, which, how much, on or off. Calls channels."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.channels.llm import connecting
from tingsu.channels.outgoing import Unreachable
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.machine.words import trouble
from tingsu.web.members.answers import go_on
from tingsu.web.members.forms import Parsing, bound


class ModelForm(Parsing):
    """Where it listens and how much it may be asked."""

    active = forms.BooleanField(label=_l("打开"), required=False)
    url = forms.CharField(label=_l("网址"), max_length=400)
    name = forms.CharField(label=_l("模型的名字"), max_length=120)
    key = forms.CharField(
        label=_l("密钥"), required=False, max_length=400, widget=forms.PasswordInput
    )
    listener = forms.CharField(label=_l("转写录音的模型"), required=False, max_length=120)
    per_day = forms.CharField(label=_l("每天最多几次"), max_length=6)
    per_month = forms.CharField(label=_l("每月最多几次"), max_length=6)
    seconds = forms.CharField(label=_l("最多等几秒"), max_length=3)


@door(Can.MEMBERS)
@never_cache
def settings(request: Asked) -> HttpResponse:
    """The page. The key is never shown again."""
    who = asking(request)
    row = connecting.of_house(who)
    shown = {name: getattr(row, name) for name in ModelForm.base_fields if name != "key"}
    form = bound(request, ModelForm, shown)
    if request.method == "POST":
        try:
            row = connecting.save(who, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return _page(request, form, row, status=422)
        words = _("已保存，半分钟内到处生效。") if row.active else _("已保存，没有打开。")
        return go_on(request, words, "language_model")
    return _page(request, form, row)


@door(Can.MEMBERS)
@require_POST
def try_out(request: Asked) -> HttpResponse:
    """Ask for one word with the settings that are kept."""
    try:
        said = connecting.try_out(asking(request))
    except Unreachable as problem:
        words = _("没有接通：%(why)s") % {"why": trouble(str(problem))}
        return go_on(request, words, "language_model")
    words = _("接通了，它答：%(text)s") % {"text": said.text[:40]}
    return go_on(request, words, "language_model")


def _page(request: Asked, form: Any, row: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "tab": "language_model",
        "form": form,
        "row": row,
        "kept": bool(row.key_sealed),
        "used": connecting.used(row.organisation_id, request.at),
        "trouble": trouble(row.trouble) if row.trouble else "",
    }
    return render(request, "web/machine/settings.html", context, status=status)
