"""Touches nothing: finds the phrases of a lexicon in a text, however they are written.

Three steps keep it fast: two neighbouring characters point to the few phrases that could be
there, a regular expression decides, and only then are exceptions looked at. Spaces, signs and
digits between the letters are overlooked; other characters of the same sound are accepted in
phrases of four characters and more, when at least half stands as written; in phrases of three only
where the sound is spelt in letters (神经bing).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tingsu.core.wording.fold import STRONG, Folded, Heard, hear, sound_of
from tingsu.core.wording.lexicon import (
    END,
    GAP,
    GAPS,
    LONG_GAP,
    SHORT_GAP,
    START,
    Lexicon,
    Part,
    Phrase,
    Word,
    parse,
)

_BETWEEN = "[,。0]{0,2}"
_SIGNS = {
    SHORT_GAP: "[^,。]{0,3}?",
    GAP: "[^,。]{0,8}?",
    LONG_GAP: "[^。]{0,16}?",
    START: "(?:^|(?<=[。,]))",
    END: "(?=[。,]|$)",
}
_UNWRITTEN = re.compile("[,。0]")
_LETTER = re.compile("[a-z]")
HEARD, SPELT = 4, 3  # characters from which a phrase is looked for by sound; spelt in letters


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found, as places in the plain writing."""

    phrase: Phrase
    start: int
    end: int


class Pattern:
    """One writing of a phrase, ready to be looked for."""

    def __init__(self, phrase: Phrase, parts: tuple[Part, ...]) -> None:
        self.phrase = phrase
        words = [part for part in parts if isinstance(part, Word)]
        self.keys = _keys(words)
        self.letters = frozenset("".join(choice for word in words for choice in word.choices))
        self.parts = parts
        # By sound only what is long enough to be meant, and has no gap that could hold anything.
        least = sum(min(map(len, word.choices)) for word in words if not word.optional)
        heard = not GAPS & set(parts) and not _latin(words)
        self.heard = heard and least >= HEARD
        self.spelt = heard and least == SPELT

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """As it is written."""
        return re.compile(_regex(self.parts, str))

    @cached_property
    def sound(self) -> re.Pattern[str]:
        """As it sounds."""
        return re.compile(_regex(self.parts, sound_of))


class Matcher:
    """A lexicon made ready. Building it takes some milliseconds; keep it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._written: dict[str, list[Pattern]] = {}
        self._spoken: dict[str, list[Pattern]] = {}
        self._spelt: dict[str, list[Pattern]] = {}
        for phrase in lexicon.phrases:
            for say in phrase.say:
                self._add(Pattern(phrase, parse(say, lexicon.lists)))

    def _add(self, pattern: Pattern) -> None:
        for key in pattern.keys:
            self._written.setdefault(key, []).append(pattern)
            if pattern.heard or pattern.spelt:
                index = self._spoken if pattern.heard else self._spelt
                index.setdefault("".join(map(sound_of, key)), []).append(pattern)

    def hits(self, folded: Folded) -> list[Hit]:
        """All phrases in a text, without a look at who says them or why."""
        written = sorted(self._as_written(folded.text), key=lambda hit: hit.end)
        found = {(hit.phrase.id, hit.start): hit for hit in written}  # the longest stays
        heard = hear(folded.text)
        for hit in self._as_heard(folded.text, heard):
            if not any(h.start < hit.end and hit.start < h.end for h in found.values()):
                found[hit.phrase.id, hit.start] = hit
        return sorted(found.values(), key=lambda hit: (hit.start, -hit.end))

    def _as_written(self, text: str) -> Iterator[Hit]:
        for pattern in _pointed(self._written, _UNWRITTEN.sub("", text)):
            for match in pattern.regex.finditer(text):
                if _one_breath(match[0]):
                    yield Hit(pattern.phrase, *match.span())

    def _as_heard(self, text: str, heard: Heard) -> Iterator[Hit]:
        letters = _UNWRITTEN.sub("", heard.text)
        patterns = _pointed(self._spoken, letters)
        if _LETTER.search(text):
            patterns += _pointed(self._spelt, letters)
        for pattern in patterns:
            for match in pattern.sound.finditer(heard.text):
                first, last = match.start(), match.end() - 1
                pieces = [
                    text[heard.starts[n] : heard.ends[n]]
                    for n in range(first, last + 1)
                    if not _UNWRITTEN.match(heard.text[n])
                ]
                other = [piece for piece in pieces if piece not in pattern.letters]
                if pattern.spelt and not all(map(str.isascii, other)):
                    continue
                if 0 < len(other) <= len(pieces) // 2 and _one_breath(match[0]):
                    yield Hit(pattern.phrase, heard.starts[first], heard.ends[last])


def _pointed(index: dict[str, list[Pattern]], letters: str) -> list[Pattern]:
    """The patterns whose key stands somewhere in the letters."""
    pairs = {letters[n : n + 2] for n in range(len(letters))}
    found = {id(p): p for key in pairs & index.keys() for p in index[key]}
    single = set(letters) & index.keys()
    found.update({id(p): p for key in single for p in index[key]})
    return list(found.values())


def _keys(words: Iterable[Word]) -> frozenset[str]:
    """One or two characters of the least common place: one of them must be in the text."""
    best: frozenset[str] = frozenset()
    score = -1.0
    for word in words:
        if word.optional:
            continue
        keys = frozenset(choice[:2] for choice in word.choices)
        rank = min(map(len, keys)) * 100 - len(keys)
        if rank > score:
            best, score = keys, rank
    return best


def _latin(words: Iterable[Word]) -> bool:
    return any(choice.isascii() for word in words for choice in word.choices)


def _regex(parts: tuple[Part, ...], writing: object) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(_SIGNS[part])
            continue
        choices = sorted(part.choices, key=len, reverse=True)
        word = "|".join(_BETWEEN.join(re.escape(_say(c, writing)) for c in one) for one in choices)
        glue = _BETWEEN if pieces and pieces[-1] not in _SIGNS.values() else ""
        pieces.append(f"(?:{glue}(?:{word})){'?' if part.optional else ''}")
    return "".join(pieces)


def _say(char: str, writing: object) -> str:
    return sound_of(char) if writing is sound_of else char


def _one_breath(matched: str) -> bool:
    """A single full stop inside parts two sentences; several stand there on purpose."""
    return matched.count(STRONG) != 1 or len(_UNWRITTEN.findall(matched)) > 1
