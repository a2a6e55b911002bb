"""The organisation itself, and the switch between organisations. Calls people."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu import packs
from tingsu.people import directory, structure
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, NotThere
from tingsu.web.door import Asked, door
from tingsu.web.members.answers import go_on, show, who_asks
from tingsu.web.members.forms import OrganisationForm, bound


@door(Can.MEMBERS)
def settings(request: Asked) -> HttpResponse:
    """Name, contact of every acknowledgement, trades, other bodies, open to the public or not."""
    who = who_asks(request)
    house = directory.organisation(who.organisation_id)
    fields = OrganisationForm.base_fields
    shown = {name: getattr(house, name) for name in fields}
    local = _local_rules(house.packs)
    form = bound(request, OrganisationForm, shown, packs=_packs(), variants=local)
    context = {"form": form, "organisation": house, "tab": "settings"}
    if request.method == "POST":
        try:
            structure.change_organisation(
                who, form.typed(), packs.available(), request.at, variants=dict(local)
            )
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "settings", context, refused=True)
        return go_on(request, _("机构资料已保存，半分钟内到处生效。"), "settings")
    return show(request, "settings", context)


@door(Can.DESK)
def switch(request: Asked) -> HttpResponse:
    """Choose in which of the own organisations to work."""
    who = who_asks(request)
    places = directory.memberships(who.user_id)
    if request.method == "POST":
        chosen = [row for row in places if str(row.organisation_id) == request.POST.get("to")]
        if not chosen:
            raise NotThere
        request.session["organisation"] = str(chosen[0].organisation_id)
        request.session.cycle_key()
        words = _("您现在在“%(name)s”。") % {"name": chosen[0].organisation.name}
        return go_on(request, words, "desk")
    return show(request, "switch", {"places": places, "here": who.organisation_id})


def _packs() -> list[tuple[str, str]]:
    """All industries, those of China first."""
    language = get_language() or "zh-hans"
    known = sorted(map(packs.load, packs.available()), key=lambda pack: pack.calendar.id != "cn")
    return [(pack.id, pack.label(language)) for pack in known]


def _local_rules(chosen: Iterable[str]) -> list[tuple[str, str]]:
    """The local rules of the organisation's trades: 旅游 · 上海."""
    language = get_language() or "zh-hans"
    return [
        (f"{pack.id}.{one.code}", f"{pack.label(language)} · {one.label(language)}")
        for pack in map(packs.load, chosen)
        for one in pack.variants.values()
        if one.standing
    ]
