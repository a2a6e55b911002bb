"""The rules of the own packs, as they hold on a day: categories, circumstances, time limits."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Query

from tingsu.api.door import Call
from tingsu.api.place import Place
from tingsu.api.shapes import Asked, Day, Out
from tingsu.core.clock import ClockRule
from tingsu.packs import act, say
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.people.rulebook import pack_of

place = Place("packs")


class Coded(Out):
    """A code and its words in the caller's language."""

    code: str
    label: str


class Packs(Out):
    """The packs of the organisation."""

    packs: list[Coded]


@place.get("/packs", Can.DESK, _l("行业包"), Packs)
def listing(request: Call) -> Any:
    """Under which cases are filed here."""
    house = directory.organisation(request.auth.who.organisation_id)
    found = [pack_of(house.id, code) for code in house.packs or [house.pack]]
    return {"packs": [{"code": one.id, "label": one.label(_language())} for one in found]}


class Limit(Out):
    """A time limit as it holds on the day. ``house``: own practice, no source outside; ``review``:
    somebody is still to look at it."""

    rule: str
    label: str
    event: str
    n: int
    unit: str
    duty: str
    source: str
    article: str
    house: bool
    review: bool


class Pack(Out):
    """One pack on one day."""

    code: str
    version: str
    label: str
    categories: list[Coded]
    variants: list[Coded]
    time_limits: list[Limit]


class On(Asked):
    """Which day: today, if none is named."""

    on: Day | None = None


@place.get("/packs/{pack}", Can.DESK, _l("一个行业包的规则"), Pack)
def read(request: Call, pack: str, wanted: Query[On]) -> Any:
    """With the changes that the organisation has signed."""
    house, language = directory.organisation(request.auth.who.organisation_id), _language()
    if pack not in (house.packs or [house.pack]):
        raise NotThere
    found, day = pack_of(house.id, pack), wanted.on or timezone.localdate(request.auth.at)
    rules = [clock.rule_on(day) for clock in found.clocks.values()]
    return {
        "code": found.id,
        "version": found.version,
        "label": found.label(language),
        "categories": [
            {"code": code, "label": found.category_label(code, language)}
            for code in found.categories
        ],
        "variants": [
            {"code": one.code, "label": one.label(language)} for one in found.variants.values()
        ],
        "time_limits": [_limit(found, rule) for rule in rules if rule],
    }


def _limit(pack: Any, rule: ClockRule) -> dict[str, Any]:
    source = act(rule.act) if rule.act else None
    return {
        "rule": rule.id,
        "label": pack.clock_label(rule.id, _language()),
        "review": bool(rule.review),
        **{
            name: getattr(rule, name) for name in ("event", "n", "unit", "duty", "article", "house")
        },
        "source": say(source.cite, _language()) if source else rule.source,
    }


_PLAIN = "event n unit duty article house".split()


def _language() -> str:
    return get_language() or "zh-hans"
