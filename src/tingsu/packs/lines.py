"""Where in a TOML file something stands. Touches nothing but the text given to it.

The parser of the standard library forgets lines; a person who corrects a pack needs them. Packs
are written plainly (one key a line, no dotted keys outside headers), so headers and keys can be
found by reading along.
"""

from __future__ import annotations

import re
from collections import Counter

Place = tuple[str, int, str]
"""Table name (``year.holiday`` for nested ones), its number from 0, key ("" is the header)."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_KEY = re.compile(r'^\s*("?)([\w.\-]+)\1\s*=')
_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')


def find_lines(text: str) -> dict[Place, int]:
    """Line numbers, from 1, of all headers and keys."""
    places: dict[Place, int] = {}
    seen: Counter[str] = Counter()
    table, number, depth = "", 0, 0
    for line, content in enumerate(text.splitlines(), start=1):
        bare = _STRINGS.sub('""', content)
        if depth == 0 and (header := _HEADER.match(content)):
            table, number = header[2], seen[header[2]]
            seen[table] += 1
            places[table, number, ""] = line
            continue
        if depth == 0 and (key := _KEY.match(content)):
            places[table, number, key[2]] = line
        depth = max(depth + sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}"), 0)
    return places


def line_of(places: dict[Place, int], table: str, number: int, key: str = "") -> int:
    """The line of a key, of its table where the key is missing, else 1."""
    return places.get((table, number, key)) or places.get((table, number, "")) or 1
