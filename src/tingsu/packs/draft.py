"""Changes to a pack before they hold: written, checked, taken from files. No I/O but the packs.

A change is checked as part of the whole: the pack as it would be, each file with all layers in
one, must have no error that it did not have before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from tingsu.packs import write
from tingsu.packs.check import check_files
from tingsu.packs.layers import Layer, Raw
from tingsu.packs.loader import Amendment, amended
from tingsu.packs.model import Pack, PackError
from tingsu.packs.parts import FILES, PARTS
from tingsu.packs.problems import Problem, problem
from tingsu.packs.reading import entries, name_of

Texts = Mapping[str, str]


def whole(pack: Pack) -> dict[str, str]:
    """All files of a pack as it is, standing on nothing: to take away, or to check."""
    found = {part.file: write.dump(pack.raw(part.file, part.tables), part.tables) for part in PARTS}
    found = {name: text for name, text in found.items() if text}
    data = {**pack.raw("pack.toml", FILES["pack.toml"].tables)}
    data.pop("extends", None)
    data.pop("own_law", None)
    found["pack.toml"] = write.dump(data, FILES["pack.toml"].tables)
    return found


def wrong_with(pack: Pack, texts: Texts, since: date) -> list[Problem]:
    """The errors and warnings that a change would bring into a pack.

    Lines are those of the change where they can be told, else of the whole file as it would be.
    """
    if broken := [p for name, text in texts.items() for p in check_shape(name, text)]:
        return broken
    try:
        after = amended(pack, [Amendment("draft", since, texts)], date.max)
        seen = {(p.file, p.code, p.what) for p in _problems(pack)}
        return [p for p in _problems(after) if (p.file, p.code, p.what) not in seen]
    except PackError as error:
        return [problem("unreadable", "", 1, value=str(error))]


def check_shape(name: str, text: str) -> list[Problem]:
    """What is wrong with a file in itself: TOML, and tables that nobody knows."""
    found = check_files("", {name: text.encode()}, fragment=True)
    return [p for p in found if p.grade == "error"]


@lru_cache(maxsize=64)
def _problems(pack: Pack) -> tuple[Problem, ...]:
    files = {name: text.encode() for name, text in whole(pack).items()}
    return tuple(p for p in check_files(pack.id, files) if p.grade != "note")


def changes_from(pack: Pack, files: Texts, since: date) -> dict[str, str]:
    """What files say otherwise than the pack does: file -> the tables to be said anew.

    Entries that a file leaves out stay: what is to end says so with ``none = true``.
    """
    above = Layer("import", files)
    found: dict[str, str] = {}
    for name in files:
        if part := FILES.get(name):
            said = pack.raw(name, part.tables)
            rows = [
                write.row(table, row, part.tables)
                for table, row in _new_rows(said, above.data(name), part.tables, since)
            ]
            if rows:
                found[name] = "\n".join(rows)
    return found


def _new_rows(
    said: Raw, given: Raw, tables: Mapping[str, Any], since: date
) -> Iterator[tuple[str, Raw]]:
    for table, asked in tables.items():
        if not table or "." in table or table not in given:
            continue
        if asked.single:
            here = said.get(table, {})
            new = {k: v for k, v in given[table].items() if here.get(k) != v}
            if new:
                yield table, new
            continue
        known: Sequence[Raw] = said.get(table, [])
        for number, row in enumerate(given[table]):
            same = [r for r in known if name_of(r, asked) == name_of(row, asked, number)]
            if row in known or any(_equal(row, r) for r in same):
                continue
            yield table, {**row, "since": max(row["since"], since)} if asked.dated else row


def _equal(row: Raw, other: Raw) -> bool:
    """Equal but for a label that was taken over from below."""
    return {**other, **row} == other and set(other) - set(row) <= {"label"}


def rows_of(texts: Texts) -> list[tuple[str, str, Raw]]:
    """The tables that a change says anew: file, table, row."""
    layer = Layer("change", texts)
    found: list[tuple[str, str, Raw]] = []
    for name in texts:
        for table, asked in FILES[name].tables.items():
            given = layer.data(name).get(table)
            if given and table:
                rows = [given] if asked.single else given
                found += [(name, table, row) for row in rows]
    return found


def as_it_was(pack: Pack, texts: Texts, on: date) -> dict[str, str]:
    """What a pack says, on a day, of the things that a change says anew."""
    found: dict[str, list[str]] = {}
    for name, table, row in rows_of(texts):
        part = FILES[name]
        wanted = name_of(row, part.tables[table])
        for entry in entries(pack, part, table, on):
            if entry.name == wanted and (held := entry.now):
                found.setdefault(name, []).append(write.row(table, held.row, part.tables))
    return {name: "\n".join(blocks) for name, blocks in found.items()}
