"""Touches nothing: what the guard knows, as data given to it (CO-1).

A phrase is written in a small language that a trainer can read (docs/rules/guard.md): words
follow one another, `|` gives choices, `?` after a word makes it optional, `{list}` stands for
any word of a list, `..` for up to three characters, `…` for up to eight of the same clause, `……`
for up to sixteen of the same sentence, `^` and `$` for the ends of a clause.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from tingsu.core.wording.fold import fold

GRADES = ("warn", "forbidden")
SHORT_GAP, GAP, LONG_GAP, START, END = "..", "…", "……", "^", "$"
GAPS = frozenset({SHORT_GAP, GAP, LONG_GAP})


class BadPhrase(ValueError):
    """A phrase that cannot be read; the words say why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to hurt: what it is called, why it hurts, what to say instead."""

    id: str
    grade: str
    label: Mapping[str, str]
    why: Mapping[str, str]
    better: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that hurt, in one or several writings."""

    id: str
    kind: str
    say: tuple[str, ...]
    grade: str = ""  # the kind's own when empty
    unless: tuple[str, ...] = ()  # in the same sentence, these make it harmless
    undated: bool = False  # harmless with a day or an hour beside it
    even_if: bool = False  # hurts after "if" too
    better: Mapping[str, str] = field(default_factory=dict)
    caught: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All kinds, word lists and phrases that hold for a case."""

    kinds: Mapping[str, Kind]
    lists: Mapping[str, tuple[str, ...]]
    phrases: tuple[Phrase, ...]

    def with_phrases(self, more: Iterable[Phrase]) -> "Lexicon":
        """The same with more phrases: an organisation's own."""
        return Lexicon(self.kinds, self.lists, (*self.phrases, *more))


@dataclass(frozen=True, slots=True)
class Word:
    """One place of a phrase: the writings it may have."""

    choices: tuple[str, ...]
    optional: bool = False


Part = Word | str  # a word, or one of the signs


def parse(written: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """Read a phrase. Raises BadPhrase."""
    signs = {*GAPS, START, END}
    parts = [piece if piece in signs else _word(piece, lists) for piece in written.split()]
    if not any(isinstance(part, Word) and not part.optional for part in parts):
        raise BadPhrase(f"没有一个必须出现的词：{written}")
    return tuple(parts)


def _word(piece: str, lists: Mapping[str, tuple[str, ...]]) -> Word:
    optional = piece.endswith("?")
    choices: list[str] = []
    for choice in (piece[:-1] if optional else piece).split("|"):
        choices += _filled(choice, lists)
    plain = tuple(dict.fromkeys(fold(choice).text for choice in choices))
    if not all(plain) or not any(char.isalnum() for choice in plain for char in choice):
        raise BadPhrase(f"有一处是空的：{piece}")
    return Word(plain, optional)


def _filled(choice: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The choice with each {list} replaced by each of its words."""
    pieces: list[tuple[str, ...]] = []
    rest = choice
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, closed, rest = after.partition("}")
        if not closed or name not in lists:
            raise BadPhrase(f"没有叫 {name} 的词表")
        pieces += [(before,), lists[name]]
    pieces.append((rest,))
    return ["".join(chosen) for chosen in product(*pieces)]
