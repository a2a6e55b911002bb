"""Checks of a pack that look at more than one value. Reads acts, calendars and other packs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from tingsu.packs.problems import Problem
from tingsu.packs.vocabulary import WEEKDAYS

Table = dict[str, Any]


class Read(Protocol):
    """A file as it was read, with the lines of its keys."""

    @property
    def data(self) -> Table:
        """The parsed content."""

    def at(self, code: str, table: str, number: int = 0, key: str = "", **values: str) -> Problem:
        """A problem at a key of a table."""


def tables(data: Table, name: str) -> list[Table]:
    """All tables of a name, nested ones (``year.holiday``) in the order of the file."""
    rows: list[Any] = [data]
    for part in name.split("."):
        inner = [row.get(part, []) for row in rows]
        rows = [t for value in inner for t in (value if isinstance(value, list) else [value])]
        rows = [row for row in rows if isinstance(row, dict)]
    return rows


def pack_rules(read: Read, folder: str, root: Path, today: date | None) -> Iterator[Problem]:
    """The pack's own file: its name, what it stands on, its promises."""
    own = read.data
    if own.get("id") not in (None, folder):
        yield read.at("wrong_id", "", 0, "id", value=str(own["id"]), known=folder)
    packs = sorted(file.parent.name for file in root.glob("*/pack.toml"))
    if "extends" in own and (own["extends"] not in packs or own["extends"] == folder):
        yield read.at(
            "unknown_pack", "", 0, "extends", value=str(own["extends"]), known="、".join(packs)
        )
    calendars = sorted(file.stem for file in (root / "calendars").glob("*.toml"))
    if "calendar" not in own and "extends" not in own:
        yield read.at("missing_key", "", 0, "calendar")
    elif "calendar" in own and own["calendar"] not in calendars:
        known = "、".join(calendars)
        yield read.at(
            "unknown_calendar", "", 0, "calendar", value=str(own["calendar"]), known=known
        )
    for name in ("silence", "first_contact"):
        yield from _promises(read, name, today)
    for opening in tables(own, "opening"):
        yield from _sourced(read, "opening", 0, opening, today)
    yield from code_rules(read, "root_cause")
    yield from code_rules(read, "severity", grouped=False)


def _promises(read: Read, name: str, today: date | None) -> Iterator[Problem]:
    rows = tables(read.data, name)
    yield from _ordered(read, name, list(enumerate(rows)), name)
    for number, row in enumerate(rows):
        yield from _sourced(read, name, number, row, today)


def code_rules(
    read: Read, table: str, key: str = "code", *, grouped: bool = True
) -> Iterator[Problem]:
    """Codes are used once; an entry's group stands before it."""
    seen: set[str] = set()
    for number, row in enumerate(tables(read.data, table)):
        code = str(row.get(key, ""))
        if code in seen:
            yield read.at("duplicate", table, number, key, value=code)
        seen.add(code)
        group = code.partition(".")[0]
        if grouped and key == "code" and group not in seen:
            yield read.at("missing_group", table, number, key, value=code, group=group)


def clock_rules(read: Read, extends: str, root: Path, today: date | None) -> Iterator[Problem]:
    """Clocks: history in order, each with its source and a name."""
    rows = tables(read.data, "clock")
    acts = {str(a.get("id")): a for a in tables(_load(root / "acts.toml"), "act")}
    inherited = _clock_ids(extends, root)
    by_id: dict[str, list[tuple[int, Table]]] = {}
    for number, row in enumerate(rows):
        by_id.setdefault(str(row.get("id", "")), []).append((number, row))
    for number, row in enumerate(rows):
        yield from _sourced(read, "clock", number, row, today)
        yield from _cited(read, number, row, acts)
        if row.get("unit") in ("h", "oh") and {"roll", "start_rule", "ends_at"} & set(row):
            yield read.at("hours_roll", "clock", number, "unit")
        if "replaces" in row and str(row["replaces"]) not in inherited | set(by_id):
            yield read.at("unknown_clock", "clock", number, "replaces", value=str(row["replaces"]))
    for clock_id, entries in by_id.items():
        yield from _ordered(read, "clock", entries, clock_id)
        if clock_id not in inherited and not any("label" in row for _, row in entries):
            yield read.at("missing_label", "clock", entries[0][0], "id", value=clock_id)


def _cited(read: Read, number: int, row: Table, acts: dict[str, Table]) -> Iterator[Problem]:
    if "act" not in row:
        return
    act = str(row["act"])
    if act not in acts:
        yield read.at("unknown_act", "clock", number, "act", value=act)
        return
    begun, since = acts[act].get("since"), row.get("since")
    if type(begun) is date and type(since) is date and since < begun:
        yield read.at("before_act", "clock", number, "since", value=str(row.get("id")))


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


def _clock_ids(pack: str, root: Path) -> set[str]:
    """The clocks that a pack has, with those it takes over."""
    seen: set[str] = set()
    visited: set[str] = set()
    while pack and pack not in visited:
        visited.add(pack)
        seen |= {str(c.get("id")) for c in tables(_load(root / pack / "clocks.toml"), "clock")}
        pack = str(_load(root / pack / "pack.toml").get("extends", ""))
    return seen


def _load(file: Path) -> Table:
    """Another file, empty where it cannot be read: its own check says why."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


# Calendars ----------------------------------------------------------------------------------


def calendar_rules(read: Read) -> Iterator[Problem]:
    """Years once and with a source; days off and made up that fit together."""
    names = {str(name) for table in tables(read.data, "names") for name in table}
    seen: set[str] = set()
    for number, year in enumerate(tables(read.data, "year")):
        if str(year.get("year")) in seen:
            yield read.at("duplicate", "year", number, "year", value=str(year.get("year")))
        seen.add(str(year.get("year")))
        yield from _sourced(read, "year", number, year, None)
    for number, holiday in enumerate(tables(read.data, "year.holiday")):
        yield from _holiday(read, number, holiday, names)
    fixed = tables(read.data, "fixed")
    yield from _ordered(read, "fixed", list(enumerate(fixed)), "fixed")
    for number, entry in enumerate(fixed):
        yield from _sourced(read, "fixed", number, entry, None)
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
