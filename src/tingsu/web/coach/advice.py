"""Marks and findings as the page shows them, in the reader's language. Reads queries, no models.

Places are counted in UTF-16 units, as scripts count them.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _l

from tingsu.cases import coach
from tingsu.core.wording.guard import Guard, Mark
from tingsu.core.wording.reply import Finding, check
from tingsu.core.wording.slots import fill, sentence_around
from tingsu.people.permission import Who
from tingsu.web import spoken
from tingsu.web.case.words import language
from tingsu.web.coach.words import FINDINGS

_CALLED = {"male": _l("%(name)s先生"), "female": _l("%(name)s女士")}


def of(text: str, who: Who, house: Any, case: Any, *, about: str) -> dict[str, Any]:
    """What to say of a text: {"marks": […], "check": […]}."""
    guard = coach.guard_of(case) if case else coach.guard_of_house(house.id)
    marks = guard.marks(text)
    facts = slots(who, house, case)
    place = _places(text)
    said = [_mark(text, one, guard, facts, place) for one in marks]
    tell = partial(_finding, facts=facts, place=place)
    lacks = _lacks(text, marks, case, about, tell) if case and about else []
    return {"marks": said, "check": lacks}


def slots(who: Who, house: Any, case: Any) -> dict[str, str]:
    """What the case puts into better wording."""
    facts = {"me": who.name, "contact": house.contact_phone if house else ""}
    if case is None:
        return facts
    facts["called"] = called(case.party)
    when = coach.next_word(case)
    return {**facts, "number": case.number, "date": spoken.when(when) if when else ""}


def called(party: Any) -> str:
    """How the customer is addressed: 王先生; the name where the sex is not known."""
    if party is None or party.kind != "person":
        return ""
    words = _CALLED.get(party.sex)
    return str(words) % {"name": party.name[:1]} if words and party.name else party.name


def _mark(
    text: str, mark: Mark, guard: Guard, facts: dict[str, str], place: Callable[[int], int]
) -> dict[str, Any]:
    kind, spoken_in = guard.kind(mark), language()
    first, last = sentence_around(text, mark.start, mark.end)
    better = guard.better(mark).get(spoken_in) or guard.better(mark).get("zh-hans", "")
    return {
        "start": place(mark.start),
        "end": place(mark.end),
        "from": place(first),
        "to": place(last),
        "kind": mark.kind,
        "grade": mark.grade,
        "label": kind.label.get(spoken_in, mark.kind),
        "why": kind.why.get(spoken_in, ""),
        "better": fill(better, facts),
        "learned": not mark.phrase,
    }


def _lacks(
    text: str, marks: Sequence[Mark], case: Any, about: str, tell: Callable[[Finding], Any]
) -> list[Any]:
    """What the letter lacks; the words that hurt are told as marks."""
    known = coach.known_of(case, "final" if about == "final" else "interim")
    found = check(text, marks, known)
    return [tell(one) for one in found if one.code not in ("forbidden", "hurts")]


def _finding(found: Finding, facts: dict[str, str], place: Callable[[int], int]) -> dict[str, Any]:
    words = FINDINGS[found.code]
    right = {"name": facts.get("called", ""), "number": found.right}
    mend = right.get(found.code) or fill(str(words.mend), facts)
    start, end = found.spans[0] if found.spans else (0, 0)
    return {
        "code": found.code,
        "words": str(words.what) % {"what": found.what},
        "mend": mend % {"what": found.what} if "%(" in mend else mend,
        "at": words.at,
        "start": place(start),
        "end": place(end),
        "blocks": found.blocks,
    }


def _places(text: str) -> Callable[[int], int]:
    """From places in the text to places as scripts count them."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return lambda at: at
    counted = [0]
    for char in text:
        counted.append(counted[-1] + (2 if char > "\uffff" else 1))
    return lambda at: counted[at]
