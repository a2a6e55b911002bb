"""The wording library: what to say for each technique, the organisation's own words, how often they
were used and how those cases ended (CO-5). Calls people and queries."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from tingsu.cases.sayings import Effect, effects, house_library
from tingsu.core.wording.technique import OWN
from tingsu.packs import Pack, load
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people import directory, own_sayings
from tingsu.people.errors import Invalid
from tingsu.people.permission import Can, Who
from tingsu.people.rulebook import pack_of
from tingsu.web.case.fields import Choice
from tingsu.web.case.words import language
from tingsu.web.coach.words import CHANNELS, STAGES
from tingsu.web.door import Asked, asking, door
from tingsu.web.portal.fields import Text


class SayingForm(forms.Form):
    """Good words, the technique that they carry out, and where they fit."""

    use_required_attribute = False

    technique = Choice(label=_l("属于哪个方法"))
    text = Text(limit=own_sayings.LIMIT, lines=3, label=_l("可以怎么说"))
    stage = Choice((("", _l("都可以")), *STAGES.items()), label=_l("哪个阶段"))
    channel = Choice((("", _l("都可以")), *CHANNELS.items()), label=_l("哪种方式"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["technique"].choices = [("", _("请选择")), *_techniques().items()]


@door(Can.COACH)
def sayings(request: Asked) -> HttpResponse:
    """The page."""
    return _page(request, SayingForm())


@door(Can.COACH)
@require_POST
def saying_add(request: Asked) -> HttpResponse:
    """Add own words."""
    form = SayingForm(request.POST)
    form.is_valid()
    try:
        own_sayings.add(asking(request), request.POST, request.at)
    except Invalid as refused:
        for name, words in refused.fields.items():
            form.add_error(name, words)
        return _page(request, form, status=422)
    messages.success(request, _("话术已存好，教练会先推荐它。"))
    return redirect("coach_sayings")


@door(Can.COACH)
@require_POST
def saying_end(request: Asked, saying_id: UUID) -> HttpResponse:
    """Take own words out."""
    own_sayings.end(asking(request), saying_id, request.at)
    messages.success(request, _("这句不再推荐了，用过的次数还留着。"))
    return redirect("coach_sayings")


def _page(request: Asked, form: SayingForm, *, status: int = 200) -> HttpResponse:
    for name in ("technique", "text"):  # what is missing is said by people.own_sayings
        form.fields[name].required = True
    context = {"place": "coach", "form": form, "rows": _rows(asking(request))}
    return render(request, "web/coach/sayings.html", context, status=status)


def _rows(who: Who) -> list[dict[str, Any]]:
    """All sayings, the own ones first, then those that are used most."""
    done, names, speech = effects(who.organisation_id), _techniques(), language()
    own = {f"{OWN}{row.id}": row for row in own_sayings.rows(who.organisation_id)}
    library = house_library(who.organisation_id, _pack(who))
    rows = [
        {
            "technique": names.get(one.technique, ""),
            "text": one.text.get(speech, ""),
            "own": own.get(one.id),
            "effect": done.get(one.id, Effect()),
        }
        for one in library.sayings
    ]
    return sorted(rows, key=lambda row: (row["own"] is None, -row["effect"].used))


def _pack(who: Who) -> Pack:
    house = directory.organisation(who.organisation_id)
    return pack_of(who.organisation_id, house.pack or "general")


def _techniques() -> dict[str, str]:
    found = TECHNIQUES.of(load("general")).techniques.values()
    return {one.id: one.label.get(language(), one.id) for one in found}
