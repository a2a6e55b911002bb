"""Touches nothing: techniques as cards: which one helps now and why, which was used (CO-3).

A situation is a set of tags: `stage:reply`, `anger:angry`, `channel:spoken` … A card fits when one
of its tags is there; what it `needs` must be there altogether. The more that fits, the further up.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tingsu.core.wording.fold import fold
from tingsu.core.wording.lexicon import Lexicon, Phrase
from tingsu.core.wording.match import Matcher

GROUPS = ("method", "counter", "hard")
TAGS = (
    "stage:contact", "stage:restate", "stage:reply", "stage:agree",
    "guide:prepared", "guide:recorded", "guide:contacted", "guide:apologised", "guide:restated",
    "guide:checked", "guide:promised", "guide:offered", "guide:agreed", "guide:executed",
    "guide:answered", "guide:confirmed", "guide:thanked", "guide:shared", "guide:summed_up",
    "guide:called_back",
    "anger:upset", "anger:angry", "anger:furious", "abuse",
    "channel:spoken", "channel:written", "channel:visit",
    "state:negotiating", "state:mediating", "verdict:founded", "severity:major", "escalated",
    "promise:due",
    "history:repeat", "history:broken", "history:clash",
    "amount:small", "authority:within", "authority:above",
    "need:cared", "need:heard", "need:expert", "need:quick",
    "aim:respect", "aim:balance", "aim:venting", "aim:compensation",
    "attitude:approving", "attitude:hesitant", "attitude:refusing",
    "pattern:tangled", "pattern:masked", "pattern:restless", "pattern:attacking",
    "temper:driver", "temper:lively", "temper:perfectionist", "temper:peaceful",
    "temper:ordinary", "temper:self_important", "temper:sociable", "temper:stubborn",
    "temper:hasty", "temper:forgetful",
)  # fmt: skip
_WEIGHTS = {
    "abuse": 4,
    "promise": 4,
    "escalated": 3,
    "history": 2,
    "anger": 2,
    "stage": 2,
    "guide": 3,
    "need": 1.5,
    "aim": 1.5,
    "temper": 2,
    "pattern": 2,
    "attitude": 2,
}
_BLANK = re.compile(r"\{\w+\}|…+|[.]{3,}")
SHORTEST = 6  # characters of a piece that is a saying's own
OWN = "own."  # stands before the id of an organisation's saying
_GROUP_WEIGHTS = {"method": 0.6, "counter": 0.3, "hard": 0.0}


@dataclass(frozen=True, slots=True)
class Technique:
    """A card: what it is, how it goes, when it helps, and how it shows in what is said."""

    id: str
    group: str
    label: Mapping[str, str]
    how: Mapping[str, str]
    fits: tuple[str, ...]
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    caution: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saying:
    """Words of the library for a technique; channels: those it is for, all when empty."""

    id: str
    technique: str
    text: Mapping[str, str]
    stage: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A card that helps now, with the tags that brought it up."""

    technique: Technique
    because: tuple[str, ...]
    sayings: tuple[Saying, ...]


class Library:
    """The techniques and the wording of an industry."""

    def __init__(self, techniques: Sequence[Technique], sayings: Sequence[Saying]) -> None:
        self.techniques = {one.id: one for one in techniques}
        self.sayings = tuple(sayings)
        signs = tuple(Phrase(one.id, one.id, one.signs) for one in techniques if one.signs)
        self._matcher = Matcher(Lexicon({}, {}, signs))

    def with_sayings(self, more: Iterable[Saying]) -> "Library":
        """The same with an organisation's own sayings, which come first."""
        return Library(tuple(self.techniques.values()), (*more, *self.sayings))

    def said(self, text: str) -> list[str]:
        """The sayings whose words, blanks aside, stand in a letter."""
        plain = fold(text).text
        return [
            one.id for one in self.sayings if any(_in(words, plain) for words in one.text.values())
        ]

    def used(self, text: str) -> list[str]:
        """The techniques that show in what an agent says."""
        hits = self._matcher.hits(fold(text))
        return list(dict.fromkeys(hit.phrase.id for hit in hits))

    def choose(self, situation: Collection[str], most: int = 3) -> list[Choice]:
        """The cards that help most now, the best first."""
        ranked = sorted(
            (one for one in self.techniques.values() if _may(one, situation)),
            key=lambda one: -_score(one, situation),
        )
        return [self._choice(one, situation) for one in ranked[:most]]

    def words_for(self, technique: str, situation: Collection[str]) -> tuple[Saying, ...]:
        """The sayings of a technique for a situation, those of the industry first."""
        fitting = [
            one
            for one in self.sayings
            if one.technique == technique
            and (not one.stage or f"stage:{one.stage}" in situation)
            and (not one.channels or any(f"channel:{c}" in situation for c in one.channels))
        ]
        return tuple(sorted(fitting, key=lambda one: _far(one, technique)))

    def _choice(self, technique: Technique, situation: Collection[str]) -> Choice:
        because = tuple(tag for tag in technique.fits if tag in situation)
        return Choice(technique, because, self.words_for(technique.id, situation))


def _far(saying: Saying, technique: str) -> int:
    """The organisation's own first, then those of the industry, then the general ones."""
    return 0 if saying.id.startswith(OWN) else 1 + saying.id.startswith(f"{technique}.")


def _in(words: str, plain: str) -> bool:
    """Tell whether all that a saying says itself stands in a plain writing."""
    pieces = [fold(piece).text.strip(",。") for piece in _BLANK.split(words)]
    own = [piece for piece in pieces if len(piece) >= SHORTEST]
    return bool(own) and all(piece in plain for piece in own)


def _may(technique: Technique, situation: Collection[str]) -> bool:
    # The channel alone is no reason to show anything.
    fits = any(tag in situation for tag in technique.fits if not tag.startswith("channel:"))
    return fits and all(tag in situation for tag in technique.needs)


def _score(technique: Technique, situation: Collection[str]) -> float:
    found = (tag for tag in technique.fits if tag in situation)
    weights = (_WEIGHTS.get(tag.partition(":")[0], 1) for tag in found)
    return sum(weights) + _GROUP_WEIGHTS[technique.group]
