"""Tick a stage of the talk by hand, with a word, and take the tick back (HA-1)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._guided import Guided, guided, lines
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.packs.guide import Stage
from tingsu.people.actor import Actor

LIMIT = 200


def tick(
    case: Case, by: Actor, at: datetime, *, stage: str, text: str, key: str | None = None
) -> Written:
    """This stage was done, in these words. What the case shows by itself needs no tick."""
    said = text_of(text, "text", limit=LIMIT, ask=_("请写一句怎么做的，例如：当面道了歉。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        found = _guided(case)
        place = next((one for one in found.standing.places if one.stage.code == stage), None)
        if place is None:
            raise Refusal(_("这个方法里没有这一步，可能刚换了方法。请刷新后再看。"), code="missing")
        if place.how in ("shown", "ticked"):
            raise Refusal(_("这一步已经打了勾。"), code="already")
        return Plan([Entry("guide_ticked", said, _facts(found, place.stage))])

    return write(case, by, at, plan, key=key)


def untick(case: Case, by: Actor, at: datetime, *, stage: str, key: str | None = None) -> Written:
    """Take a tick back that was made by hand; what the case shows stays."""

    def plan(case: Case) -> Plan:
        only_open(case)
        found = _guided(case)
        place = next((one for one in found.standing.places if one.stage.code == stage), None)
        if place is None or stage not in found.ticks:
            raise Refusal(_("这一步没有手工打的勾。"), code="missing")
        return Plan([Entry("guide_unticked", data=_facts(found, place.stage))])

    return write(case, by, at, plan, key=key)


def _guided(case: Case) -> Guided:
    found = guided(case, lines(case))
    if found is None:
        raise Refusal(_("这个行业没有谈话方法。"), code="missing")
    return found


def _facts(found: Guided, stage: Stage) -> dict[str, str]:
    return {"method": found.method.id, "stage": stage.code}
