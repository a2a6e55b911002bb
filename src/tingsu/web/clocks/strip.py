"""A count as weeks of days, from the start to the end. Reads packs, no tables."""

from dataclasses import dataclass
from datetime import date, timedelta

from tingsu.cases.explain import Row, segment_rows
from tingsu.core.calendar import Calendar
from tingsu.core.clock import Deadline
from tingsu.web import spoken
from tingsu.web.calendar.year import what

MOST = 400  # days; a limit of years is told in rows


@dataclass(frozen=True)
class Day:
    """One day of the count. look: start | on | off | pause | end | out (beside the count)."""

    number: int
    month: str
    look: str
    title: str


def strip(deadline: Deadline, calendar: Calendar) -> list[list[Day]]:
    """Whole weeks, Monday first; empty where the count is too long to be drawn."""
    rows = segment_rows(deadline)
    first = deadline.start_day
    last = max([deadline.due_day, *(row.last for row in rows)])
    if (last - first).days > MOST:
        return []
    by_day = _by_day(rows)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        days = (monday + timedelta(days=n) for n in range(7))
        weeks.append([_day(deadline, calendar, day, by_day.get(day)) for day in days])
        monday += timedelta(days=7)
    return weeks


def _by_day(rows: list[Row]) -> dict[date, Row]:
    """What each day is to the count; a pause speaks louder than what would have been counted."""
    found: dict[date, Row] = {}
    for row in sorted(rows, key=lambda row: row.kind == "pause"):
        if row.kind == "extend":
            continue  # a length, not days
        for on in range((row.last - row.first).days + 1):
            found[row.first + timedelta(days=on)] = row
    return found


def _day(deadline: Deadline, calendar: Calendar, day: date, row: Row | None) -> Day:
    look = _look(deadline, day, row)
    words = row.words if row and look != "out" else ""
    title = " · ".join(filter(None, (spoken.day(day), words, what(calendar, day))))
    return Day(day.day, f"{day:%m}" if day.day == 1 else "", look, title)


def _look(deadline: Deadline, day: date, row: Row | None) -> str:
    if day == deadline.due_day:
        return "end"
    if not deadline.start_day <= day <= deadline.due_day or row is None:
        return "out"
    if row.kind == "pause" and day != row.first:
        return "pause"
    if day == deadline.start_day:
        return "start"
    return "on" if row.counted else "off"
