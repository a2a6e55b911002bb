"""The words of the organisation's letters: sender, signature, first answer. Calls people."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tingsu.cases.queries.letters import first_answer
from tingsu.people import directory, letterhead
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.answers import go_on
from tingsu.web.members.forms import Parsing, bound

NAMES = dict(settings.LANGUAGES)


class LetterheadForm(Parsing):
    """Sender, and for each language what stands below a letter and what the first one says."""

    sender = forms.CharField(label=gettext_lazy("发件人名称"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in letterhead.LANGUAGES.values():
            self.fields[f"signature_{part}"] = _area(gettext_lazy("落款"), 3)
            self.fields[f"answer_{part}"] = _area(gettext_lazy("收到投诉的第一封回信"), 7)


@door(Can.MEMBERS)
def letters(request: Asked) -> HttpResponse:
    """See and change them; what is left empty is said in our words, which are shown."""
    who = asking(request)
    house = directory.organisation(who.organisation_id)
    form = bound(request, LetterheadForm, letterhead.shown(house))
    status = 200
    if request.method == "POST":
        try:
            letterhead.change(who, form.typed(), request.at)
            return go_on(request, _("信件用语已保存，下一封信就用上。"), "letterhead")
        except Refusal as refusal:
            form.refuse(refusal)
            status = 422
    languages = [
        (NAMES[code], form[f"signature_{part}"], form[f"answer_{part}"], _usual(house, code))
        for code, part in letterhead.LANGUAGES.items()
    ]
    context = {"form": form, "tab": "letterhead", "languages": languages, "house_row": house}
    return render(request, "web/mail/letterhead.html", context, status=status)


def _usual(house: Any, code: str) -> str:
    with override(code):
        return first_answer(house, "TS-20261122-0001")


def _area(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))
