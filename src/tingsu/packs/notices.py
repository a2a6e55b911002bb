"""Holiday notices that an organisation takes in after we shipped: checked, read, laid over the
calendar. Reads the shipped calendars; no Django.

A notice is one or more ``[[year]]`` blocks as in packs/calendars: it takes the place of the years
that it names, so that a correction is simply the next notice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tingsu.core.calendar import Calendar
from tingsu.packs.almanac import (
    FOLDER,
    Almanac,
    load_calendar,
    read_calendar,
    with_opening,
)
from tingsu.packs.check import check_calendar
from tingsu.packs.model import Labels, Pack, PackError
from tingsu.packs.problems import Problem, Value, Words, problem
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.vocabulary import LANGUAGES

MOST = 64_000  # characters; a year has some thirty lines
NEAR = timedelta(days=15)  # by which a holiday may reach into the next year
WORDS = {
    "no_year": Words(
        "error", _("没有找到 [[year]]。"), _("请按模板写：年份、出处、每个假期的起止日期。")
    ),
    "other_year": Words("error", _("{value} 不在这一年里。"), _("请核对年份和日期。")),
    "missing_public": Words(
        "error",
        _("{value} 是法定节假日，通知里没有。"),
        _("请把当年的每个假期都写上，法定节假日写进 public。"),
    ),
    "too_long": Words("error", _("内容太长。"), _("一次只写一两年的放假安排。")),
}


@dataclass(frozen=True)
class Notice:
    """What a notice says of itself."""

    years: tuple[int, ...]
    sources: tuple[str, ...]
    provisional: bool  # some year of it is still a guess


def check_notice(text: str, calendar_id: str = "cn") -> list[Problem]:
    """What is wrong with a notice, by line; empty when it can be taken in."""
    if len(text) > MOST:
        return [_problem("too_long", 1)]
    header = _header(calendar_id)
    found = check_calendar(f"{header}\n{text}", "notice")
    if found:
        return list(dict.fromkeys(_without_header(one) for one in found))
    data = tomllib.loads(text)
    if not data.get("year"):
        return [_problem("no_year", 1)]
    found = [_problem("other_year", 1, value=str(day)) for day in _stray(data)]
    missing = _missing(data, calendar_id)
    return found + [_problem("missing_public", 1, value=str(day)) for day in missing]


def read_notice(text: str) -> Notice:
    """The years of a checked notice, with their sources."""
    years = tomllib.loads(text)["year"]
    return Notice(
        tuple(sorted(one["year"] for one in years)),
        tuple(dict.fromkeys(one["source"] for one in years)),
        any(one.get("provisional") for one in years),
    )


@lru_cache(maxsize=64)
def almanac_with(calendar_id: str, texts: tuple[str, ...]) -> Almanac:
    """The shipped calendar with notices over it, oldest first."""
    data = _shipped(calendar_id)
    years = {one["year"]: one for one in data["year"]}
    for text in texts:
        years |= {one["year"]: one for one in tomllib.loads(text)["year"]}
    return read_calendar({**data, "year": list(years.values())})


@lru_cache(maxsize=128)
def with_notices(pack: Pack, texts: tuple[str, ...]) -> Pack:
    """The pack over a calendar with notices; the pack itself where there are none."""
    if not texts:
        return pack
    days = almanac_with(pack.calendar.id, texts).calendar
    return replace(pack, calendar=with_opening(days, pack.opening, pack.calendar.open_on_holidays))


def first_change(old: Calendar, new: Calendar, years: tuple[int, ...]) -> date:
    """The first day that a notice of these years touches: no clock that is due before moves."""
    first, last = date(years[0], 1, 1) - NEAR, date(years[-1], 12, 31) + NEAR
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    told = date(years[0], 1, 1)
    return next((day for day in days if day >= told or _kind(old, day) != _kind(new, day)), told)


def template(year: int, names: Mapping[str, Labels]) -> str:
    """A block to fill in from the notice of the State Council."""
    known = "、".join(f"{code} {labels[LANGUAGES[0]]}" for code, labels in names.items())
    return (
        f"# 放假名称：{known}\n"
        "# off 放假的第一天和最后一天；public 其中的法定节假日；work 调休上班的周末\n\n"
        f"[[year]]\nyear = {year}\n"
        f'source = "国务院办公厅关于{year}年部分节假日安排的通知（文号）"\n\n'
        f'[[year.holiday]]\nname = "new_year"\noff = [{year}-01-01, {year}-01-01]\n'
        f"public = [{year}-01-01]\nwork = []\n"
    )


def _kind(calendar: Calendar, day: date) -> tuple[bool, bool]:
    return calendar.is_workday(day), calendar.is_public_holiday(day)


def _shipped(calendar_id: str) -> dict[str, Any]:
    file = FOLDER / f"{calendar_id}.toml"
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PackError(f"{file.name}: {error!r}") from error


def _header(calendar_id: str) -> str:
    """One line that makes a whole calendar of a notice, so that one check serves both."""
    shipped = load_calendar(calendar_id)
    names = ", ".join(f"{code} = {{}}" for code in shipped.names)
    zone = shipped.calendar.zone_name
    return f'id = "{calendar_id}"\nzone = "{zone}"\nweekend = ["sat", "sun"]\nnames = {{{names}}}'


def _without_header(found: Problem) -> Problem:
    """Lines as the person who wrote the notice counts them."""
    lines = 4
    told = str(found.about.values["value"])
    told = re.sub(r"at line (\d+)", lambda m: f"at line {int(m[1]) - lines}", told)
    about = replace(found.about, values={**found.about.values, "value": told})
    return replace(found, line=max(found.line - lines, 1), about=about)


def _stray(data: dict[str, Any]) -> Iterator[date]:
    for year in data["year"]:
        first, last = date(year["year"], 1, 1) - NEAR, date(year["year"], 12, 31) + NEAR
        for holiday in year.get("holiday", ()):
            days = [*holiday["off"], *holiday.get("public", ()), *holiday.get("work", ())]
            yield from (day for day in days if not first <= day <= last)


def _missing(data: dict[str, Any], calendar_id: str) -> Iterator[date]:
    """Public holidays known from the law and the lunar calendar that a year leaves out."""
    years = {year["year"] for year in data["year"]}
    known = load_calendar(calendar_id).calendar.public_holidays
    told = {
        day
        for year in data["year"]
        for holiday in year.get("holiday", ())
        for day in holiday.get("public", ())
    }
    yield from (day for day in sorted(known) if day.year in years and day not in told)


def _problem(code: str, line: int, **values: Value) -> Problem:
    return problem(code, "notice", line, WORDS, **values)
