"""A year as months of days, with what each of them is. Reads packs, no tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu import packs
from tingsu.core.calendar import Calendar
from tingsu.packs.notices import almanac_with
from tingsu.web import spoken

FIRST, LAST = 2015, 2099


@dataclass(frozen=True)
class Day:
    """One day. look: work | makeup | holiday | rest | weekend."""

    on: date
    look: str
    title: str
    due: int
    today: bool


@dataclass(frozen=True)
class Month:
    """A month with the empty places before its first day."""

    name: str
    before: range
    days: list[Day]


@dataclass(frozen=True)
class Year:
    """A year, where it comes from, and the days on which it is not as usual."""

    number: int
    months: list[Month]
    source: str
    provisional: bool
    off: list[tuple[str, str]]  # holiday, its days in words
    hours: list[tuple[str, str]]  # weekday, opening hours


def year_of(
    pack: Any, texts: tuple[str, ...], number: int, due: Mapping[date, int], today: date
) -> Year:
    """All of one year, by the calendar of a pack with an organisation's notices."""
    calendar: Calendar = pack.calendar
    return Year(
        number=number,
        months=[_month(calendar, number, month, due, today) for month in range(1, 13)],
        source=almanac_with(calendar.id, texts).sources.get(number, ""),
        provisional=number not in calendar.known_years,
        off=_off(calendar, number),
        hours=_hours(pack),
    )


def weekday_letters() -> list[str]:
    """One letter for each column of a month, Monday first."""
    names = [str(name) for name in spoken.WEEKDAYS]
    return [name[-1:] if name.startswith(("周", "週")) else name[:2] for name in names]


def what(calendar: Calendar, day: date) -> str:
    """What a day is, in words: 国庆节, 补班 国庆节, 周末; "" for an ordinary working day."""
    name = _name(calendar, day)
    match look(calendar, day):
        case "holiday":
            return name
        case "rest":
            return _("%(name)s调休") % {"name": name}
        case "makeup":
            return _("调休上班（%(name)s）") % {"name": name}
        case "weekend":
            return _("周末")
    return ""


def look(calendar: Calendar, day: date) -> str:
    """How a day is drawn."""
    if day in calendar.public_holidays:
        return "holiday"
    if day in calendar.makeup_workdays:
        return "makeup"
    if day in calendar.arranged_rest:
        return "rest"
    return "work" if calendar.is_workday(day) else "weekend"


def _month(
    calendar: Calendar, year: int, month: int, due: Mapping[date, int], today: date
) -> Month:
    first = date(year, month, 1)
    days = [_day(calendar, day, due, today) for day in _until_next_month(first)]
    return Month(dateformat.format(first, _("Y 年 n 月")), range(first.weekday()), days)


def _day(calendar: Calendar, day: date, due: Mapping[date, int], today: date) -> Day:
    title = " ".join(filter(None, (spoken.day(day), what(calendar, day))))
    return Day(day, look(calendar, day), title, due.get(day, 0), day == today)


def _until_next_month(first: date) -> list[date]:
    return [day for n in range(31) if (day := first + timedelta(days=n)).month == first.month]


def _name(calendar: Calendar, day: date) -> str:
    name = calendar.name_of(day)
    return packs.holiday_label(calendar.id, name, get_language() or "zh-hans") if name else ""


def _off(calendar: Calendar, year: int) -> list[tuple[str, str]]:
    """Each holiday of the year with its days off and the days worked for it."""
    by_name: dict[str, list[str]] = {}
    for run in calendar.runs(date(year, 1, 1), date(year, 12, 31)):
        for name in run.names:
            if run.kind == "holiday":
                words = _stretch(run.first, run.last)
            else:
                words = _("%(day)s上班") % {"day": dateformat.format(run.first, _("n 月 j 日"))}
            by_name.setdefault(name, []).append(words)
    language = get_language() or "zh-hans"
    return [
        (packs.holiday_label(calendar.id, name, language), _("，").join(words))
        for name, words in by_name.items()
    ]


def _stretch(first: date, last: date) -> str:
    begins = dateformat.format(first, _("n 月 j 日"))
    if first == last:
        return begins
    ends = _("n 月 j 日")
    return f"{begins}–{dateformat.format(last, ends)}"


def _hours(pack: Any) -> list[tuple[str, str]]:
    rows = []
    for weekday, stretches in zip(spoken.WEEKDAYS, pack.opening, strict=True):
        words = _("、").join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in stretches)
        rows.append((str(weekday), words or _("不营业")))
    return rows


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def preview(calendar_id: str, texts: tuple[str, ...], number: int) -> Year:
    """A year as a notice would have it, without hours and without what is due."""
    found = almanac_with(calendar_id, texts)
    return Year(
        number=number,
        months=[_month(found.calendar, number, m, {}, date.min) for m in range(1, 13)],
        source=found.sources.get(number, ""),
        provisional=number not in found.calendar.known_years,
        off=_off(found.calendar, number),
        hours=[],
    )
