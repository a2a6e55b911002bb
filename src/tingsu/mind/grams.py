"""Texts as counted character and word n-grams, many at a time. numpy only, touches nothing.

A batch of texts is one long array of code points; an n-gram is a 64-bit hash of its place, made
by shifting that array over itself, so that no text is walked in Python. Rules and figures:
docs/rules/category.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tingsu.core.text import normalise

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]

LONGEST = 2_000  # characters of a text that are read
_BLANK = np.uint64(ord(" "))
_ROOT = np.uint64(0x100000001B3)
_WORD, _PAIR = np.uint64(0xA24BAED4963EE407), np.uint64(0x9FB21C651E98DF25)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which n-grams are read: lengths in characters, and words with pairs of words."""

    shortest: int = 1
    longest: int = 4
    words: bool = True


def grams(texts: Sequence[str], shape: Shape) -> tuple[Places, Hashes]:
    """Every n-gram of every text: the number of its text, and its hash. Repeats stay repeated."""
    signs, owner = _signs(texts)
    rows, found = [owner[:0]], [signs[:0]]
    running = np.zeros(len(signs), np.uint64)
    for length in range(1, shape.longest + 1):
        end = len(signs) - length + 1
        if end <= 0:
            break
        running = running[:end] * _ROOT + signs[length - 1 :] + np.uint64(1)
        if length >= shape.shortest:
            whole = owner[:end] == owner[length - 1 :]
            if length == 1:
                whole &= signs != _BLANK
            rows.append(owner[:end][whole])
            found.append(_mixed(running[whole] + np.uint64(length)))
    if shape.words:
        for places, hashes in _words(signs, owner):
            rows.append(places)
            found.append(hashes)
    return np.concatenate(rows), np.concatenate(found)


def _signs(texts: Sequence[str]) -> tuple[Hashes, Places]:
    """Code points of all texts in a row, each text between two blanks; and whose they are."""
    plain = (" ".join(normalise(text[:LONGEST]).split()) for text in texts)
    spaced = [f" {text} " if text else "" for text in plain]
    lengths = np.fromiter(map(len, spaced), np.int64, len(spaced))
    raw = "".join(spaced).encode("utf-32-le", "surrogatepass")
    signs = np.frombuffer(raw, np.uint32).astype(np.uint64)
    return signs, np.repeat(np.arange(len(spaced), dtype=np.int32), lengths)


def _words(signs: Hashes, owner: Places) -> list[tuple[Places, Hashes]]:
    """Runs of letters and digits, alone and with the run before."""
    inside = _letters()[np.minimum(signs, np.uint64(0xFFFF)).astype(np.int64)]
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return []
    # A hash of the run that needs no loop: a sum in which each sign is weighed by its place.
    weights = np.cumprod(np.full(len(signs), _ROOT))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_mixed(signs + _WORD) * weights)])
    alone = _mixed((sums[ends] - sums[starts]) * _inverse(len(signs))[starts])
    rows = owner[starts]
    same = rows[1:] == rows[:-1]
    pairs = _mixed(alone[:-1] * _PAIR + alone[1:])
    return [(rows, alone), (rows[1:][same], pairs[same])]


def _inverse(count: int) -> Hashes:
    """Powers of the root's inverse modulo 2^64, which take the place out of a word's sum."""
    inverse = np.uint64(pow(int(_ROOT), -1, 1 << 64))
    return np.cumprod(np.full(count, inverse), dtype=np.uint64)


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits (the finish of splitmix64), so that any of them make a good bucket."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _letters() -> NDArray[np.bool_]:
    """For each code point of the basic plane whether it is a letter or a digit."""
    return np.fromiter((chr(code).isalnum() for code in range(0x10000)), np.bool_, 0x10000)
