"""Stretches of a day as packs write them. Touches nothing but its arguments."""

from tingsu.core.calendar import Interval


def interval(text: str) -> Interval:
    """``"09:00-12:00"`` as minutes of the day; ``24:00`` is the end of it."""
    opens, closes = (_minute(part) for part in text.split("-"))
    if not 0 <= opens < closes <= 24 * 60:
        raise ValueError(f"not a stretch of one day: {text}")
    return opens, closes


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    if not 0 <= int(minute) < 60:
        raise ValueError(f"not a time: {clock}")
    return int(hour) * 60 + int(minute)
