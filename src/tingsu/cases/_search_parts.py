"""What both search backends share: rows, hits, cursors, pieces of long texts. Touches nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tingsu.core.text import LONGEST_RUN, plain, tokens_of

# PostgreSQL keeps 16,383 places in a text and 256 places of one word: cut before it forgets one.
MOST_TOKENS = 8_000
MOST_REPEATS = 250

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One message to be found. `at`: when it was said; `name_tokens`: from the vault."""

    org_id: UUID
    case_id: UUID
    event_id: UUID
    at: datetime
    text: str
    name_tokens: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """The newest message of a case that fits. `cursor`: hand it to `find` for what follows."""

    case_id: UUID
    event_id: UUID
    at: datetime
    cursor: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run of the query: its tokens in a row (one character alone is a beginning), or, for a
    name, all tokens of one of the groups."""

    tokens: tuple[str, ...]
    name_groups: tuple[tuple[str, ...], ...] = ()


Place = tuple[int, ...]
Found = tuple[Place, UUID, UUID, datetime]  # where, case, event, when
Condition = tuple[str, Sequence[Any]]  # a query that finds a row if `s.case_id` passes; or ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended (`last`) and where the first page began (`top`)."""

    last: Place
    top: Place

    def __str__(self) -> str:
        """Return the cursor as text for an address."""
        return "~".join("_".join(map(str, place)) for place in (self.last, self.top))


class BadCursor(ValueError):
    """The text is no cursor that this index gave out."""


def read_cursor(text: str, length: int) -> Cursor:
    """Return the cursor; `BadCursor` unless it holds two places of `length` numbers."""
    try:
        last, top = (tuple(map(int, place.split("_"))) for place in text.split("~"))
    except ValueError:
        raise BadCursor(text[:80]) from None
    if {len(last), len(top)} != {length} or any(abs(n) > _LARGEST for n in (*last, *top)):
        raise BadCursor(text[:80])
    return Cursor(last, top)


def pieces(row: SearchRow) -> list[str]:
    """Return the plain text of a row in pieces that both indexes hold without loss.

    Neighbouring pieces share as many characters as the longest run that is looked for.
    """
    return _cut(plain(row.text))


def _cut(text: str) -> list[str]:
    if len(text) <= MOST_REPEATS:
        return [text]
    tokens = tokens_of(text)
    if len(tokens) <= MOST_TOKENS and max(Counter(tokens).values(), default=0) <= MOST_REPEATS:
        return [text]
    middle = len(text) // 2
    return _cut(text[: middle + LONGEST_RUN]) + _cut(text[middle:])


def checked(tokens: Sequence[str]) -> Sequence[str]:
    """Return the tokens; `ValueError` unless all are letters and digits, which need no quoting."""
    for token in tokens:
        if not token.isalnum():
            raise ValueError("a search token holds letters and digits only")
    return tokens
