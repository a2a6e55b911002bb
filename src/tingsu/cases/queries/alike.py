"""The same matter told before: found by address, order number and telling words, with why (IN-8).

Two queries whatever the size of the house: the marks, then the cases. Shows only what the member
may read.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from tingsu.cases._marks import LASTS, exact, meeting, scope
from tingsu.cases.learned import rarity, text_of
from tingsu.cases.models import Case
from tingsu.cases.queries.access import near
from tingsu.core.lifecycle import State
from tingsu.mind.likeness import SAME, Rarity, likeness, marks, shared_words, weighed
from tingsu.people.permission import Can, Who, reaches

FRESH = timedelta(days=90)  # between two complaints that may be the same matter
COMPARED = 12  # cases that are read word by word
SHOWN = 4
SHORTEST = 8  # characters from which words are compared


@dataclass(frozen=True)
class Told:
    """What is known of a matter when it is looked for."""

    text: str  # the first line is the title, where there is one
    pack: str
    address: str = ""
    order_number: str = ""
    contract_number: str = ""


@dataclass(frozen=True)
class Alike:
    """A case that is like it. signs: what is equal; words: what both speak of."""

    case: Case
    score: float
    signs: list[str]
    words: list[str]


@dataclass(frozen=True)
class Found:
    """same: may be the same matter; helped: ended cases like it, to learn from."""

    same: list[Alike] = field(default_factory=list)
    helped: list[Alike] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.same or self.helped)


def told_of(case: Any) -> Told:
    """What a case says of itself."""
    address = case.party.address if case.party else ""
    return Told(text_of(case), case.pack, address, case.order_number, case.contract_number)


def alike(who: Who, told: Told, at: datetime, besides: Collection[UUID] = ()) -> Found:
    """Cases like it within the last year, the likest first. besides: those that are known."""
    known = rarity(who.organisation_id, told.pack)
    text = told.text if len(told.text.strip()) >= SHORTEST else ""
    weights = weighed(text, known)
    own = who.organisation_id
    signs = {scope(own, number): name for number, name in exact(vars(told)).items()}
    scoped = {scope(own, number) for number in marks(weights)} | signs.keys()
    met = meeting(scoped, signs, at - LASTS, COMPARED + len(besides))
    found = []
    for case in _readable(who, [key for key in met if key not in besides]):
        equal = sorted({signs[number] for number in met[case.id] if number in signs})
        score = likeness(weights, weighed(text_of(case), known))
        if equal or score >= SAME:
            found.append(Alike(case, score, equal, []))
    found.sort(key=lambda one: (bool(one.signs), one.score), reverse=True)
    same = [one for one in found if _fresh(one.case, at)][:SHOWN]
    ended = [one for one in found if one.case.state == State.CLOSED and one not in same]
    worded = partial(_with_words, text=text, known=known)
    return Found([*map(worded, same)], [*map(worded, ended[:SHOWN])])


def _readable(who: Who, ids: list[UUID]) -> list[Case]:
    """By their keys alone: with a condition on the organisation SQLite reads all of its cases."""
    rows = Case.objects.filter(id__in=ids[:COMPARED]).select_related("party") if ids else []
    wide = reaches(who, Can.READ)
    return [
        case for case in rows
        if case.organisation_id == who.organisation_id
        and case.state != State.MERGED
        and near(who, case, wide)
    ]  # fmt: skip


def _with_words(one: Alike, text: str, known: Rarity) -> Alike:
    """Only what is shown says why: to find the words costs as much as to find the case."""
    return replace(one, words=shared_words(text, text_of(one.case), known)) if text else one


def _fresh(case: Case, at: datetime) -> bool:
    return case.open or case.received_at >= at - FRESH
