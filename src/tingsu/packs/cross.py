"""Checks of a pack that look at more than one value. Reads acts, calendars and other packs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from tingsu.packs.layers import Table as Asked
from tingsu.packs.problems import Problem, Value
from tingsu.packs.vocabulary import WEEKDAYS

Table = dict[str, Any]


class Read(Protocol):
    """A file as it was read, with the lines of its keys."""

    @property
    def data(self) -> Table:
        """The parsed content."""

    def at(self, code: str, table: str, number: int = 0, key: str = "", **values: Value) -> Problem:
        """A problem at a key of a table."""


@dataclass(frozen=True)
class Around:
    """What stands around a file: the pack's other files, those it extends, the acts, the day."""

    pack: str  # the folder's name
    root: Path
    own: Mapping[str, Table]  # this pack's files as parsed
    today: date | None = None
    law: frozenset[str] = frozenset()  # files that a pack with a law of its own does not take over

    @cached_property
    def acts(self) -> Mapping[str, Table]:
        """The acts that may be cited."""
        return {str(a.get("id")): a for a in tables(_load(self.root / "acts.toml"), "act")}

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The packs that it extends, the nearest first."""
        found: list[str] = []
        extends = str(self.own.get("pack.toml", {}).get("extends", ""))
        while extends and extends not in (self.pack, *found):
            found.append(extends)
            extends = str(_load(self.root / extends / "pack.toml").get("extends", ""))
        return tuple(found)

    def inherited(self, file: str, table: str, key: str) -> frozenset[str]:
        """The names of the entries that the packs below have."""
        rows = (row for pack in self._below(file) for row in self._of(pack, file, table))
        return frozenset(str(row.get(key)) for row in rows)

    def _below(self, file: str) -> Iterator[str]:
        """The packs whose file it takes over: none below one with a law of its own."""
        data = self.own.get("pack.toml", {})
        for pack in self.parents:
            if file in self.law and data.get("own_law"):
                return
            yield pack
            data = _load(self.root / pack / "pack.toml")

    def known(self, file: str, table: str, key: str) -> frozenset[str]:
        """The names of all entries, own and inherited: what a reference may name."""
        own = {str(row.get(key)) for row in tables(self.own.get(file, {}), table)}
        return self.inherited(file, table, key) | own

    def _of(self, pack: str, file: str, table: str) -> list[Table]:
        return tables(_load(self.root / pack / file), table)


def tables(data: Table, name: str) -> list[Table]:
    """All tables of a name, nested ones (``year.holiday``) in the order of the file."""
    rows: list[Any] = [data]
    for part in name.split("."):
        inner = [row.get(part, []) for row in rows]
        rows = [t for value in inner for t in (value if isinstance(value, list) else [value])]
        rows = [row for row in rows if isinstance(row, dict)]
    return rows


def table_rules(read: Read, name: str, asked: Asked, around: Around) -> Iterator[Problem]:
    """What holds for every table: sources, acts that exist, names once, dates in order."""
    rows = tables(read.data, name)
    for number, row in enumerate(rows):
        if asked.sourced:
            yield from _sourced(read, name, number, row, around.today)
        if "act" in row:
            yield from _cited(read, name, number, row, around.acts)
    groups: dict[str, list[tuple[int, Table]]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(str(row.get(asked.by, "")), []).append((number, row))
    for key, entries in groups.items():
        if asked.dated:
            yield from _ordered(read, name, entries, key or name)
        elif asked.by:
            for number, _row in entries[1:]:
                yield read.at("duplicate", name, number, asked.by, value=key)


def pack_rules(read: Read, around: Around) -> Iterator[Problem]:
    """The pack's own file: its name, what it stands on."""
    own = read.data
    if own.get("id") not in (None, around.pack):
        yield read.at("wrong_id", "", 0, "id", value=str(own["id"]), known=around.pack)
    packs = sorted(file.parent.name for file in around.root.glob("*/pack.toml"))
    if "extends" in own and (own["extends"] not in packs or own["extends"] == around.pack):
        yield read.at("unknown_pack", "", 0, "extends", value=str(own["extends"]), known=packs)
    calendars = sorted(file.stem for file in (around.root / "calendars").glob("*.toml"))
    if "calendar" not in own and "extends" not in own:
        yield read.at("missing_key", "", 0, "calendar")
    elif "calendar" in own and own["calendar"] not in calendars:
        known = calendars
        yield read.at(
            "unknown_calendar", "", 0, "calendar", value=str(own["calendar"]), known=known
        )
    yield from group_rules(read, "root_cause")


def taxonomy_rules(read: Read, around: Around) -> Iterator[Problem]:
    """Categories: the group of each stands before it."""
    del around
    yield from group_rules(read, "category")


def group_rules(read: Read, table: str) -> Iterator[Problem]:
    """What an entry belongs to stands before it: ``network.speed`` needs a ``network``."""
    seen: set[str] = set()
    for number, row in enumerate(tables(read.data, table)):
        code = str(row.get("code", ""))
        seen.add(code)
        group = code.rpartition(".")[0]
        if group and group not in seen:
            yield read.at("missing_group", table, number, "code", value=code, group=group)


def _cited(
    read: Read, table: str, number: int, row: Table, acts: Mapping[str, Table]
) -> Iterator[Problem]:
    act = str(row["act"])
    if act not in acts:
        yield read.at("unknown_act", table, number, "act", value=act)
        return
    begun, since = acts[act].get("since"), row.get("since")
    if type(begun) is date and type(since) is date and since < begun:
        name = str(row.get("id") or table)
        yield read.at("before_act", table, number, "since", value=name)


def _ordered(
    read: Read, table: str, entries: list[tuple[int, Table]], name: str
) -> Iterator[Problem]:
    last: date | None = None
    for number, row in entries:
        since = row.get("since")
        if type(since) is not date:
            continue
        if last is not None and since <= last:
            yield read.at("out_of_order", table, number, "since", value=name)
        last = since


def _sourced(
    read: Read, table: str, number: int, row: Table, today: date | None
) -> Iterator[Problem]:
    if not row.get("source") and not row.get("act"):
        yield read.at("missing_source", table, number)
    review_by = row.get("review_by")
    if today and type(review_by) is date and review_by < today:
        yield read.at("review_overdue", table, number, "review_by", value=str(review_by))
    if row.get("review"):
        yield read.at("review", table, number, "review", value=str(row["review"]))


def _load(file: Path) -> Table:
    """Another file, empty where it cannot be read: its own check says why."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


# Calendars ----------------------------------------------------------------------------------


def calendar_rules(read: Read) -> Iterator[Problem]:
    """Years once; days off and made up that fit together."""
    names = {str(name) for table in tables(read.data, "names") for name in table}
    seen: set[str] = set()
    for number, year in enumerate(tables(read.data, "year")):
        if str(year.get("year")) in seen:
            yield read.at("duplicate", "year", number, "year", value=str(year.get("year")))
        seen.add(str(year.get("year")))
    for number, holiday in enumerate(tables(read.data, "year.holiday")):
        yield from _holiday(read, number, holiday, names)
    fixed = tables(read.data, "fixed")
    yield from _ordered(read, "fixed", list(enumerate(fixed)), "fixed")
    for number, entry in enumerate(fixed):
        used = {str(name) for days in tables(entry, "days") for name in days.values()}
        for name in sorted(used - names):
            yield read.at("unknown_holiday", "fixed", number, "days", value=name)


def _holiday(read: Read, number: int, holiday: Table, names: set[str]) -> Iterator[Problem]:
    def at(code: str, key: str, value: object = "") -> Problem:
        return read.at(code, "year.holiday", number, key, value=str(value))

    if str(holiday.get("name")) not in names:
        yield at("unknown_holiday", "name", holiday.get("name", ""))
    off = _dates(holiday, "off")
    if len(off) != 2 or not timedelta() <= off[1] - off[0] <= timedelta(days=31):
        yield at("bad_range", "off")
        return
    weekend = {WEEKDAYS.index(d) for d in read.data.get("weekend", ()) if d in WEEKDAYS}
    for day in _dates(holiday, "public"):
        if not off[0] <= day <= off[1]:
            yield at("public_not_off", "public", day)
    for day in _dates(holiday, "work"):
        if off[0] <= day <= off[1]:
            yield at("work_in_holiday", "work", day)
        elif day.weekday() not in weekend:
            yield at("work_on_weekday", "work", day)


def _dates(table: Table, key: str) -> list[date]:
    """The dates of a list, without times and other values: the shape check names those."""
    found = table.get(key)
    return [d for d in found if type(d) is date] if isinstance(found, list) else []
