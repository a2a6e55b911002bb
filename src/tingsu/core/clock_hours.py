"""Clocks in hours, by day and night or while the house is open. Standard library only, no I/O.

Import from ``tingsu.core.clock``; this is its half for hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tingsu.core.calendar import Calendar
from tingsu.core.clock_count import before
from tingsu.core.clock_data import ClockRule, Deadline, Segment


def start_hours(rule: ClockRule, at: datetime, calendar: Calendar) -> Deadline:
    """Hours run from the event itself (Civil Code art. 201) and never roll on."""
    at = at.astimezone(UTC)
    start_day = calendar.day_of(at)
    due_at = add_hours(at, timedelta(hours=rule.n), rule.unit, calendar)
    segment = Segment("hours", start_day, calendar.day_of(due_at), rule.n, (rule.unit,))
    empty = Deadline(
        rule, calendar.id, at, start_day, start_day, start_day, at, None, (), provisional=False
    )
    return until(empty, due_at, segment, calendar)


def stretch_hours(
    deadline: Deadline, paused_from: datetime, resumed_at: datetime, calendar: Calendar, cause: str
) -> Deadline:
    """To the minute of the clock on the wall, so that pauses in a row add up."""
    first, last = (each.replace(second=0, microsecond=0) for each in (paused_from, resumed_at))
    lost = calendar.open_between(first, last) if deadline.rule.unit == "oh" else last - first
    if not lost:
        return deadline
    days = calendar.day_of(first), calendar.day_of(last)
    pause = Segment("pause", *days, lost // timedelta(minutes=1), (cause,))
    return lose(deadline, lost, pause, calendar)


def lose(deadline: Deadline, lost: timedelta, pause: Segment, calendar: Calendar) -> Deadline:
    """Hours that a pause took, put on at the end."""
    due_at = add_hours(deadline.due_at, lost, deadline.rule.unit, calendar)
    return until(deadline, due_at, pause, calendar)


def add_hours(at: datetime, length: timedelta, unit: str, calendar: Calendar) -> datetime:
    return calendar.add_open(at, length) if unit == "oh" else at + length


def until(deadline: Deadline, due_at: datetime, segment: Segment, calendar: Calendar) -> Deadline:
    """The deadline moved to an instant, with one more segment and the closed days named."""
    due_day = calendar.day_of(due_at)
    added = (segment, *_closed(deadline, due_day, calendar))
    warn = deadline.rule.warn
    warn_at = None if warn is None else before(due_at, due_day, warn, calendar)
    provisional = deadline.rule.unit == "oh" and calendar.is_provisional(
        deadline.start_day, due_day
    )
    return deadline._replace(
        last_day=due_day,
        due_day=due_day,
        due_at=due_at.astimezone(UTC),
        warn_at=None if warn_at is None else max(warn_at, deadline.started_at),
        segments=(*deadline.segments, *added),
        provisional=provisional,
    )


def _closed(deadline: Deadline, due_day: date, calendar: Calendar) -> tuple[Segment, ...]:
    """Holidays that opening hours stepped over since the last known end."""
    if deadline.rule.unit != "oh":
        return ()
    runs = calendar.runs(deadline.last_day, due_day)
    return tuple(
        Segment(*run) for run in runs if run.kind == "holiday" and not calendar.hours_on(run.first)
    )
