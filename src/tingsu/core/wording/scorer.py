"""Touches nothing: the learned half of the guard, a linear score over short runs of characters.

The weights are learnt offline (scripts/guard_learn.py) from the utterances in mind/utterances
and given to it ready: for each run of one to four characters how much it speaks for hurting, and
for which kind. Cues are words by kind, written by a person; a sentence is also known by the kinds
whose cues it has. Scoring is a look-up a run, so it needs no library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from tingsu.core.wording.fold import STRONG, Folded

LONGEST_RUN = 4
LETTER = 120  # characters; in a letter few sentences hurt, so that each needs a higher score
MORE_IN_LETTER = 0.15
SHORTEST, LONGEST = 4, 64  # characters of a sentence; law texts are longer than what agents say
QUOTE = "「"
_ENDS = {"?": "?", "!": "!"}


class Cues:
    """Words by kind that point to it without proving anything."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self._short: dict[str, set[str]] = {}
        self._long: list[tuple[str, str]] = []
        for kind, listed in words.items():
            for word in listed:
                if len(word) <= LONGEST_RUN:
                    self._short.setdefault(word, set()).add(f"#{kind}")
                else:
                    self._long.append((word, f"#{kind}"))

    def seen(self, text: str, runs: set[str]) -> set[str]:
        """A sign for each kind of which a word stands in the text; runs: those of the text."""
        short = (self._short[word] for word in self._short.keys() & runs)
        return {sign for word, sign in self._long if word in text}.union(*short)


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights: `hurt` for each run, `kinds` for each run in the order of `names`."""

    names: tuple[str, ...]
    cues: Cues
    hurt: Mapping[str, float]
    kinds: Mapping[str, Sequence[tuple[int, float]]]
    bias: float
    kind_bias: tuple[float, ...]
    limit: float  # above this a sentence is marked
    spared_limit: float  # the same when a phrase in it was found not to be meant

    def score(self, runs: frozenset[str]) -> float:
        """How much a sentence looks like one that hurts."""
        known = [weight for weight in map(self.hurt.get, runs) if weight is not None]
        return sum(known) / sqrt(len(runs) or 1) + self.bias

    def kind_of(self, runs: frozenset[str]) -> str:
        """The likeliest kind."""
        totals = [0.0] * len(self.names)
        for run in runs:
            for number, weight in self.kinds.get(run, ()):
                totals[number] += weight
        scale = sqrt(len(runs) or 1)
        scores = [total / scale + bias for total, bias in zip(totals, self.kind_bias, strict=True)]
        return self.names[scores.index(max(scores))]

    def judge(self, folded: Folded, first: int, last: int, *, spared: bool = False) -> str:
        """The kind of a sentence that hurts, or "". spared: a phrase in it was found not meant."""
        own = own_words(folded, first, last)
        if not SHORTEST <= len(own) <= LONGEST:
            return ""
        runs = features(own, self.cues)
        limit = self.spared_limit if spared else self.limit
        if len(folded.text) > LETTER:
            limit += MORE_IN_LETTER
        return self.kind_of(runs) if self.score(runs) > limit else ""


def own_words(folded: Folded, first: int, last: int) -> str:
    """A stretch of the plain writing with what is quoted replaced by one sign, questions and
    exclamations kept apart."""
    text, places, source = folded.text, folded.at, folded.source
    signs = [
        _ENDS.get(source[places[n]], sign) if (sign := text[n]) == STRONG else sign
        for n in range(first, min(last + 1, len(text)))
    ]
    for start, end in folded.quoted:
        inside = [n - first for n in range(first, last) if start <= places[n] < end]
        if inside and end - start > 3:
            signs[inside[0] : inside[-1] + 1] = [QUOTE]
            break
    return "".join(signs)


def features(plain: str, cues: Cues) -> frozenset[str]:
    """The different runs of one to four characters of a sentence, its beginning marked, and the
    kinds whose cues it has."""
    text = f"^{plain}"
    size = len(text)
    runs = {
        text[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(size - length + 1)
    }
    return frozenset(runs | cues.seen(text, runs))
