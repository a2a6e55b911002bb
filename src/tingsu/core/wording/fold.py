"""Touches nothing: one plain writing of what was typed, and the way back to each place in it.

Spaces, emoji, signs and characters of no width put between the letters vanish; Traditional
becomes Simplified; a run of digits becomes one 0; what ends a clause becomes a comma, what ends
a sentence a full stop. `at` says for each character where it stands in the text as typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_lowercase

from tingsu.core.text import normalise
from tingsu.core.wording._sounds import SYLLABLES

WEAK, STRONG, DIGIT = ",", "。", "0"
_BREAK_SIGNS = frozenset((WEAK, STRONG))
_NOTHING = "\0"
LONGEST_SYLLABLE = 6
_BREAKS = {**dict.fromkeys("，、；：,;:—…", WEAK), **dict.fromkeys("。！？!?\n", STRONG)}
_OPEN, _CLOSE = "“「『《‘", "”」』》’"
_STRAIGHT = '"'
_LETTER = re.compile("[a-z]")


class _Signs(dict[int, str]):
    """What one character of the normalised text becomes, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isdigit():
            sign = DIGIT
        elif char in _BREAKS:
            sign = _BREAKS[char]
        else:
            sign = char if char.isalnum() else _NOTHING
        self[code] = sign
        return sign


_SIGNS = _Signs()


@dataclass(frozen=True)
class Folded:
    """The plain writing of a text."""

    source: str  # normalised, as long as what was typed
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain writing stands in what was typed."""
        return self.at[start], self.at[end - 1] + 1

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """What stands between quotation marks, as places in what was typed."""
        return tuple(_quotes(self.source))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The sentences, as places in the plain writing, without their full stops."""
        found, begin = [], 0
        for place, sign in enumerate(self.text + STRONG):
            if sign == STRONG:
                if place > begin:
                    found.append((begin, place))
                begin = place + 1
        return tuple(found)

    def sentence_of(self, place: int) -> tuple[int, int]:
        """The sentence around a place of the plain writing."""
        start = self.text.rfind(STRONG, 0, place) + 1
        end = self.text.find(STRONG, place)
        return start, end if end >= 0 else len(self.text)


def fold(text: str) -> Folded:
    """Return the plain writing of a text."""
    source = normalise(text)
    signs: list[str] = []
    places: list[int] = []
    last = ""
    for place, sign in enumerate(source.translate(_SIGNS)):
        if sign == _NOTHING and not (source[place] == "." and _ends_english(source, place)):
            continue
        kept = STRONG if sign == _NOTHING else sign
        if _repeats(kept, last):
            if kept == STRONG:  # of two breaks in a row the stronger stays
                signs[-1] = last = STRONG
            continue
        signs.append(kept)
        places.append(place)
        last = kept
    return Folded(source, "".join(signs), tuple(places))


def _repeats(sign: str, last: str) -> bool:
    """A digit after a digit, a break after a break."""
    return sign == last == DIGIT or (sign in _BREAK_SIGNS and last in _BREAK_SIGNS)


def _ends_english(source: str, place: int) -> bool:
    before = source[place - 1 : place]
    after = source[place + 1 : place + 2]
    return before.isascii() and before.isalnum() and (not after or after.isspace())


def _quotes(source: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for place, char in enumerate(source):
        closes = char in _CLOSE or (char == _STRAIGHT and stack and stack[-1][0] == _STRAIGHT)
        if closes and stack:
            found.append((stack.pop()[1] + 1, place))
        elif char in _OPEN or char == _STRAIGHT:
            stack.append((char, place))
    return found


# Sounds -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _sounds() -> tuple[dict[str, str], dict[str, str]]:
    """Of each character, and of each syllable in letters, the first character of that sound."""
    by_char: dict[str, str] = {}
    by_letters: dict[str, str] = {}
    for word in SYLLABLES.split():
        chars = word.lstrip(ascii_lowercase)
        first = by_letters.setdefault(word[: -len(chars)], chars[0])
        by_char.update(dict.fromkeys(chars, first))
    return by_char, by_letters


@lru_cache(maxsize=1)
def _chars() -> dict[int, str]:
    return {ord(char): sound for char, sound in _sounds()[0].items()}


def sound_of(char: str) -> str:
    """The character that stands for the sound of a character; itself when it is rare."""
    return _sounds()[0].get(char, char)


@dataclass(frozen=True, slots=True)
class Heard:
    """The plain writing as it sounds, with the place of each sound in the plain writing."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def hear(plain: str) -> Heard:
    """Return how a plain writing sounds: each character, or syllable in letters, by its sound."""
    if not _LETTER.search(plain):  # nearly always: one sound a character
        places = range(len(plain) + 1)
        return Heard(plain.translate(_chars()), places[:-1], places[1:])
    by_char, by_letters = _sounds()
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    while place < len(plain):
        size = 1
        sign = by_char.get(plain[place], plain[place])
        if sign.isascii() and sign.isalpha():
            left = min(LONGEST_SYLLABLE, len(plain) - place)
            sizes = (n for n in range(left, 0, -1) if plain[place : place + n] in by_letters)
            size = next(sizes, 1)
            sign = by_letters.get(plain[place : place + size], sign)
        signs.append(sign)
        starts.append(place)
        ends.append(place + size)
        place += size
    return Heard("".join(signs), tuple(starts), tuple(ends))
