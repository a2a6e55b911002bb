"""Touches nothing: better wording with facts put in its slots, and what it replaces."""

import re
from collections.abc import Mapping

SLOTS = ("called", "date", "me", "contact", "number")
_STOPS = "。！？!?\n"
_SLOT = re.compile(r"\{(" + "|".join(SLOTS) + r")\}")


def fill(wording: str, facts: Mapping[str, str], blank: str = "……") -> str:
    """The wording with each {slot} filled; what the case does not know stays a blank to fill."""
    return _SLOT.sub(lambda match: facts.get(match[1]) or blank, wording)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentence around a mark, with its full stop: what the better wording replaces."""
    first = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    found = [at for stop in _STOPS if (at := text.find(stop, max(end - 1, start))) >= 0]
    last = min(found) + 1 if found else len(text)
    while first < start and text[first].isspace():
        first += 1
    return first, max(last, end)
