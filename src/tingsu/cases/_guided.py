"""How far the talk of a case is, by the method of its pack; a beginner is held to it (HA-1). Reads
one query of the timeline, packs and people; writes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case as Either
from django.db.models import F, TextField, Value, When
from django.db.models.functions import Substr
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Event
from tingsu.core import guide
from tingsu.core.guide import Standing
from tingsu.core.wording.said import LONGEST, found_in
from tingsu.core.wording.technique import Library
from tingsu.packs import say
from tingsu.packs.guide import GUIDE, Method, Stage
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people.actor import Actor
from tingsu.people.directory import organisation
from tingsu.people.models import Member
from tingsu.people.rulebook import case_pack

SPOKEN = ("contact", "replied", "plan_offered")
KINDS = frozenset(guide.BY_KIND) | {
    *SPOKEN, "letter_taken_back", "moved", "reopened", "guide_ticked", "guide_unticked",
}  # fmt: skip
MOST_READ = 12  # newest things said by us that are looked through
FEELING = "empathy"  # the technique that names what the customer feels


class Line(NamedTuple):
    """What of an entry is read."""

    kind: str
    data: dict[str, Any]
    text: str


@dataclass(frozen=True)
class Guided:
    """A method on a case. ticks: stage -> the words with which somebody ticked it."""

    method: Method
    standing: Standing[Stage]
    ticks: dict[str, str]


def lines(case: Case, *more: str) -> list[Line]:
    """The entries that say how far a case is, oldest first, and those of some more kinds."""
    text = Either(When(kind__in=SPOKEN, then=Substr("text", 1, LONGEST)),
                  When(kind="guide_ticked", then=F("text")), default=Value(""),
                  output_field=TextField())  # fmt: skip
    rows = Event.objects.filter(case=case, kind__in=[*KINDS, *more]).order_by("seq")
    return [Line(*row) for row in rows.annotate(said=text).values_list("kind", "data", "said")]


def guided(case: Case, told: Iterable[Line], saying: str = "") -> Guided | None:
    """How the talk stands. saying: a letter that is about to be written counts as said."""
    pack = case_pack(case)
    when = guide.occasions(anger=case.anger or 0, channel=case.channel, nature=case.nature)
    arrived = pack.calendar.day_of(case.received_at)
    method = GUIDE.of(pack).choose(when, arrived)
    if method is None:
        return None
    now = _round(told)
    if saying:
        now.append(Line("replied", {"letter": ""}, saying[:LONGEST]))
    ticks = _ticks(now, method)
    seen = _seen(case, now, TECHNIQUES.of(pack))
    return Guided(method, guide.standing(method.stages, guide.evidence(seen), ticks), ticks)


def mood_first(case: Case, by: Actor, *, field: str = "", saying: str = "") -> None:
    """Refuse a step of the matter to a beginner whom a trainer holds to the method, as long as the
    mood is open. Where nobody is held this asks the database nothing."""
    if by.member_id is None or not organisation(case.organisation_id).guide_binds:
        return
    if not Member.objects.filter(id=by.member_id, beginner=True).exists():
        return
    found = guided(case, lines(case), saying)
    stage = found.standing.mood_open if found else None
    if stage is None:
        return
    words = _("先处理心情，再处理事情：还差「%(stage)s」。%(hint)s做过了就记一笔，或在方法里打勾。")
    speech = get_language() or "zh-hans"
    hint = say(stage.hints[0], speech) if stage.hints else ""
    told = {"stage": say(stage.labels, speech), "hint": hint}
    raise Refusal(words % told, field, "mood_first")


def _round(told: Iterable[Line]) -> list[Line]:
    """The entries of the present round, without letters that were taken back."""
    found: list[Line] = []
    for line in told:
        if line.kind == "reopened":
            found.clear()
        elif line.kind == "letter_taken_back":
            gone = line.data.get("letter")
            found = [one for one in found if one.data.get("letter") != gone]
        else:
            found.append(line)
    return found


def _ticks(now: Iterable[Line], method: Method) -> dict[str, str]:
    ticks: dict[str, str] = {}
    for line in now:
        if line.data.get("method") != method.id:
            continue
        if line.kind == "guide_ticked":
            ticks[line.data["stage"]] = line.text
        elif line.kind == "guide_unticked":
            ticks.pop(line.data["stage"], None)
    return ticks


def _seen(case: Case, now: list[Line], library: Library) -> guide.Seen:
    spoken = [line for line in now if line.kind in SPOKEN and line.text]
    said: set[str] = set()
    for line in spoken[-MOST_READ:]:
        said |= _said(library, line.text, line.kind != "contact")
    return guide.Seen(
        recorded=bool(case.narrative.strip() and case.request.strip()),
        contacted=case.contacted_at is not None,
        restated=case.restated_at is not None,
        confirmed=case.confirmed_at is not None,
        answered=any(line.kind == "replied" for line in now),
        kinds=_kinds(case, now),
        states={line.data.get("to", "") for line in now if line.kind == "moved"},
        said=said,
    )


def _kinds(case: Case, now: list[Line]) -> set[str]:
    """What counts: a call that reached somebody; what was agreed, once none of it is owed."""
    kinds = {line.kind for line in now if line.data.get("result") != "unreached"}
    return kinds - {"performed"} if case.owed_open else kinds


@lru_cache(maxsize=500)
def _said(library: Library, text: str, letter: bool) -> frozenset[str]:
    feeling = {"feeling"} if FEELING in library.used(text) else set()
    return found_in(text, letter=letter) | feeling
