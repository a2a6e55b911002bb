"""Times and money in words (ui.md: "time is said in words"). Reads no tables.

Instants are aware; the words are for the zone that is active in Django. Money is in fen.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Level = Literal["late", "hour", "today", "soon", "later"]

WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A due time as a person would say it, how pressing it is, and the exact time."""

    words: str
    level: Level
    exact: str
    icon: str


_ICONS: dict[Level, str] = {
    "late": "alarm",
    "hour": "alarm",
    "today": "clock",
    "soon": "clock",
    "later": "calendar",
}


def due(at: datetime, now: datetime) -> Due:
    """「今天 17:30」「明天」「周三」「逾期 2 天」, seen from ``now``."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    days = (local.date() - today.date()).days
    level = _level(at - now, days)
    words = _late(now - at, -days) if level == "late" else _ahead(local, today, at - now, days)
    return Due(words, level, when(at), _ICONS[level])


def _level(left: timedelta, days: int) -> Level:
    if left < timedelta(0):
        return "late"
    if left < HOUR:
        return "hour"
    if days == 0:
        return "today"
    return "soon" if days == 1 else "later"


def _late(gone: timedelta, days: int) -> str:
    if gone < HOUR:
        n = max(1, gone // timedelta(minutes=1))
        return ngettext("逾期 %(n)s 分钟", "逾期 %(n)s 分钟", n) % {"n": n}
    if gone < DAY or days < 1:
        n = gone // HOUR
        return ngettext("逾期 %(n)s 小时", "逾期 %(n)s 小时", n) % {"n": n}
    return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", days) % {"n": days}


def _ahead(local: datetime, today: datetime, left: timedelta, days: int) -> str:
    if left < HOUR:
        n = max(1, left // timedelta(minutes=1))
        return ngettext("还有 %(n)s 分钟", "还有 %(n)s 分钟", n) % {"n": n}
    return f"{_day_ahead(local.date(), today.date(), days)}{_time_of(local, days)}"


def _day_ahead(day: date, today: date, days: int) -> str:
    if days < 2:
        return _("今天") if days == 0 else _("明天")
    weekday = WEEKDAYS[day.weekday()]
    next_monday = today + timedelta(days=7 - today.weekday())
    if day < next_monday:
        return str(weekday)
    if day < next_monday + timedelta(days=7):
        return _("下%(weekday)s") % {"weekday": weekday}
    return _month_day(day) if day.year == today.year else day.isoformat()


def _month_day(day: date) -> str:
    return dateformat.format(day, _("n 月 j 日"))


def _time_of(local: datetime, days: int) -> str:
    """The time of day, where it says more than "some time that day"."""
    whole_day = (local.hour, local.minute) == (23, 59)
    return "" if whole_day or days > 6 else f" {local:%H:%M}"


def when(at: datetime) -> str:
    """2026-11-21 周六 10:02."""
    local = timezone.localtime(at)
    return f"{day(local.date())} {local:%H:%M}"


def day(on: date) -> str:
    """2026-11-21 周六."""
    return f"{on:%Y-%m-%d} {WEEKDAYS[on.weekday()]}"


def day_heading(on: date, today: date) -> str:
    """今天 · 2026-11-21 周六: the line between two days of a timeline."""
    names = {0: _("今天"), 1: _("昨天")}
    near = names.get((today - on).days)
    return f"{near} · {day(on)}" if near else day(on)


def money(fen: int | None) -> str:
    """¥1,280.00 from 128000; nothing from nothing."""
    if fen is None:
        return ""
    return f"{'-' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def size(octets: int) -> str:
    """1.2 MB, in steps of 1,024 as file managers show it; no more exact than anybody cares for."""
    if octets < 1024:
        return f"{octets} B"
    value, unit = (octets / 1024, "KB") if octets < 1024**2 else (octets / 1024**2, "MB")
    return f"{value:,.0f} {unit}" if value >= 10 or unit == "KB" else f"{value:,.1f} {unit}"


def lasted(seconds: int) -> str:
    """6 分 40 秒: how long a call took."""
    minutes, rest = divmod(max(0, seconds), 60)
    if not minutes:
        return ngettext("%(n)s 秒", "%(n)s 秒", rest) % {"n": rest}
    return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": minutes, "seconds": rest}
