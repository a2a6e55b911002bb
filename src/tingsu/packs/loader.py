"""Packs from their folders. Reads the TOML files, once; no Django, no database.

A folder holds ``pack.toml`` (who it is, terms, hours, promises), ``taxonomy.toml``,
``clocks.toml`` and the files of `tingsu.packs.parts`; acts are cited from ``acts.toml`` beside
the folders. The format is described in docs/rules/pack.md, the way one pack stands on another in
`tingsu.packs.layers`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tingsu.core.calendar import Interval
from tingsu.core.clock import ClockRule, Extension, Span
from tingsu.core.dated import Dated
from tingsu.packs import tables
from tingsu.packs.almanac import load_calendar, with_opening
from tingsu.packs.layers import Layer, merged
from tingsu.packs.model import Act, Category, Clock, Labels, Pack, PackError, Severity, Variant
from tingsu.packs.opening import interval
from tingsu.packs.parts import FILES, LAW
from tingsu.packs.vocabulary import WEEKDAYS

FOLDER = Path(__file__).parent
Table = dict[str, Any]


class Amendment(NamedTuple):
    """What an organisation changes in a pack: files with the tables that it says anew."""

    id: str
    since: date  # from this day; entries with a day of their own carry the same
    texts: Mapping[str, str]


_COPIED = (
    "start_rule roll ends_at act article source duty variant house review"  # as they stand
).split()


def available(folder: Path = FOLDER) -> tuple[str, ...]:
    """The ids of all packs, ``general`` first."""
    found = sorted(file.parent.name for file in folder.glob("*/pack.toml"))
    return tuple(sorted(found, key=lambda pack: pack != "general"))


@lru_cache(maxsize=64)
def load(pack_id: str, folder: Path = FOLDER) -> Pack:
    """A pack by its id. Raises PackError when there is none or a file cannot be used."""
    if pack_id not in available(folder):
        raise PackError(f"no such pack: {pack_id}")
    try:
        return _read(pack_id, folder)
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"{pack_id}: {error!r}; see `tingsu pack check`") from error


def act(act_id: str, folder: Path = FOLDER) -> Act | None:
    """An act by its key; None when it is not in acts.toml."""
    return acts(folder).get(act_id)


@lru_cache(maxsize=8)
def acts(folder: Path = FOLDER) -> Mapping[str, Act]:
    """All acts that packs of a folder may cite."""
    file = folder / "acts.toml"
    rows = tomllib.loads(file.read_text("utf-8")).get("act", []) if file.exists() else []
    return MappingProxyType(
        {a["id"]: Act(a["id"], a["cite"], a["title"], a.get("since")) for a in rows}
    )


def _read(pack_id: str, folder: Path) -> Pack:
    top = _layer(pack_id, folder)
    extends = top.data("pack.toml").get("extends", "")
    parent = load(extends, folder) if extends else None
    below = parent.layers if parent else ()
    if top.data("pack.toml").get("own_law"):
        below = tuple(layer.without(LAW) for layer in below)
    layers = (*below, top)
    version = _version(top.texts, parent.version if parent else "")
    return build(pack_id, version, layers, folder)


def _layer(pack_id: str, folder: Path) -> Layer:
    files = {name: folder / pack_id / name for name in FILES}
    return Layer(pack_id, {n: f.read_text("utf-8") for n, f in files.items() if f.exists()})


def _version(texts: Mapping[str, str], below: str) -> str:
    """Twelve hex digits that change when the pack or the one it extends changes."""
    content = "\0".join([below, *(part for item in texts.items() for part in item)])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def amended(base: Pack, changes: Sequence[Amendment], on: date) -> Pack:
    """A pack as an organisation has changed it, as seen on a day.

    Raises PackError when the changes do not fit the pack (any more).
    """
    above = [Layer(c.id, c.texts, amends=True, begun=c.since <= on) for c in changes]
    mark = "".join(f"{layer.id}{layer.begun:d}" for layer in above)
    version = hashlib.sha256((base.version + mark).encode()).hexdigest()[:12]
    try:
        return build(base.id, version, (*base.layers, *above), on=on)
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"{base.id}: {error!r}") from error


def build(
    pack_id: str,
    version: str,
    layers: tuple[Layer, ...],
    folder: Path = FOLDER,
    on: date = date.max,
) -> Pack:
    """A pack from its layers, the ground first. on: promises that begin later are left out."""
    own = merged(layers, "pack.toml", tables.PACK)
    opening, on_holidays = _opening(own["opening"])
    place = load_calendar(own["calendar"]).calendar
    return Pack(
        id=pack_id,
        version=version,
        labels=own["label"],
        extends=next(x for x in layers if x.id == pack_id).data("pack.toml").get("extends", ""),
        calendar=with_opening(place, opening, on_holidays),
        opening=opening,
        terms=MappingProxyType(own.get("terms", {})),
        categories=_categories(merged(layers, "taxonomy.toml", tables.TAXONOMY).get("category")),
        root_causes=_categories(own.get("root_cause")),
        severities=_severities(own.get("severity")),
        clocks=_clocks(merged(layers, "clocks.toml", tables.CLOCKS).get("clock", []), folder),
        silences=_spans(own.get("silence"), "silence", "contacted", on),
        first_contacts=_spans(own.get("first_contact"), "first_contact", "received", on),
        variants=_variants(own.get("variant")),
        acts=acts(folder),
        layers=layers,
    )


def _categories(rows: list[Table] | None) -> Mapping[str, Category]:
    return MappingProxyType(
        {
            row["code"]: Category(row["code"], row["label"], tuple(row.get("examples", ())))
            for row in rows or ()
        }
    )


def _severities(rows: list[Table] | None) -> Mapping[str, Severity]:
    return MappingProxyType(
        {
            row["code"]: Severity(row["code"], row["label"], row.get("to_head", False))
            for row in rows or ()
        }
    )


def _variants(rows: list[Table] | None) -> Mapping[str, Variant]:
    return MappingProxyType(
        {
            row["code"]: Variant(row["code"], row["label"], row.get("standing", False))
            for row in rows or ()
        }
    )


def _opening(table: Table) -> tuple[tuple[tuple[Interval, ...], ...], bool]:
    week = tuple(tuple(interval(text) for text in table.get(day, ())) for day in WEEKDAYS)
    return week, table.get("on_holidays", False)


# Clocks -------------------------------------------------------------------------------------


def _clocks(rows: list[Table], folder: Path) -> Mapping[str, Clock]:
    by_id: dict[str, list[Table]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    return MappingProxyType({key: _clock(key, group, folder) for key, group in by_id.items()})


def _clock(clock_id: str, rows: list[Table], folder: Path) -> Clock:
    labels: Labels = {}
    for row in rows:
        labels = row.get("label", labels)
    return Clock(
        clock_id,
        labels,
        tuple(_dated(row, folder) for row in rows),
        by_receipt=any(row.get("in_force_by") == "received" for row in rows),
        replaces=next((row["replaces"] for row in rows if "replaces" in row), ""),
    )


def _dated(row: Table, folder: Path) -> Dated[ClockRule]:
    cited = acts(folder).get(row.get("act", ""))
    source = row.get("source") or (cited.title["zh-hans"] if cited else "")
    rule = None if row.get("none") else _rule(row)
    return Dated(row["since"], rule, source, row.get("review_by"), row.get("review", ""))


def _rule(row: Table) -> ClockRule:
    given = {name: row[name] for name in _COPIED if name in row}
    return ClockRule(
        id=row["id"],
        event=row["event"],
        n=row["n"],
        unit=row["unit"],
        since=row["since"],
        warn=_span(row["warn"]) if "warn" in row else None,
        pauses=frozenset(row.get("pauses", ())),
        met_by=frozenset(row.get("met_by", ())),
        extensions=tuple(_extension(table) for table in row.get("extension", ())),
        **given,
    )


def _extension(table: Table) -> Extension:
    kind = "to" if "to" in table else "by"
    return Extension(
        table[kind],
        table["unit"],
        kind,
        table.get("condition", ""),
        table.get("approval", ""),
        table.get("notify", False),
    )


def _span(table: Table) -> Span:
    return Span(table["n"], table["unit"])


def _spans(
    rows: Iterable[Table] | None, name: str, event: str, on: date
) -> tuple[Dated[ClockRule], ...]:
    """Promises of the house, written like clocks without an id or an event of their own."""
    begun = (row for row in rows or () if row["since"] <= on)
    return tuple(_dated({**row, "id": name, "event": event}, FOLDER) for row in begun)
