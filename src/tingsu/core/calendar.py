"""Working days, public holidays and opening hours of one place. Standard library only, no I/O.

``Calendar.day_of`` is the only bridge from an instant to a local date. Three kinds of days off
are told apart, because roll-on rules ask for them:

- public holidays proper (法定节假日): the days that the law itself names;
- rest days by arrangement (调休放假): what the yearly notice adds around them;
- weekends; and weekend days on which work is made up (调休上班) count as working days.

Counting runs over tables built once a calendar (a few milliseconds), so that adding any number
of working days is two look-ups.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, compress
from typing import NamedTuple
from zoneinfo import ZoneInfo

FIRST = date(1970, 1, 1)
LAST = date(2110, 12, 31)
_BASE = FIRST.toordinal()
_SIZE = LAST.toordinal() - _BASE + 1

Interval = tuple[int, int]
"""Opening and closing minute of a local day, 0 to 1440."""

OFFICE: tuple[Interval, ...] = ((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60))
OFFICE_WEEK: tuple[tuple[Interval, ...], ...] = (OFFICE,) * 5 + ((), ())


class OutOfCalendarError(ValueError):
    """A day before 1970 or after 2110: no calendar reaches there."""


class Run(NamedTuple):
    """Days of one kind in a row. kind: work, makeup, weekend or holiday (weekend included)."""

    kind: str
    first: date
    last: date
    days: int
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days of one place; holiday names are codes such as ``national_day``."""

    id: str
    zone_name: str = "Asia/Shanghai"
    public_holidays: Mapping[date, str] = field(default_factory=dict)
    arranged_rest: Mapping[date, str] = field(default_factory=dict)
    makeup_workdays: Mapping[date, str] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})  # Monday is 0
    opening: tuple[tuple[Interval, ...], ...] = OFFICE_WEEK  # Monday first
    opening_exceptions: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    open_on_holidays: bool = False

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the place."""
        return ZoneInfo(self.zone_name)

    # Instants and days ------------------------------------------------------------------

    def day_of(self, instant: datetime) -> date:
        """The local date of an aware instant."""
        return instant.astimezone(self.zone).date()

    def instant(self, day: date, minute: int = 0) -> datetime:
        """The UTC instant of a local wall-clock minute (0 to 1440) of a day."""
        midnight = datetime.combine(day, time(), self.zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)

    def end_of_day(self, day: date) -> datetime:
        """The last second of the local day: still the day itself when shown."""
        return datetime.combine(day, time(23, 59, 59), self.zone).astimezone(UTC)

    # Kinds of days ----------------------------------------------------------------------

    def is_workday(self, day: date) -> bool:
        """Worked here: a weekday that is not off, or a make-up day."""
        return bool(self._flags[_index(day)])

    def is_public_holiday(self, day: date) -> bool:
        """A public holiday proper, not a rest day added by arrangement."""
        return day in self.public_holidays

    def is_rest_day(self, day: date) -> bool:
        """Anything that is not worked: holiday, arranged rest or weekend."""
        return not self.is_workday(day)

    def name_of(self, day: date) -> str | None:
        """The holiday code a day off or a make-up day belongs to, if any."""
        for days in (self.public_holidays, self.arranged_rest, self.makeup_workdays):
            if day in days:
                return days[day]
        return None

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a stretch of days touches a year without an official notice."""
        return any(year not in self.known_years for year in range(first.year, last.year + 1))

    # Working days -----------------------------------------------------------------------

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after (before, when negative) a day; n = 0 is the day itself."""
        if n == 0:
            return day
        index = _index(day)
        position = self._before[index + 1] + n - 1 if n > 0 else self._before[index] + n
        if not 0 <= position < len(self._worked):
            raise OutOfCalendarError(f"{n} working days from {day} leave {FIRST:%Y}-{LAST:%Y}")
        return date.fromordinal(self._worked[position])

    def workdays_between(self, after: date, until: date) -> int:
        """Working days later than ``after`` and not later than ``until``; negative backwards."""
        return self._before[_index(until) + 1] - self._before[_index(after) + 1]

    def runs(self, first: date, last: date) -> Iterator[Run]:
        """The days from first to last, both included, grouped by kind."""
        names: list[str] = []
        start, kind, day = first, "", first
        while day <= last:
            this = self._kind(day)
            if this != kind:
                if kind:
                    yield _run(kind, start, day - timedelta(1), names)
                start, kind, names = day, this, []
            name = self.name_of(day)
            if name is not None and name not in names:
                names.append(name)
            day += timedelta(1)
        if kind:
            yield _run(kind, start, last, names)

    def _kind(self, day: date) -> str:
        if self.is_rest_day(day):
            return "rest"
        return "makeup" if day in self.makeup_workdays else "work"

    @cached_property
    def _flags(self) -> bytearray:
        """One byte a day from FIRST: 1 when worked."""
        week = bytes(int((FIRST.weekday() + k) % 7 not in self.weekend) for k in range(7))
        flags = bytearray((week * (_SIZE // 7 + 1))[:_SIZE])
        for days, worked in (
            (self.public_holidays, 0),
            (self.arranged_rest, 0),
            (self.makeup_workdays, 1),
        ):
            for day in days:
                flags[_index(day)] = worked
        return flags

    @cached_property
    def _before(self) -> array[int]:
        """How many working days lie before day i; one entry more than there are days."""
        return array("l", accumulate(self._flags, initial=0))

    @cached_property
    def _worked(self) -> array[int]:
        """The ordinals of all working days, in order."""
        return array("l", compress(range(_BASE, _BASE + _SIZE), self._flags))

    # Opening hours ----------------------------------------------------------------------

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        """When the house is open on a day.

        A make-up day keeps the hours of its weekday if it has any, else those of the first
        open weekday: a Sunday worked for a Friday is a full day.
        """
        if day in self.opening_exceptions:
            return self.opening_exceptions[day]
        usual = self.opening[day.weekday()]
        if day in self.makeup_workdays:
            return usual or next((hours for hours in self.opening if hours), ())
        off = day in self.public_holidays or day in self.arranged_rest
        return () if off and not self.open_on_holidays else usual

    def close_of(self, day: date) -> datetime | None:
        """The instant the house closes on a day; None when it stays shut."""
        hours = self.hours_on(day)
        return self.instant(day, hours[-1][1]) if hours else None

    def open_of(self, day: date) -> datetime:
        """The instant the house opens on a day, midnight when it stays shut."""
        hours = self.hours_on(day)
        return self.instant(day, hours[0][0] if hours else 0)

    def add_open(self, instant: datetime, length: timedelta) -> datetime:
        """The earliest instant by which the house has been open ``length`` longer.

        Hours are wall-clock hours: on a day when the clocks change they are not corrected.
        """
        if not length:
            return instant
        return self._when_open(self._open_until(instant) + length)

    def open_between(self, earlier: datetime, later: datetime) -> timedelta:
        """How long the house was open between two instants; negative when swapped."""
        return self._open_until(later) - self._open_until(earlier)

    def _open_until(self, instant: datetime) -> timedelta:
        local = instant.astimezone(self.zone)
        passed = local.replace(tzinfo=None) - datetime.combine(local.date(), time())
        total = timedelta(minutes=self._open_before[_index(local.date())])
        for opens, closes in self.hours_on(local.date()):
            total += min(
                max(passed - timedelta(minutes=opens), timedelta()), _minutes(opens, closes)
            )
        return total

    def _when_open(self, total: timedelta) -> datetime:
        # Ceiling: the day on whose evening at least `total` has passed.
        minutes = -(-total // timedelta(minutes=1))
        index = bisect_left(self._open_before, minutes) - 1
        if not 0 <= index < _SIZE:
            raise OutOfCalendarError("no opening hours left in the calendar, or none given")
        day = date.fromordinal(_BASE + index)
        rest = total - timedelta(minutes=self._open_before[index])
        for opens, closes in self.hours_on(day):
            if rest <= _minutes(opens, closes):
                return self.instant(day, opens) + rest
            rest -= _minutes(opens, closes)
        raise AssertionError("the table of opening hours disagrees with the days")

    @cached_property
    def _open_before(self) -> array[int]:
        """Minutes of opening before day i, from FIRST."""
        first = FIRST.weekday()
        usual = [sum(c - o for o, c in self.opening[(first + k) % 7]) for k in range(7)]
        minutes = (usual * (_SIZE // 7 + 1))[:_SIZE]
        for days in (
            self.public_holidays,
            self.arranged_rest,
            self.makeup_workdays,
            self.opening_exceptions,
        ):
            for day in days:
                minutes[_index(day)] = sum(c - o for o, c in self.hours_on(day))
        return array("l", accumulate(minutes, initial=0))


def _minutes(opens: int, closes: int) -> timedelta:
    return timedelta(minutes=closes - opens)


def _run(kind: str, first: date, last: date, names: list[str]) -> Run:
    if kind == "rest":
        kind = "holiday" if names else "weekend"
    return Run(kind, first, last, (last - first).days + 1, tuple(names))


def _index(day: date) -> int:
    index = day.toordinal() - _BASE
    if not 0 <= index < _SIZE:
        raise OutOfCalendarError(f"{day} lies outside {FIRST:%Y}-{LAST:%Y}")
    return index
