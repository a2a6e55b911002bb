"""Near duplicates among many texts: sent twice, forwarded, copied with small changes. numpy only.

MinHash over runs of four characters: two texts whose signatures agree in half of their places
share about half of their runs. Compared are only texts that meet in a band of four places.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tingsu.mind.grams import Shape, grams

PLACES, BAND = 64, 4
ALIKE = 0.5


def twins(texts: Sequence[str]) -> NDArray[np.int64]:
    """The group of each text, named by the first of its texts. Groups are closed: what is like
    one of a group belongs to it."""
    marks = _signatures(texts)
    first = list(range(len(texts)))
    for begin in range(0, PLACES, BAND):
        met: dict[bytes, int] = {}
        for at, key in enumerate(map(bytes, np.ascontiguousarray(marks[:, begin : begin + BAND]))):
            other = met.setdefault(key, at)
            if other != at and np.mean(marks[at] == marks[other]) >= ALIKE:
                join(first, at, other)
    return np.array([root(first, at) for at in range(len(texts))])


def _signatures(texts: Sequence[str]) -> NDArray[np.uint64]:
    owners, hashes = grams(texts, Shape(4, 4, words=False))
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    # Texts too short for a run are like no other: each gets values of its own.
    marks = np.tile(np.arange(len(texts), dtype=np.uint64)[:, None], PLACES)
    factors = np.random.default_rng(0).integers(1, 1 << 62, PLACES, np.uint64) * 2 + 1
    for place, factor in enumerate(factors):
        mixed = hashes * factor
        if len(starts):
            marks[owners[starts], place] = np.minimum.reduceat(mixed ^ (mixed >> 32), starts)
    return marks


def root(first: list[int], at: int) -> int:
    """The name of a group: its first place. first: for each place an earlier one of its group."""
    while first[at] != at:
        first[at] = first[first[at]]
        at = first[at]
    return at


def join(first: list[int], one: int, other: int) -> None:
    """Make two groups one."""
    low, high = sorted((root(first, one), root(first, other)))
    first[high] = low
