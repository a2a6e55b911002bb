"""A pack as a person reads it: every entry with its history and who says so. No I/O, no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tingsu.packs.layers import Layer, Raw, Table
from tingsu.packs.model import Pack
from tingsu.packs.part import Part


@dataclass(frozen=True, slots=True)
class Version:
    """One row of a table. standing: now | coming | past | ended; until: the day it ends, if any."""

    row: Raw
    since: date | None
    until: date | None
    standing: str
    said_by: str  # the pack that says it; for a change of the organisation its id
    changed: bool  # by the organisation


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is said of one thing, oldest first."""

    table: str
    name: str  # the value of the key that tells entries apart; "" where there is none
    versions: tuple[Version, ...]

    @property
    def now(self) -> Version | None:
        """What holds today."""
        return next((v for v in self.versions if v.standing == "now"), None)

    @property
    def shown(self) -> Version:
        """What to show first: what holds, else what comes, else what was."""
        return self.now or self.versions[-1]

    @property
    def changed(self) -> bool:
        """Whether the organisation had a hand in it."""
        return any(version.changed for version in self.versions)


def entries(pack: Pack, part: Part[Any], table: str, on: date) -> list[Entry]:
    """The entries of a table as all layers together say it."""
    asked = part.tables[table]
    content = pack.raw(part.file, part.tables).get(table, [])
    groups: dict[str, list[Raw]] = {}
    for number, row in enumerate([content] if asked.single else content):
        groups.setdefault(name_of(row, asked, number), []).append(row)
    return [
        Entry(table, name, tuple(_versions(pack, part, table, rows, on)))
        for name, rows in groups.items()
    ]


def name_of(row: Raw, asked: Table, number: int = 0) -> str:
    """What tells an entry apart from the others of its table."""
    if asked.by:
        return str(row.get(asked.by, ""))
    return "" if asked.dated or asked.single else str(number)


def said_by(pack: Pack, part: Part[Any], table: str, row: Raw) -> Layer:
    """The topmost layer that says a row."""
    for layer in reversed(pack.layers):
        found = layer.data(part.file).get(table, [])
        if _among(row, [found] if isinstance(found, dict) else found, part.tables[table]):
            return layer
    return pack.layers[0]


def _among(row: Raw, rows: list[Raw], asked: Table) -> bool:
    if asked.single:
        return any(one and one.items() <= row.items() for one in rows)
    keys = [key for key in (asked.by, "since") if key and key in row]
    return any(one == row or (keys and all(one.get(k) == row[k] for k in keys)) for one in rows)


def _versions(
    pack: Pack, part: Part[Any], table: str, rows: list[Raw], on: date
) -> Iterator[Version]:
    for number, row in enumerate(rows):
        since = row.get("since") if part.tables[table].dated else None
        after = rows[number + 1].get("since") if number + 1 < len(rows) else None
        layer = said_by(pack, part, table, row)
        standing = _standing(row, since, after, on)
        yield Version(row, since, after, standing, layer.id, layer.amends)


def _standing(row: Raw, since: date | None, until: date | None, on: date) -> str:
    if since is not None and since > on:
        return "coming"
    if until is not None and until <= on:
        return "past"
    return "ended" if row.get("none") else "now"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """The keys of which something else is said."""
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            yield key
