"""Packs from their folders. Reads the TOML files, once; no Django, no database.

A folder holds ``pack.toml`` (who it is, terms, hours, promises), ``taxonomy.toml`` and
``clocks.toml``; acts are cited from ``acts.toml`` beside the folders. The format is described
in docs/rules/pack.md. What a pack does not say, the pack it extends says; of lists (categories,
root causes, severities, silences) the pack's own replaces the other's, of clocks and terms each
entry does.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tingsu.core.calendar import Interval
from tingsu.core.clock import ClockRule, Extension, Span
from tingsu.core.dated import Dated
from tingsu.packs.almanac import load_calendar, with_opening
from tingsu.packs.model import Act, Category, Clock, Labels, Pack, PackError, Severity
from tingsu.packs.vocabulary import WEEKDAYS

FOLDER = Path(__file__).parent
FILES = ("pack.toml", "taxonomy.toml", "clocks.toml")
Table = dict[str, Any]

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
    files = {name: _text(folder / pack_id / name) for name in FILES}
    data = {name: tomllib.loads(text) for name, text in files.items()}
    own, parent = data["pack.toml"], None
    if own.get("extends"):
        parent = load(own["extends"], folder)
    opening, on_holidays = _opening(own, parent)
    calendar_id = own["calendar"] if parent is None else own.get("calendar", parent.calendar.id)
    place = load_calendar(calendar_id).calendar
    return Pack(
        id=pack_id,
        version=_version(files, parent),
        labels=own["label"],
        extends=own.get("extends", ""),
        calendar=with_opening(place, opening, on_holidays),
        opening=opening,
        terms=MappingProxyType({**(parent.terms if parent else {}), **own.get("terms", {})}),
        categories=_categories(data["taxonomy.toml"].get("category"))
        or (parent.categories if parent else {}),
        root_causes=_categories(own.get("root_cause")) or (parent.root_causes if parent else {}),
        severities=_severities(own.get("severity")) or (parent.severities if parent else {}),
        clocks=_clocks(data["clocks.toml"].get("clock", []), parent, folder),
        silences=_spans(own.get("silence"), "silence", "contacted")
        or (parent.silences if parent else ()),
        first_contacts=_spans(own.get("first_contact"), "first_contact", "received")
        or (parent.first_contacts if parent else ()),
        acts=acts(folder),
    )


def _text(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""


def _version(files: Mapping[str, str], parent: Pack | None) -> str:
    """Twelve hex digits that change when the pack or the one it extends changes."""
    content = "\0".join([parent.version if parent else "", *files.values()])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


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


# Opening hours ------------------------------------------------------------------------------


def _opening(own: Table, parent: Pack | None) -> tuple[tuple[tuple[Interval, ...], ...], bool]:
    table = own.get("opening")
    if table is None:
        if parent is None:
            raise PackError(f"{own['id']}: no opening hours")
        return parent.opening, parent.calendar.open_on_holidays
    week = tuple(tuple(interval(text) for text in table.get(day, ())) for day in WEEKDAYS)
    return week, table.get("on_holidays", False)


def interval(text: str) -> Interval:
    """``"09:00-12:00"`` as minutes of the day; ``24:00`` is the end of it."""
    opens, closes = (_minute(part) for part in text.split("-"))
    if not 0 <= opens < closes <= 24 * 60:
        raise ValueError(f"not a stretch of one day: {text}")
    return opens, closes


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    if not 0 <= int(minute) < 60:
        raise ValueError(f"not a time: {clock}")
    return int(hour) * 60 + int(minute)


# Clocks -------------------------------------------------------------------------------------


def _clocks(rows: list[Table], parent: Pack | None, folder: Path) -> Mapping[str, Clock]:
    by_id: dict[str, list[Table]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    clocks = dict(parent.clocks) if parent else {}
    for clock_id, entries in by_id.items():
        clocks[clock_id] = _clock(clock_id, entries, clocks.get(clock_id), folder)
    return MappingProxyType(clocks)


def _clock(clock_id: str, rows: list[Table], inherited: Clock | None, folder: Path) -> Clock:
    labels: Labels = inherited.labels if inherited else {}
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


def _spans(rows: Iterable[Table] | None, name: str, event: str) -> tuple[Dated[ClockRule], ...]:
    """Promises of the house, written like clocks without an id or an event of their own."""
    return tuple(_dated({**row, "id": name, "event": event}, FOLDER) for row in rows or ())
