"""Guesses what each column is, from its heading and its first cells. Touches nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tingsu.channels.file import values
from tingsu.channels.file.fields import BY_CODE, known_headers, plain_header

SURE, LIKELY = 0.8, 0.5
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODED = frozenset({"channel", "sex", "nature", "severity", "anger", "party_kind"})
ZONE = "Asia/Shanghai"  # any will do to see whether a text is a time


@dataclass(frozen=True)
class Guess:
    """A column's field ("" when it is to be left out) and how sure that is, 0 to 1."""

    header: str
    field: str
    confidence: float


def guess(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """One guess per column. A field is given once, to the column that fits it best."""
    scored = [
        (score, -place, field)
        for place, header in enumerate(headers)
        for field, score in _scores(header, [row[place] for row in rows]).items()
    ]
    taken: dict[int, tuple[str, float]] = {}
    given: set[str] = set()
    for score, place, field in sorted(scored, reverse=True):
        if score >= LIKELY and -place not in taken and field not in given:
            taken[-place] = (field, score)
            given.add(field)
    return [Guess(header, *taken.get(place, ("", 0.0))) for place, header in enumerate(headers)]


def _scores(header: str, cells: Sequence[str]) -> dict[str, float]:
    filled = [cell for cell in cells if cell.strip()][:50]
    scores = _by_header(plain_header(header))
    for field, bonus in _by_content(filled).items():
        scores[field] = scores.get(field, 0.0) + bonus
    return {field: min(score * _fits(field, filled), 0.99) for field, score in scores.items()}


def _by_header(plain: str) -> dict[str, float]:
    if exact := known_headers().get(plain):
        return dict(exact)
    found: dict[str, float] = {}
    for word, fields in known_headers().items():
        long_enough = len(word) >= (5 if word.isascii() else 2)
        if long_enough and word in plain:
            share = len(word) / len(plain)
            for field in fields:
                found[field] = max(found.get(field, 0.0), 0.4 + 0.4 * share)
    return found


def _by_content(cells: Sequence[str]) -> dict[str, float]:
    """What the cells look like when the heading says little."""
    if not cells:
        return {}
    found = {}
    if _share(cells, lambda cell: bool(_PHONE.fullmatch(cell.strip()))) > 0.8:
        found["phone"] = 0.55
    if _share(cells, lambda cell: bool(_MAIL.fullmatch(cell.strip()))) > 0.8:
        found["email"] = 0.55
    if sum(map(len, cells)) / len(cells) > 60:
        found["narrative"] = 0.3
    return found


def _fits(field: str, cells: Sequence[str]) -> float:
    """How well the cells can be read as the field, 0.1 to 1: a heading alone can mislead."""
    shape = BY_CODE[field].shape
    if not cells:
        return 0.8
    if shape == "time":
        return max(0.1, _share(cells, _is_time))
    if shape == "money":
        return max(0.1, _share(cells, _is_money))
    if field in _CODED:
        return max(0.1, _share(cells, lambda cell: _is_code(field, cell)))
    if field == "source_ref":
        return 1.0 if len(set(cells)) == len(cells) else 0.3
    return 1.0


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(holds(cell) for cell in cells) / len(cells)


def _is_time(cell: str) -> bool:
    try:
        values.instant(cell, ZONE)
    except ValueError:
        return False
    return True


def _is_money(cell: str) -> bool:
    try:
        values.fen(cell)
    except ValueError:
        return False
    return True


def _is_code(field: str, cell: str) -> bool:
    try:
        values.code(field, cell)
    except ValueError:
        return False
    return True


def day_first(cells: Sequence[str]) -> bool:
    """Whether slashed dates put the day before the month: one 24/04/2019 tells."""
    found = [m for cell in cells if (m := re.match(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", cell))]
    return any(int(m[1]) > 12 for m in found) and not any(int(m[2]) > 12 for m in found)


def needed(fields: Sequence[str]) -> bool:
    """Whether a mapping says what happened; without that no row can become a complaint."""
    return bool({"narrative", "request", "title"} & set(fields))
