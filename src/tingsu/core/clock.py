"""Deadlines: start, stretch, extend, breach, what remains. Standard library only, no now().

    rule = ClockRule("cn.samr.accept", "received", 7, "wd", since=date(2026, 4, 15))
    deadline = start(rule, received_at, calendar)
    deadline.due_at, deadline.segments

Rules of counting, each with its source, are on the page docs/rules/clock.md.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from tingsu.core.calendar import Calendar
from tingsu.core.clock_count import (
    ONE_DAY,
    Counted,
    add_months,
    count_days,
    counted_segments,
    finish,
    roll_on,
)
from tingsu.core.clock_data import (
    DUTIES,
    ENDS,
    HOUR_UNITS,
    ROLLS,
    STARTS,
    UNITS,
    ClockRule,
    Deadline,
    Extension,
    Segment,
    Span,
    from_json,
    rule_from_json,
    rule_to_json,
    segments_from_json,
    segments_to_json,
)
from tingsu.core.clock_explain import Phrase, explain
from tingsu.core.clock_hours import add_hours, lose, start_hours, stretch_hours, until

__all__ = [
    "DUTIES",
    "ENDS",
    "HOUR_UNITS",
    "ROLLS",
    "STARTS",
    "UNITS",
    "ClockRule",
    "Deadline",
    "Extension",
    "NotPausableError",
    "Phrase",
    "Remaining",
    "Segment",
    "Span",
    "add_months",
    "breached",
    "explain",
    "extend",
    "from_json",
    "grant",
    "next_extension",
    "recount",
    "remaining",
    "roll_on",
    "rule_from_json",
    "rule_to_json",
    "segments_from_json",
    "segments_to_json",
    "start",
    "stretch",
]


class NotPausableError(ValueError):
    """A clock was to be paused for a cause that its source does not allow."""


class Remaining(NamedTuple):
    """How much is left, or how much too late, in whole units rounded down.

    unit: min, h, wd or cd; 0 wd or 0 cd is "today".
    """

    late: bool
    n: int
    unit: str


def start(rule: ClockRule, at: datetime, calendar: Calendar) -> Deadline:
    """The deadline of a rule whose event happened at an aware instant."""
    if rule.unit in HOUR_UNITS:
        return start_hours(rule, at, calendar)
    start_day = calendar.day_of(at)
    counted = count_days(rule, start_day, calendar)
    warn_at = counted.warn_at
    return Deadline(
        rule,
        calendar.id,
        at,
        start_day,
        counted.last_day,
        counted.due_day,
        counted.due_at,
        at if warn_at is not None and warn_at < at else warn_at,
        counted.segments,
        counted.provisional,
    )


def stretch(
    deadline: Deadline,
    paused_from: datetime,
    resumed_at: datetime,
    calendar: Calendar,
    cause: str = "",
) -> Deadline:
    """The deadline after a pause: as much later as the pause took from the count.

    Days are taken off by the day: the day the pause began still counts, the day of resuming
    does not. Time before the start or after the end of the clock changes nothing.
    Raises NotPausableError for a cause that the rule does not name, ValueError for times swapped.
    """
    if resumed_at < paused_from:
        raise ValueError("a clock cannot resume before it was paused")
    if cause and cause not in deadline.rule.pauses:
        raise NotPausableError(cause)
    paused_from = max(paused_from, deadline.started_at)
    if paused_from > deadline.due_at or resumed_at <= paused_from:
        return deadline
    if deadline.rule.unit in HOUR_UNITS:
        return stretch_hours(deadline, paused_from, resumed_at, calendar, cause)
    first, last = calendar.day_of(paused_from), calendar.day_of(resumed_at)
    return _pause_days(deadline, first, last, cause, calendar)


def extend(deadline: Deadline, n: int, unit: str, calendar: Calendar) -> Deadline:
    """The deadline with n more of a unit, counted from the last day before rolling on."""
    if n <= 0:
        raise ValueError("an extension is longer than nothing")
    if deadline.rule.unit in HOUR_UNITS or unit in HOUR_UNITS:
        if unit not in HOUR_UNITS:
            raise ValueError("a clock in hours is extended in hours")
        due_at = add_hours(deadline.due_at, timedelta(hours=n), unit, calendar)
        segment = Segment("extend", deadline.due_day, calendar.day_of(due_at), n, (unit,))
        return until(deadline, due_at, segment, calendar)
    segment = Segment("extend", deadline.last_day, deadline.last_day, n, (unit,))
    return _lengthen(deadline, n, unit, segment, calendar)


def next_extension(deadline: Deadline) -> Extension | None:
    """What the source still allows: each of its extensions once, in its order; None after the
    last one."""
    granted = sum(1 for segment in deadline.segments if segment.kind == "extend")
    allowed = deadline.rule.extensions
    return allowed[granted] if granted < len(allowed) else None


def grant(deadline: Deadline, extension: Extension, calendar: Calendar) -> Deadline:
    """The deadline after an extension of its source: some more, or up to a total.

    Raises ValueError for a total that is no longer than the rule, or in another unit.
    """
    if extension.kind == "by":
        return extend(deadline, extension.n, extension.unit, calendar)
    if extension.unit != deadline.rule.unit:
        raise ValueError("a total is counted in the clock's own unit")
    granted = sum(s.n for s in deadline.segments if s.kind == "extend")
    return extend(deadline, extension.n - deadline.rule.n - granted, extension.unit, calendar)


def recount(deadline: Deadline, calendar: Calendar) -> Deadline:
    """The same clock counted anew, over a calendar that knows more: same rule, same start, same
    pauses and extensions. Over the calendar that it was counted with nothing changes."""
    anew = start(deadline.rule, deadline.started_at, calendar)
    for segment in deadline.segments:
        if segment.kind == "pause":
            anew = _pause_again(anew, segment, calendar)
        elif segment.kind == "extend":
            anew = extend(anew, segment.n, segment.names[0], calendar)
    return anew


def breached(deadline: Deadline, now: datetime, met_at: datetime | None = None) -> bool:
    """Whether it was met too late, or is not met and time is up."""
    return (met_at or now) > deadline.due_at


def remaining(deadline: Deadline, now: datetime, calendar: Calendar) -> Remaining:
    """What is left at an instant, in the unit people would use for this clock."""
    late = now > deadline.due_at
    left = abs(deadline.due_at - now)
    if deadline.rule.unit in HOUR_UNITS:
        minutes = left // timedelta(minutes=1)
        return (
            Remaining(late, minutes, "min") if minutes < 60 else Remaining(late, minutes // 60, "h")
        )
    today = calendar.day_of(now)
    if _in_wd(deadline):
        return Remaining(late, abs(calendar.workdays_between(today, deadline.due_day)), "wd")
    return Remaining(late, abs((deadline.due_day - today).days), "cd")


# Days ---------------------------------------------------------------------------------------


def _in_wd(deadline: Deadline) -> bool:
    return deadline.rule.unit == "wd"


def _pause_days(
    deadline: Deadline, first: date, last: date, cause: str, calendar: Calendar
) -> Deadline:
    """The day the pause began counts, the day of resuming does not."""
    n = calendar.workdays_between(first, last) if _in_wd(deadline) else (last - first).days
    if n == 0:
        return deadline
    pause = Segment("pause", first, last, n, (cause,))
    return _lengthen(deadline, n, "wd" if _in_wd(deadline) else "cd", pause, calendar)


def _pause_again(deadline: Deadline, pause: Segment, calendar: Calendar) -> Deadline:
    """A pause that was taken off before, taken off a clock that is counted anew."""
    if deadline.rule.unit in HOUR_UNITS:
        return lose(deadline, timedelta(minutes=pause.n), pause, calendar)
    if pause.first > deadline.due_day:
        return deadline
    return _pause_days(deadline, pause.first, pause.last, pause.names[0], calendar)


def _lengthen(
    deadline: Deadline, n: int, unit: str, segment: Segment, calendar: Calendar
) -> Deadline:
    """Count n more from the last day; a roll-on is done anew from the new last day."""
    more = ClockRule(deadline.rule.id, deadline.rule.event, n, unit, deadline.rule.since)
    last_day = count_days(more, deadline.last_day, calendar).last_day
    if segment.kind == "extend":
        segment = segment._replace(last=last_day)
    kept = tuple(s for s in deadline.segments if s.kind != "roll")
    added = counted_segments(more, deadline.last_day + ONE_DAY, last_day, calendar)
    segments = (*kept, segment, *added)
    return _with(deadline, finish(deadline.rule, deadline.start_day, last_day, segments, calendar))


def _with(deadline: Deadline, counted: Counted) -> Deadline:
    warn_at = counted.warn_at
    if warn_at is not None:
        warn_at = max(warn_at, deadline.started_at)
    return deadline._replace(
        last_day=counted.last_day,
        due_day=counted.due_day,
        due_at=counted.due_at,
        warn_at=warn_at,
        segments=counted.segments,
        provisional=counted.provisional,
    )
