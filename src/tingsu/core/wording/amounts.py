"""Touches nothing: sums of yuan that a text names, in figures and in Chinese numerals (HA-7)."""

import re
from decimal import Decimal

from tingsu.core.text import normalise

_DIGITS = {
    char: n
    for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for n, char in enumerate(row)
} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000, "拾": 10, "佰": 100, "仟": 1_000}
_MANY = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "十": 10, "": 1}
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,2})?"
_WORDS = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}"
_UNIT = "元|块钱|块|圆|人民币|rmb|yuan|cny"
_AFTER = re.compile(rf"({_FIGURES})\s*(亿|万|千|百|十|)\s*(?:多|来|几)?\s*(?:{_UNIT})")
_BEFORE = re.compile(rf"(?:¥|￥|rmb|cny|人民币)\s*({_FIGURES})\s*(亿|万|千|)")
_SPELT = re.compile(rf"({_WORDS})\s*(?:多|来|几)?\s*(?:{_UNIT})")
_BARE = re.compile(rf"({_FIGURES})\s*(万)(?!\w*(?:公里|次|人|户|字|像素|小时))")
LARGEST = 10**13  # fen; beyond it is no sum that anybody promises


def largest(text: str) -> int:
    """The largest sum in fen; 0 where none is named."""
    return max(amounts(text), default=0)


def amounts(text: str) -> list[int]:
    """All sums in fen, in no order."""
    plain = normalise(text)
    found = [_value(*match.groups()) for pattern in (_AFTER, _BEFORE, _BARE)
             for match in pattern.finditer(plain)]  # fmt: skip
    found += [_spelt(match[1]) * 100 for match in _SPELT.finditer(plain)]
    return [fen for fen in found if 0 < fen < LARGEST]


def _value(figures: str, many: str) -> int:
    return int(Decimal(figures.replace(",", "")) * _MANY[many] * 100)


def _spelt(words: str) -> int:
    """三千五百 is 3,500; 一万二 is 12,000: what stands behind the last unit counts by the next."""
    total = section = digit = 0
    unit = 1
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇":
                unit = 10  # 一千零五: ones behind a nought
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            unit, digit = _TENS[char], 0
        else:
            total = (total + section + digit or 1) * _MANY[char]
            unit, section, digit = _MANY[char], 0, 0
    return total + section + digit * (unit // 10 if unit > 10 else 1)
