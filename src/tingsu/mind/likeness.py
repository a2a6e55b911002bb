"""The same matter told twice: by other words, over another channel, by somebody else of the house.

What two tellings share is not their sentences but their rare words: the name of a housing estate,
of a firm, of a street. A text is known by its rarest pairs of characters (words, where words are
spaced), and how rare a pair is the organisation's own complaints say. Touches nothing; numpy for
the table of counts. Rules and figures: docs/rules/likeness.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log, sqrt
from typing import IO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tingsu.core.text import plain
from tingsu.mind.twins import join, root

# Words of an alphabet or figures, or pairs of neighbouring ideographs. Long figures are numbers of
# people (phones, papers): they are found by blind index, never by what was said.
_TOKEN = re.compile(r"(?<![0-9a-z])(?!\d{7})[0-9a-z]{2,}|(?=([^\W0-9a-z_]{2}))")
BUCKETS = 1 << 17
MARKS = 12  # of a text: what it is looked up by
LONGEST = 2_000  # characters of a text that are read
HEAD = 1.5  # what stands in the first line says more
MANY = 500  # texts from which a pair that stood in one at most is chance rather than rare
CHANCE = 0.3
CROWD, COMPARED, TIES = 200, 40, 5  # of a mark, of a text: bounds of the work
SAME = 0.2  # likeness from which two tellings are of one matter (docs/rules/likeness.md)
TELLING = 3.0  # weight from which a shared pair is worth showing: one text in twenty has it

Weights = dict[str, float]


@dataclass(frozen=True, eq=False)
class Rarity:
    """In how many of so many texts each pair stood."""

    counts: NDArray[np.uint32]
    texts: int

    @staticmethod
    def learn(texts: Iterable[str]) -> Rarity:
        """Count the pairs of all texts, each once a text."""
        counts = np.zeros(BUCKETS, np.uint32)
        number = 0
        for text in texts:
            number += 1
            found = {_bucket(token) for token in set(tokens(text))}
            counts[np.fromiter(found, np.int64, len(found))] += 1
        return Rarity(counts, number)

    def weight(self, token: str) -> float:
        """From 0 (in every text) upwards."""
        seen = int(self.counts[_bucket(token)])
        chance = CHANCE if seen <= 1 and self.texts >= MANY else 1.0
        return log((1 + self.texts) / (1 + seen)) * chance

    def save(self, target: IO[bytes]) -> None:
        """Write it as .npz."""
        np.savez_compressed(target, counts=self.counts, texts=self.texts)

    @staticmethod
    def load(source: IO[bytes]) -> Rarity:
        """Read what `save` wrote."""
        with np.load(source, allow_pickle=False) as kept:
            return Rarity(kept["counts"], int(kept["texts"]))


def tokens(text: str) -> list[str]:
    """The pairs and words of a text, in order."""
    return [match[1] or match[0] for match in _TOKEN.finditer(plain(text[:LONGEST]))]


def weighed(text: str, rarity: Rarity) -> Weights:
    """What each pair of a text weighs: rare ones, repeated ones, those of the first line."""
    head = set(tokens(text.partition("\n")[0]))
    return {
        token: rarity.weight(token) * (1 + log(times)) * (HEAD if token in head else 1.0)
        for token, times in Counter(tokens(text)).items()
    }


def marks(weights: Weights, most: int = MARKS) -> list[int]:
    """What a text is looked up by: its weightiest pairs as numbers of 63 bits.

    Pairs of equal weight are taken in an order that is the same for every text, so that two
    tellings take the same ones.
    """
    known = [(-weight, number_of(token)) for token, weight in weights.items()]
    return [number for _weight, number in sorted(known)[:most]]


def likeness(one: Weights, other: Weights) -> float:
    """How much of what is telling two texts share: 0 to 1, the cosine of their weights."""
    shared = sum(one[token] * other[token] for token in one.keys() & other.keys())
    return shared / (_length(one) * _length(other)) if shared else 0.0


def shared_words(text: str, other: str, rarity: Rarity, most: int = 3) -> list[str]:
    """The most telling stretches of the text that the other has as well, rarest first."""
    theirs = set(tokens(other))
    stretches: dict[str, float] = {}
    run, weight = "", 0.0
    for match in [*_TOKEN.finditer(plain(text[:LONGEST])), None]:
        token = (match[1] or match[0]) if match else ""
        worth = rarity.weight(token) if token in theirs else 0.0
        joins = bool(run) and match is not None and match[1] is not None and run[-1] == token[0]
        if worth >= TELLING and joins:
            run, weight = run + token[1], weight + worth
            continue
        if run:
            stretches[run] = max(weight, stretches.get(run, 0.0))
        run, weight = (token, worth) if worth >= TELLING else ("", 0.0)
    best = sorted(stretches, key=lambda words: -stretches[words])
    return [words for words in best if not any(words in more for more in best if more != words)][
        :most
    ]


def groups(texts: Sequence[str], rarity: Rarity, least: float = SAME) -> list[list[int]]:
    """Texts of one matter, by their places; largest group first, single ones left out.

    Each text is tied to those that it is most like, and what hangs together is a group.
    """
    known = [weighed(text, rarity) for text in texts]
    by_mark: dict[int, list[int]] = {}
    first = list(range(len(texts)))
    for at, weights in enumerate(known):
        own = marks(weights)
        met = Counter(place for mark in own for place in by_mark.get(mark, ())[-CROWD:])
        near = (place for place, _times in met.most_common(COMPARED))
        scored = sorted(((likeness(weights, known[place]), place) for place in near), reverse=True)
        for score, place in scored[:TIES]:
            if score >= least:
                join(first, at, place)
        for mark in own:
            by_mark.setdefault(mark, []).append(at)
    found: dict[int, list[int]] = {}
    for at in range(len(texts)):
        found.setdefault(root(first, at), []).append(at)
    return sorted((one for one in found.values() if len(one) > 1), key=len, reverse=True)


def number_of(token: str) -> int:
    """A token as a number that a database column holds."""
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest()) >> 1


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _bucket(token: str) -> int:
    return crc32(token.encode()) & (BUCKETS - 1)
