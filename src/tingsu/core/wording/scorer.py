"""Touches nothing: the learned half of the guard, a linear score over what a sentence shows.

The weights are learnt offline (scripts/guard_learn.py) from the utterances in mind/utterances and
given to it ready. A sentence shows its runs of one to three characters; the kinds whose cues it
has; and its concepts, words of one meaning (soon, in a while, any day now), alone and one after
another, so that a paraphrase is known by what it means. Scoring is a look-up for each of them, so
it needs no library.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from math import sqrt
from operator import add

from tingsu.core.wording.fold import STRONG, Folded

LONGEST_RUN = 3
LETTER = 120  # characters; in a letter few sentences hurt, so that each needs a higher score
MORE_IN_LETTER = 0.9
SHORTEST, LONGEST = 4, 64  # characters of a sentence; law texts are longer than what agents say
HOPELESS = -0.6  # below this no likeness to a kind makes a sentence hurt
QUOTE = "「"
FINE = 0.01  # weights are whole numbers, so that sums do not hang on their order
NOUGHT, STEP = 79, 0.1  # a kind's weight is one printable character: its code, less 79, tenths
_ENDS = {"?": "?", "!": "!"}


class Cues:
    """Words that point to a kind without proving anything, and words of one meaning."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        concepts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.words = words
        self._signs: dict[str, set[str]] = {}
        for kind, listed in words.items():
            for word in listed:
                self._signs.setdefault(word, set()).add(f"#{kind}")
        self._long = [word for word in self._signs if len(word) > LONGEST_RUN]
        self._concepts = {w: name for name, listed in (concepts or {}).items() for w in listed}
        self._sizes = _sizes(self._concepts)

    def seen(self, text: str, runs: set[str]) -> set[str]:
        """A sign for each kind of which a word stands in the text; runs: those of the text."""
        there = [*(self._signs.keys() & runs), *(word for word in self._long if word in text)]
        return set().union(*(self._signs[word] for word in there))

    def meant(self, text: str) -> set[str]:
        """A sign for each concept of a text, and for each two of them one after another."""
        concepts = ["^", *self._in_order(text), "$"]
        alone = {f"@{name}" for name in concepts}
        return alone | {f"@{a}>{b}" for a, b in pairwise(concepts)}

    def _in_order(self, text: str) -> list[str]:
        found, place, end = [], 0, len(text)
        while place < end:
            for size in self._sizes.get(text[place], ()):
                if name := self._concepts.get(text[place : place + size]):
                    found.append(name)
                    place += size
                    break
            else:
                place += 1
        return found


def _sizes(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By first character the sizes of the words that begin with it, longest first."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(each, reverse=True)) for first, each in sizes.items()}


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights: `hurt` for each sign in hundredths, `kinds` in the order of `names`."""

    names: tuple[str, ...]
    cues: Cues
    hurt: Mapping[str, int]
    kinds: Mapping[str, bytes]
    bias: float
    kind_bias: tuple[float, ...]
    limit: float  # above this a sentence is marked
    spared_limit: float  # the same when a phrase in it was found not to be meant

    def hurts(self, signs: frozenset[str]) -> float:
        """How much a sentence looks like one that hurts, whichever way."""
        total = sum(map(self.hurt.get, signs, repeat(0)))
        return total * FINE / sqrt(len(signs) or 1) + self.bias

    def likest(self, signs: frozenset[str]) -> tuple[str, float]:
        """The likeliest kind and how much the sentence looks like it."""
        totals = [0] * len(self.names)
        known = [row for row in map(self.kinds.get, signs) if row is not None]
        for row in known:
            totals = list(map(add, totals, row))
        scale, nought = STEP / sqrt(len(signs) or 1), NOUGHT * len(known)
        scores = [
            (n - nought) * scale + bias for n, bias in zip(totals, self.kind_bias, strict=True)
        ]
        best = max(scores)
        return self.names[scores.index(best)], best

    def score(self, signs: frozenset[str]) -> tuple[str, float]:
        """The likeliest kind ("" where hopeless) and how much the sentence looks like hurting."""
        hurts = self.hurts(signs)
        if hurts < HOPELESS:
            return "", hurts
        kind, like = self.likest(signs)
        return kind, 2 * hurts + like

    def judge(self, folded: Folded, first: int, last: int, *, spared: bool = False) -> str:
        """The kind of a sentence that hurts, or "". spared: a phrase in it was found not meant."""
        own = own_words(folded, first, last)
        if not SHORTEST <= len(own) <= LONGEST:
            return ""
        kind, score = self.score(features(own, self.cues))
        limit = self.spared_limit if spared else self.limit
        if len(folded.text) > LETTER:
            limit += MORE_IN_LETTER
        return kind if score > limit else ""


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
    """What a sentence shows: its different runs of characters, its beginning marked; the kinds
    whose cues it has; its concepts."""
    text = f"^{plain}"
    size = len(text)
    runs = {
        text[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(size - length + 1)
    }
    return frozenset(runs | cues.seen(text, runs) | cues.meant(plain))
