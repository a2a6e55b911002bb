"""Reads what people write into cells: times, money, words for codes. Touches words.toml alone.

Every function raises ValueError with a sentence that names what was expected and never repeats
personal data.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tingsu.channels.file.fields import words
from tingsu.core.text import normalise

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
EXCEL_DAYS = (10_000, 100_000)  # 1927 to 2173
MINGUO = 1911
_DATE = re.compile(
    r"(?P<minguo>民国|中华民国)?\s*(?P<y>\d{2,4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})"
    r"\s*[日号]?"
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})")
_COMPACT = re.compile(
    r"(?P<y>(?:19|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:t?(?P<rest>\d{4}(?:\d\d)?))?"
)
_TIME = re.compile(
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*(?P<h>\d{1,2})\s*[:时点]\s*"
    r"(?:(?P<min>\d{1,2})\s*[:分]?\s*)?"
    r"(?:(?P<s>\d{1,2})(?:[.,]\d+)?\s*秒?\s*)?(?P<end>am|pm)?"
)
_WEEKDAY = re.compile(r"[(]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)]?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}")
_MONEY = re.compile(r"[¥￥$]|rmb|cny|人民币|元整?|圆整?|块")


@lru_cache(maxsize=4096)
def instant(text: str, zone: str, *, day_first: bool = False, end_of_day: bool = False) -> datetime:
    """The instant in UTC. ``end_of_day``: what a date without a time of day stands for."""
    written = _WEEKDAY.sub(" ", normalise(text)).strip()
    found = _iso(written) or _number(written) or _written(written, day_first)
    if found is None:
        raise ValueError(_("看不懂这个时间，请写成 2019-04-24 16:03。"))
    value, whole_day = found
    if whole_day and end_of_day:
        value = value.replace(hour=23, minute=59, second=59)
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone))
    try:
        return value.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError(_("这个时间超出了范围，请核对。")) from problem


def _iso(text: str) -> tuple[datetime, bool] | None:
    if not _ISO.match(text):
        return None  # Python takes more for ISO than people mean by it
    try:
        return datetime.fromisoformat(text.upper().replace(" +", "+")), len(text) <= 10
    except ValueError:
        return None


def _number(text: str) -> tuple[datetime, bool] | None:
    """Days of a spreadsheet, or seconds and milliseconds of a database."""
    if not re.fullmatch(r"\d+(?:\.\d+)?", text) or len(text) == 8:
        return None
    value = float(text)
    if EXCEL_DAYS[0] < value < EXCEL_DAYS[1]:
        at = EXCEL_EPOCH + timedelta(seconds=round(value * 86400))
        return at, value.is_integer()
    whole = text.partition(".")[0]
    if len(whole) in (10, 13):
        return datetime.fromtimestamp(value / (1000 if len(whole) == 13 else 1), UTC), False
    return None


def _written(text: str, day_first: bool) -> tuple[datetime, bool] | None:
    found = _day(text, day_first)
    if found is None:
        return None
    on, rest = found
    rest = rest.strip(" t,")
    if not rest:
        return datetime(on.year, on.month, on.day), True  # noqa: DTZ001 - the zone comes later
    clock = _clock(rest)
    return (datetime.combine(on, datetime.min.time()) + clock, False) if clock else None


def _day(text: str, day_first: bool) -> tuple[date, str] | None:
    try:
        if match := _SLASHED.match(text):
            a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
            month, day = (b, a) if (day_first and b <= 12) or a > 12 else (a, b)
            return date(year, month, day), text[match.end() :]
        if match := _COMPACT.fullmatch(text):
            rest = match["rest"] or ""
            parts = [rest[at : at + 2] for at in range(0, len(rest), 2)]
            return date(int(match["y"]), int(match["m"]), int(match["d"])), ":".join(parts)
        if match := _DATE.match(text):
            year = int(match["y"])
            if match["minguo"]:
                year += MINGUO
            elif year < 100:
                year += 2000
            return date(year, int(match["m"]), int(match["d"])), text[match.end() :]
    except ValueError:
        return None
    return None


def _clock(text: str) -> timedelta | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second = (int(match[part] or 0) for part in ("h", "min", "s"))
    half = match["half"] or match["end"] or ""
    if half in ("下午", "晚上", "中午", "pm") and hour < (11 if half == "中午" else 12):
        hour += 12
    elif half in ("上午", "凌晨", "早上", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second) or timedelta(microseconds=1)


def fen(text: str) -> int:
    """¥1,280.00, 1280元, 1.2万 as fen."""
    written = _MONEY.sub("", normalise(text)).replace(",", "").replace(" ", "")
    factor = 100
    if written.endswith("万"):
        written, factor = written[:-1], 1_000_000
    try:
        value = Decimal(written) * factor
    except InvalidOperation as problem:
        raise ValueError(_("看不懂这个金额，请写成 1280.00。")) from problem
    if not value.is_finite() or value != value.to_integral_value() or abs(value) >= 10**16:
        raise ValueError(_("看不懂这个金额，请写成 1280.00。"))
    return int(value)


def number_text(text: str) -> str:
    """A phone, order or record number; refuses what a spreadsheet has rounded away."""
    if _SCIENTIFIC.fullmatch(text.strip().lower()):
        raise ValueError(
            _("号码被表格软件改成了科学计数法，末几位已丢失。请把这一列设为文本再导出。")
        )
    return text.strip()


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-]", "", normalise(text))


@cache
def _codes(name: str) -> Mapping[str, str]:
    return {
        _plain(word): code for code, said in words()[name].items() for word in (code, *said.split())
    }


def code(name: str, text: str) -> str:
    """The code behind a word of a column such as ``channel``: 热线 is phone."""
    found = _codes(name).get(_plain(text))
    if found is None:
        known = _("、").join(said.split()[0] for said in words()[name].values())
        raise ValueError(
            _("看不懂「%(word)s」，可以写：%(known)s。") % {"word": text[:20], "known": known}
        )
    return found
