"""The trainer's page: what the guard catches and misses, a sentence to try, own phrases with their
effect shown before they are saved (CO-1). What is tried is not kept. Calls people and queries."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from tingsu.cases import coach
from tingsu.packs import load
from tingsu.packs.wording import WORDING
from tingsu.people import directory, own_phrases
from tingsu.people.errors import Invalid
from tingsu.people.permission import Can
from tingsu.web.case.fields import Choice
from tingsu.web.case.words import language
from tingsu.web.coach import advice, effect
from tingsu.web.door import Asked, asking, door
from tingsu.web.portal.fields import Text

GRADES = (("warn", _l("提醒")), ("forbidden", _l("要改，或写理由")))


class PhraseForm(forms.Form):
    """Words to mark: how they are said, which way they hurt, what to say instead."""

    use_required_attribute = False

    kind = Choice(label=_l("哪一类"))
    grade = Choice(GRADES, strip=True, initial="warn", label=_l("轻重"))
    say = Text(limit=own_phrases.LIMIT, lines=3, label=_l("要标出的说法，一行一种"))
    better = Text(limit=200, label=_l("更好的说法"))
    caught = Text(limit=own_phrases.LIMIT, lines=3, label=_l("应当标出的例句"))
    harmless = Text(limit=own_phrases.LIMIT, lines=3, label=_l("不该标出的例句"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("请选择")), *kind_words().items()]


def kind_words() -> dict[str, str]:
    """The kinds of hurt by id, in the reader's language."""
    kinds = WORDING.of(load("general")).kinds.values()
    return {kind.id: kind.label.get(language(), kind.id) for kind in kinds}


@door(Can.COACH)
def trainer(request: Asked) -> HttpResponse:
    """The page."""
    return _page(request, PhraseForm())


@door(Can.COACH)
@require_POST
def try_out(request: Asked) -> HttpResponse:
    """What the guard says of a sentence."""
    who, text = asking(request), request.POST.get("text", "")[: own_phrases.LIMIT]
    house = directory.organisation(who.organisation_id)
    found = advice.of(text, who, house, None, about="")
    tried = {"text": text, "marks": found["marks"]}
    return _page(request, PhraseForm(), tried=tried)


@door(Can.COACH)
@require_POST
def phrase(request: Asked) -> HttpResponse:
    """Show the effect of a phrase (go=look), or save it."""
    who, form = asking(request), PhraseForm(request.POST)
    form.is_valid()
    try:
        if request.POST.get("go") == "look":
            wanted = own_phrases.checked(request.POST).phrase
            current = coach.guard_of_house(who.organisation_id)
            return _page(request, form, effect=effect.of(wanted, current))
        own_phrases.add(who, request.POST, request.at)
    except Invalid as refused:
        for name, words in refused.fields.items():
            form.add_error(name, words)
        return _page(request, form, status=422)
    messages.success(request, _("说法已存好，几秒后大家都会看到标记。"))
    return redirect("coach")


@door(Can.COACH)
@require_POST
def phrase_end(request: Asked, phrase_id: UUID) -> HttpResponse:
    """Take a phrase out."""
    own_phrases.end(asking(request), phrase_id, request.at)
    messages.success(request, _("这条说法不再标出了。"))
    return redirect("coach")


def _page(request: Asked, form: PhraseForm, *, status: int = 200, **more: Any) -> HttpResponse:
    who = asking(request)
    guard = coach.guard_of_house(who.organisation_id)
    kinds = kind_words()
    for name in ("kind", "grade", "say"):  # what is missing is said by people.own_phrases
        form.fields[name].required = True
    context = {
        "place": "coach",
        "form": form,
        "own": [(row, kinds.get(row.kind, "")) for row in own_phrases.rows(who.organisation_id)],
        "figures": effect.figures(guard),
        "kinds": kinds,
        **more,
    }
    return render(request, "web/coach/trainer.html", context, status=status)
