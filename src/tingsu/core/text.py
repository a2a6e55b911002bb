"""Touches nothing: cleaning of what people type, and the one writing in which text is searched.

Rules and guarantees: docs/rules/search.md. `normalise` keeps the length, character by character,
so that a place found in the normalised text is the same place in the original.
"""

import re
import unicodedata
from collections.abc import Iterable

from tingsu.core._t2s import SIMPLIFIED, TRADITIONAL

Span = tuple[int, int]

_TO_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))

# Stands for what is not seen or only sits on a letter: accents, joiners, selectors, soft hyphens.
_UNSEEN = "\u034f"
_UNSEEN_CATEGORIES = frozenset({"Mn", "Me", "Mc", "Cf"})
_RUN = re.compile(rf"(?:[^\W_]{_UNSEEN}*)+")
_TOKEN = re.compile(r"(?=([^\W_]{1,2}))[^\W_]")

# A query longer than this is looked up by its beginning; the index keeps as much overlap.
LONGEST_RUN = 64
MOST_RUNS = 12


class _Folding(dict[int, int]):
    """One character's fold, worked out when first met (str.translate asks by code point)."""

    def __missing__(self, code: int) -> int:
        folded = self[code] = ord(_fold(chr(code)))
        return folded


def _fold(char: str) -> str:
    if unicodedata.category(char) in _UNSEEN_CATEGORIES:
        return _UNSEEN
    for _ in range(3):  # some characters need a second round: a ligature of capitals, say
        before, char = char, _fold_once(char)
        if char == before:
            break
    return char


def _fold_once(char: str) -> str:
    composed = unicodedata.normalize("NFKC", char)
    parts = unicodedata.normalize("NFD", composed)
    if all(unicodedata.combining(mark) for mark in parts[1:]):
        char = parts[0]  # é is found as e, and the other way
    elif len(composed) == 1:
        char = composed  # what would grow longer stays
    small = char.casefold()
    if len(small) == 1:
        char = small
    return _TO_SIMPLIFIED.get(char, char)


_FOLDING = _Folding()


def normalise(text: str) -> str:
    """Return the text in small letters, half width, Simplified, without accents; same length.

    Characters whose compatibility form is longer than one (㎡, ½, ß) stay as they are.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def runs(normalised: str) -> list[str]:
    """Return the unbroken runs of letters, digits and ideographs, without unseen characters."""
    return [run.replace(_UNSEEN, "") for run in _RUN.findall(normalised)]


def plain(text: str) -> str:
    """Return the normalised text without unseen characters: what the index is made of."""
    return normalise(text).replace(_UNSEEN, "")


def bigrams(text: str) -> list[str]:
    """Return the index tokens of a text, in order: each pair of neighbours of each run.

    Each run ends with its last character alone, so that every character of the text begins a
    token, and a query of one character is the beginning of a token.
    """
    return tokens_of(plain(text))


def tokens_of(plain_text: str) -> list[str]:
    """Return the index tokens of a text that is `plain` already."""
    return _TOKEN.findall(plain_text)


def query_runs(query: str) -> list[str]:
    """Return what is looked for: the runs of the query, normalised, at most 12 of 64 characters."""
    return [run[:LONGEST_RUN] for run in dict.fromkeys(runs(normalise(query)))][:MOST_RUNS]


def query_tokens(query: str) -> list[list[str]]:
    """Return for each run of the query the tokens that must follow one another in a message.

    A run of one character gives a single token of one character, meant as a beginning.
    """
    return [[run] if len(run) == 1 else _pairs(run) for run in query_runs(query)]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def find_spans(text: str, query: str) -> list[Span]:
    """Return where the runs of the query stand in the text, as (start, end), in order.

    Spans that touch or overlap are joined. The places are those of the text as given.
    """
    found = query_runs(query)
    if not found:
        return []
    pattern = "|".join(f"(?=({_loosely(run)}))" for run in found)
    spans = (match.span(match.lastindex or 0) for match in re.finditer(pattern, normalise(text)))
    return _joined(spans)


def _loosely(run: str) -> str:
    return f"{_UNSEEN}*".join(map(re.escape, run))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters but tab and newline; bidirectional embeddings, overrides, isolates; byte order
# mark; what UTF-8 cannot carry; language tags, which can hide words, but those of a flag.
_UNWANTED = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    r"""Return the text without characters that hide, reorder or break; newlines become `\n`.

    Emoji, rare characters and right-to-left scripts stay. Nothing is trimmed.
    """
    return _UNWANTED.sub(lambda match: match[1] or "", _NEWLINES.sub("\n", text))


def clean_line(text: str) -> str:
    """Return the cleaned text on one line, without spaces at its ends: names, titles, numbers."""
    return " ".join(clean(text).split())


def is_blank(text: str) -> bool:
    """Tell whether nothing can be seen: only spaces, controls and characters of no width."""
    return all(unicodedata.category(sign)[0] in "ZC" for sign in text)
