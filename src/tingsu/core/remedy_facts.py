"""Facts as people write them: ¥1,280.00, 1.2万, 20%, 3 天. Standard library only, no I/O."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from tingsu.core.remedy_data import WHOLE, Fact, Value

_SCALES = {"万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_NOISE = re.compile(
    r"[\s¥€$]|人民币|人民幣|cny|rmb|eur|元|圆|圓|块|塊|天|日|小时|小時|分钟|分鐘|公里|km|次|人"
)
_NUMBER = re.compile(r"[+-]?(\d{1,16}|\d{1,3}(,\d{3}){1,5})(\.\d{0,9})?", re.ASCII)
_YES = frozenset({"1", "on", "true", "yes", "是", "有"})
_NO = frozenset({"", "0", "off", "false", "no", "否", "没有", "沒有", "无", "無"})


class Unreadable(ValueError):
    """Not a value of the kind that was asked for. ``why``: not_a_number, too_fine …"""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def read(fact: Fact, text: str) -> Value | None:
    """The value of what was typed; None where nothing was. Raises Unreadable."""
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if fact.unit == "flag":
        return _flag(typed)
    if not typed:
        return None
    if fact.unit == "choice":
        if typed not in fact.options:
            raise Unreadable("not_a_choice")
        return typed
    scale = {"money": 100, "rate": WHOLE // 100}.get(fact.unit, 1)
    if fact.unit == "rate":
        typed, scale = _rate(typed, scale)
    number = _number(typed) * scale
    if number != number.to_integral_value():
        raise Unreadable("too_fine")
    return int(number)


def write(fact: Fact, value: Value) -> str:
    """A value as a field shows it again: 1280.00, 0.5, 3."""
    if isinstance(value, str):
        return value
    if fact.unit == "money":
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    if fact.unit == "rate":
        return f"{Decimal(value) / (WHOLE // 100):f}"
    return str(value)


def _flag(typed: str) -> Value | None:
    if typed in _YES:
        return 1
    if typed in _NO:
        return 0 if typed else None
    raise Unreadable("not_a_choice")


def _rate(typed: str, percent: int) -> tuple[str, int]:
    if typed.endswith("‰"):
        return typed[:-1], percent // 10
    return typed.removesuffix("%"), percent


def _number(typed: str) -> Decimal:
    bare = _NOISE.sub("", typed)
    factor = _SCALES.get(bare[-1:], 1)
    if factor > 1:
        bare = bare[:-1]
    if not _NUMBER.fullmatch(bare):
        raise Unreadable("not_a_number")
    return Decimal(bare.replace(",", "")) * factor


_SIGNS = {"CNY": "¥", "EUR": "€"}


def money(fen: int, currency: str = "CNY") -> str:
    """¥1,280.00 from 128000, in any language."""
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"{'-' if fen < 0 else ''}{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def percent(rate: Fraction) -> str:
    """20%, 0.5%, 200%: exact, with no more digits than it has."""
    text = f"{Decimal(rate.numerator * 100) / rate.denominator:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
