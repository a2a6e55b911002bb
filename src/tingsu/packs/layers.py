"""One pack over another: what each says, and what comes out. Touches nothing but its arguments.

A layer is the files of one pack as text. What a layer does not say, the layers below it say:

- a single table (``[terms]``): key by key;
- a list whose entries have a name (``by``): entry by entry, with all its history; a label is
  taken over where the upper layer gives none;
- a list without, or one that is ``whole``: as a whole.

An amending layer (the changes of one organisation) replaces entry by entry wherever there are
names, and no history: its dated entries are put among those that are there; another one of the
same day gives way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from tingsu.packs.shape import Shape

Raw = dict[str, Any]


class Table(NamedTuple):
    """One table of a file: what may stand in it, and how it is taken over."""

    shape: Shape
    by: str = ""  # the key that tells the entries of a list apart
    whole: bool = False  # yet another pack's list is taken over as a whole or not at all
    single: bool = False  # [table] and not [[table]]
    must_source: bool = True  # where it has a source at all

    @property
    def dated(self) -> bool:
        """Whether its entries have a day since which they hold."""
        return "since" in self.shape

    @property
    def sourced(self) -> bool:
        """Whether its entries must say where they come from."""
        return "source" in self.shape and self.must_source


@dataclass(frozen=True)
class Layer:
    """The files of one pack, or of one organisation's changes to it."""

    id: str
    texts: Mapping[str, str]
    amends: bool = False
    begun: bool = True  # an amendment before its day: what has a day of its own stands there

    def without(self, files: Collection[str]) -> Layer:
        """The layer as if it had none of these files."""
        return replace(self, texts={f: t for f, t in self.texts.items() if f not in files})

    def data(self, file: str) -> Raw:
        """A file as parsed; empty where there is none. Raises ValueError when it is no TOML."""
        text = self.texts.get(file, "")
        return _parsed(text) if text else {}


@lru_cache(maxsize=512)
def _parsed(text: str) -> Raw:
    return tomllib.loads(text)


def merged(layers: Sequence[Layer], file: str, tables: Mapping[str, Table]) -> Raw:
    """What a file says in the end; layers from the ground up. Not to be changed by the reader."""
    result: Raw = {}
    for layer in layers:
        for name, value in layer.data(file).items():
            table = tables.get(name)
            if not layer.begun and not (table and table.dated):
                continue
            result[name] = _over(result.get(name), value, table, layer.amends)
    return result


def _over(below: Any, above: Any, table: Table | None, amends: bool) -> Any:
    if table is None or not below:
        return above
    if table.single:
        return {**below, **above}
    if table.by and (amends or not table.whole):
        return _by_entry(below, above, table.by, amends)
    return _in_order(below, above) if amends and table.dated else above


def _by_entry(below: list[Raw], above: list[Raw], by: str, amends: bool) -> list[Raw]:
    entries: dict[Any, list[Raw]] = {}
    for row in below:
        entries.setdefault(row[by], []).append(row)
    said: dict[Any, list[Raw]] = {}
    for row in above:
        said.setdefault(row[by], []).append(row)
    for key, rows in said.items():
        entries[key] = _entry(entries.get(key, []), rows, amends)
    return [row for rows in entries.values() for row in rows]


def _entry(below: list[Raw], above: list[Raw], amends: bool) -> list[Raw]:
    labels = [row["label"] for row in below if "label" in row]
    if labels and not any("label" in row for row in above):
        above = [{**above[0], "label": labels[-1]}, *above[1:]]
    return _in_order(below, above) if amends and "since" in above[0] else above


def _in_order(below: list[Raw], above: list[Raw]) -> list[Raw]:
    days = {row["since"] for row in above}
    kept = [row for row in below if row["since"] not in days]
    return sorted([*kept, *above], key=lambda row: row["since"])
