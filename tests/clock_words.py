"""The words in which the tests of the clock speak: a rule of some length, a local moment."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tingsu.core.clock import ClockRule
from tingsu.packs import load_calendar

CN = load_calendar("cn").calendar
SHANGHAI = ZoneInfo("Asia/Shanghai")


def rule(n: int, unit: str, **more: object) -> ClockRule:
    """A rule of some length."""
    return ClockRule("test", "received", n, unit, date(2020, 1, 1), **more)  # type: ignore[arg-type]


def at(text: str) -> datetime:
    """A local moment such as 2026-09-27 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
