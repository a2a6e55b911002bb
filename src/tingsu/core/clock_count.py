"""Counting: from a rule and a start to a last day, a due day and the segments between.

Standard library only, no I/O. Everything here depends on the day a clock starts, not on the
moment, and is remembered: a hundred thousand open clocks start on a few hundred days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from tingsu.core.calendar import Calendar
from tingsu.core.clock_data import ClockRule, Segment, Span

ONE_DAY = timedelta(days=1)


class Counted(NamedTuple):
    """The outcome of a count in days."""

    last_day: date
    due_day: date
    due_at: datetime
    warn_at: datetime | None
    segments: tuple[Segment, ...]
    provisional: bool


@lru_cache(maxsize=65536)
def count_days(rule: ClockRule, start_day: date, calendar: Calendar) -> Counted:
    """Count a rule in days, weeks, months or years from the local day it starts on."""
    last_day = nth_day(rule, start_day, calendar)
    included = rule.start_rule == "included"
    first = start_day if included else start_day + ONE_DAY
    counts = int(included and (rule.unit != "wd" or calendar.is_workday(start_day)))
    segments = (
        Segment("start", start_day, start_day, counts),
        *counted_segments(rule, first, last_day, calendar),
    )
    return finish(rule, start_day, last_day, segments, calendar)


def finish(
    rule: ClockRule,
    start_day: date,
    last_day: date,
    segments: tuple[Segment, ...],
    calendar: Calendar,
) -> Counted:
    """Roll the last day on where the rule forbids it, and fix the instants."""
    due_day = roll_on(last_day, rule.roll, calendar)
    if due_day != last_day:
        segments = (*segments, _rolled(last_day, due_day, calendar))
    due_at = end_of(rule, due_day, calendar)
    return Counted(
        last_day,
        due_day,
        due_at,
        None if rule.warn is None else before(due_at, due_day, rule.warn, calendar),
        segments,
        is_provisional(rule, start_day, last_day, due_day, calendar),
    )


def nth_day(rule: ClockRule, start_day: date, calendar: Calendar) -> date:
    """The last day of a period, before any rolling on."""
    eve = start_day - ONE_DAY if rule.start_rule == "included" else start_day
    match rule.unit:
        case "wd":
            return calendar.add_workdays(eve, rule.n)
        case "cd":
            return eve + timedelta(days=rule.n)
        case "w":
            return eve + timedelta(weeks=rule.n)
        case "mo":
            return add_months(eve, rule.n)
        case "y":
            return add_months(eve, 12 * rule.n)
    raise ValueError(f"{rule.id}: {rule.unit!r} does not count days")


def add_months(day: date, n: int) -> date:
    """The same day of the month n months on; the month's last day where there is none.

    Civil Code art. 202.
    """
    month = day.year * 12 + day.month - 1 + n
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def roll_on(day: date, roll: str, calendar: Calendar) -> date:
    """The first day from ``day`` on that the roll-on rule allows.

    ``public_holidays`` forbids only the days that the law itself names, so that the answer is
    never later than the strictest reading of order 121 art. 45; ``rest_days`` forbids every
    day that is not worked (Civil Code art. 203).
    """
    if roll == "rest_days":
        return day if calendar.is_workday(day) else calendar.add_workdays(day, 1)
    while roll == "public_holidays" and calendar.is_public_holiday(day):
        day += ONE_DAY
    return day


def end_of(rule: ClockRule, day: date, calendar: Calendar) -> datetime:
    """The last instant of the due day: its end, or closing time where the rule says so."""
    close = calendar.close_of(day) if rule.ends_at == "close" else None
    return close or calendar.end_of_day(day)


def before(due_at: datetime, due_day: date, warn: Span, calendar: Calendar) -> datetime:
    """When to warn: hours before the end, or the opening of a day some days before it."""
    match warn.unit:
        case "h":
            return due_at - timedelta(hours=warn.n)
        case "oh":
            return calendar.add_open(due_at, -timedelta(hours=warn.n))
        case "wd":
            return calendar.open_of(calendar.add_workdays(due_day, -warn.n))
        case "cd":
            return calendar.open_of(due_day - timedelta(days=warn.n))
        case "w":
            return calendar.open_of(due_day - timedelta(weeks=warn.n))
    raise ValueError(f"a warning cannot be counted in {warn.unit!r}")


def counted_segments(
    rule: ClockRule, first: date, last: date, calendar: Calendar
) -> Iterator[Segment]:
    """What was counted and what was skipped from first to last, both included."""
    if first > last:
        return
    if rule.unit != "wd":
        yield Segment("days", first, last, (last - first).days + 1)
        return
    for run in calendar.runs(first, last):
        yield Segment(*run)


def is_provisional(
    rule: ClockRule, start_day: date, last_day: date, due_day: date, calendar: Calendar
) -> bool:
    """Whether a holiday not yet announced could move the due day."""
    if rule.unit == "wd":
        return calendar.is_provisional(start_day, due_day)
    return rule.roll != "none" and calendar.is_provisional(last_day, due_day)


def _rolled(last_day: date, due_day: date, calendar: Calendar) -> Segment:
    """The roll-on, with the names of the holidays that caused it (none: a weekend)."""
    skipped = calendar.runs(last_day, due_day - ONE_DAY)
    names = tuple(dict.fromkeys(name for run in skipped for name in run.names))
    return Segment("roll", last_day, due_day, (due_day - last_day).days, names)
