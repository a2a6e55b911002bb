"""What a guard does with the test sentences: figures by kind, and the effect of one more phrase.
Reads the utterances that ship; no tables."""

from dataclasses import dataclass, field
from functools import lru_cache

from tingsu.core.wording.guard import Guard
from tingsu.core.wording.lexicon import Lexicon, Phrase
from tingsu.mind.guard_words import Utterance, utterances

SHOWN = 12


@dataclass
class Row:
    """One kind: how many test sentences there are, how many are marked, some that are missed."""

    kind: str
    said: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> int:
        """Of a hundred."""
        return round(100 * self.caught / self.said) if self.said else 0


@dataclass(frozen=True)
class Figures:
    """All kinds, and the harmless sentences that are marked all the same."""

    rows: tuple[Row, ...]
    harmless: int
    wrongly: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """What one more phrase would mark: of those that hurt, and of the harmless."""

    caught: tuple[str, ...]
    harmless: tuple[str, ...]


@lru_cache(maxsize=8)
def marked(guard: Guard) -> frozenset[Utterance]:
    """The test sentences that a guard marks. About a second the first time."""
    return frozenset(one for one in utterances() if guard.marks(one.text))


@lru_cache(maxsize=8)
def figures(guard: Guard) -> Figures:
    """What a guard catches and misses."""
    found = marked(guard)
    rows: dict[str, Row] = {}
    for one in (each for each in utterances() if each.kind):
        row = rows.setdefault(one.kind, Row(one.kind))
        row.said += 1
        row.caught += one in found
        if one not in found and len(row.missed) < SHOWN:
            row.missed.append(one.text)
    harmless = [one for one in utterances() if not one.kind]
    wrongly = [one.text for one in harmless if one in found]
    ordered = sorted(rows.values(), key=lambda row: row.share)
    return Figures(tuple(ordered), len(harmless), tuple(wrongly[:SHOWN]))


def of(phrase: Phrase, current: Guard) -> Effect:
    """What a phrase would add to a guard."""
    alone = Guard(Lexicon(current.lexicon.kinds, current.lexicon.lists, (phrase,)))
    new = [one for one in utterances() if one not in marked(current) and alone.marks(one.text)]
    return Effect(
        tuple(one.text for one in new if one.kind), tuple(one.text for one in new if not one.kind)
    )
