"""Calendars from packs/calendars/*.toml. Reads those files, once; no Django."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from tingsu.core.calendar import FIRST, LAST, Calendar, Interval
from tingsu.core.dated import Dated, in_force
from tingsu.packs.model import Labels, PackError, say
from tingsu.packs.vocabulary import WEEKDAYS

FOLDER = Path(__file__).parent / "calendars"


@dataclass(frozen=True, eq=False)
class Almanac:
    """A calendar with the names of its holidays and the source of each year."""

    calendar: Calendar
    names: Mapping[str, Labels]
    sources: Mapping[int, str]


@lru_cache(maxsize=32)
def load_calendar(calendar_id: str, folder: Path = FOLDER) -> Almanac:
    """The calendar of a place, e.g. ``cn``. Raises PackError when there is none or it is bad."""
    file = folder / f"{calendar_id}.toml"
    try:
        return read_calendar(tomllib.loads(file.read_text("utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise PackError(f"{file.name}: {error!r}") from error


def holiday_label(calendar_id: str, name: str, language: str = "zh-hans") -> str:
    """The name of a holiday; an unknown one is shown as it is."""
    return say(load_calendar(calendar_id).names.get(name, {}), language) or name


@lru_cache(maxsize=64)
def with_opening(
    calendar: Calendar, opening: tuple[tuple[Interval, ...], ...], on_holidays: bool
) -> Calendar:
    """The calendar with opening hours; one object for all packs with the same hours."""
    return replace(calendar, opening=opening, open_on_holidays=on_holidays)


def read_calendar(data: dict[str, Any]) -> Almanac:
    """An almanac from the parsed file."""
    public: dict[date, str] = {}
    rest: dict[date, str] = {}
    made_up: dict[date, str] = {}
    for holiday in (h for year in data["year"] for h in year.get("holiday", ())):
        name = holiday["name"]
        rest.update((day, name) for day in _days(*holiday["off"]))
        public.update((day, name) for day in holiday.get("public", ()))
        made_up.update((day, name) for day in holiday.get("work", ()))
    known = frozenset(y["year"] for y in data["year"] if not y.get("provisional"))
    unknown = set(range(FIRST.year, LAST.year + 1)) - known
    public.update(_fixed(data.get("fixed", ()), unknown))
    calendar = Calendar(
        id=data["id"],
        zone_name=data["zone"],
        public_holidays=public,
        arranged_rest={day: name for day, name in rest.items() if day not in public},
        makeup_workdays=made_up,
        known_years=known,
        weekend=frozenset(WEEKDAYS.index(day) for day in data["weekend"]),
    )
    return Almanac(calendar, data["names"], {y["year"]: y["source"] for y in data["year"]})


def _fixed(entries: Iterable[dict[str, Any]], years: Iterable[int]) -> Iterator[tuple[date, str]]:
    """Public holidays of a fixed date, for years whose notice does not say."""
    values = [Dated(e["since"], e["days"], e["source"]) for e in entries]
    for year in years:
        entry = in_force(values, date(year, 1, 1))
        for month_day, name in ((entry.value or {}) if entry else {}).items():
            yield date.fromisoformat(f"{year}-{month_day}"), name


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)
