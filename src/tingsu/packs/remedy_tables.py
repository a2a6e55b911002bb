"""The tables of remedies.toml, and the tests of their values. Touches nothing but its arguments.

Rates are text ("20%", "0.5%", "3‰"), never numbers with a point: a float has no place in money.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from tingsu.core.remedy import GIVES, OPS, ROUNDINGS, TOGETHER, UNITS
from tingsu.packs.layers import Table
from tingsu.packs.shape import (
    LABEL,
    SINCE,
    SOURCED,
    Key,
    all_of,
    amount,
    flag,
    label,
    number,
    one_of,
    text,
    words,
)

WAYS: Mapping[str, tuple[str, ...]] = {
    "whole": ("of",),
    "share": ("of", "rate"),
    "agreed": ("of", "rate_fact", "high"),
    "stepped": ("of", "by", "steps"),
    "gap": ("of", "other", "rate"),
    "use_fee": ("of", "by", "rate_fact", "high"),
    "distance": ("by", "zones", "inside", "rerouted", "late", "rate", "per"),
    "prorata": ("of", "part", "whole"),
    "right": (),
}
"""Each way of working out a line, and the keys that it cannot do without."""

_RATE = re.compile(r"(\d{1,5})(?:\.(\d{1,6}))?([%‰])")


def fraction(written: str) -> Fraction:
    """A rate as packs write it: "20%" is a fifth. Raises ValueError."""
    match = _RATE.fullmatch(written)
    if not match:
        raise ValueError(f"not a rate: {written}")
    whole, part, unit = match[1], match[2] or "", match[3]
    return Fraction(int(whole + part), 10 ** len(part) * (100 if unit == "%" else 1000))


def rate(value: object) -> str:
    """A rate such as "20%"."""
    return "" if isinstance(value, str) and _RATE.fullmatch(value) else "bad_rate"


def labels(value: object) -> str:
    """A list of sentences in every language."""
    return "" if isinstance(value, list) and not any(map(label, value)) else "not_label"


def needs(value: object) -> str:
    """A list of { fact, op, value }."""
    if not isinstance(value, list):
        return "bad_need"
    for item in value:
        if not isinstance(item, dict) or set(item) != {"fact", "op", "value"}:
            return "bad_need"
        right = isinstance(item["value"], str) or not amount(item["value"])
        if item["op"] not in OPS or not right or text(item["fact"]):
            return "bad_need"
    return ""


def steps(value: object) -> str:
    """A list of { at_least, rate }, ascending from 0."""
    if not isinstance(value, list) or not value:
        return "bad_steps"
    for item in value:
        if not isinstance(item, dict) or set(item) != {"at_least", "rate"}:
            return "bad_steps"
        if amount(item["at_least"]) or rate(item["rate"]):
            return "bad_steps"
    begins = [item["at_least"] for item in value]
    return "" if begins == sorted(set(begins)) and begins[0] == 0 else "bad_steps"


def zones(value: object) -> str:
    """A list of { up_to, sum, reduced_within }, ascending, the last one without an end."""
    if not isinstance(value, list) or len(value) < 2:
        return "bad_zones"
    for item in value:
        if not isinstance(item, dict) or {"sum", "reduced_within"} - set(item):
            return "bad_zones"
        if set(item) - {"up_to", "sum", "reduced_within"} or any(map(amount, item.values())):
            return "bad_zones"
    ends = [item.get("up_to") for item in value]
    right = ends[-1] is None and None not in ends[:-1] and ends[:-1] == sorted(set(ends[:-1]))
    return "" if right else "bad_zones"


CURRENCIES = ("CNY", "EUR")
EXACT = frozenset({"whole", "right"})
"""Ways that give no fraction of a fen; every other amount needs a rule by which it is rounded."""

ID = Key(text, required=True)
NAMED: Mapping[str, Key] = {"id": ID, "label": LABEL}

TABLES: Mapping[str, Table] = {
    "topic": Table(NAMED, by="id"),
    "party": Table(NAMED, by="id"),
    "rounding": Table(
        {
            "id": Key(one_of(CURRENCIES, "bad_currency"), required=True),
            "how": Key(one_of(ROUNDINGS, "bad_rounding"), required=True),
            "since": SINCE,
            **SOURCED,
        },
        by="id",
    ),
    "set": Table({**NAMED, "since": SINCE, **SOURCED}, by="id"),
    "group": Table(
        {
            **NAMED,
            "together": Key(one_of(TOGETHER, "bad_together"), required=True),
            "source": Key(text, required=True),
        },
        by="id",
    ),
    "fact": Table(
        {
            **NAMED,
            "unit": Key(one_of(UNITS, "bad_fact_unit"), required=True),
            "hint": Key(label),
            "blank": Key(amount),
            "least": Key(amount),
            "most": Key(number),
        },
        by="id",
    ),
    "fact.option": Table({"code": ID, "label": LABEL}),
    "rule": Table(
        {
            "id": ID,
            "label": Key(label),
            "since": SINCE,
            "topic": Key(text, required=True),
            "set": Key(text),
            "public": Key(flag),
            "pays": Key(text, required=True),
            "recourse": Key(text),
            "currency": Key(one_of(CURRENCIES, "bad_currency")),
            **SOURCED,
        },
        by="id",
    ),
    "rule.line": Table(
        {
            "id": ID,
            "label": Key(label),
            "gives": Key(one_of(GIVES, "bad_gives"), required=True),
            "way": Key(one_of(WAYS, "bad_way"), required=True),
            "of": Key(words),
            "less": Key(words),
            "other": Key(text),
            "rate": Key(rate),
            "rate_fact": Key(text),
            "low": Key(rate),
            "high": Key(rate),
            "per": Key(words),
            "by": Key(text),
            "steps": Key(steps),
            "zones": Key(zones),
            "inside": Key(text),
            "rerouted": Key(text),
            "late": Key(text),
            "part": Key(text),
            "whole": Key(text),
            "scale": Key(number),
            "days": Key(text),
            "after": Key(amount),
            "need": Key(needs),
            "floor": Key(amount),
            "cap": Key(amount),
            "cap_of": Key(words),
            "rounding": Key(one_of(ROUNDINGS, "bad_rounding")),
            "either": Key(text),
            "group": Key(text),
            "general": Key(flag),
            "notes": Key(labels),
        }
    ),
    "reduction": Table(
        {
            "id": ID,
            "label": Key(label),
            "since": SINCE,
            "on": Key(all_of(GIVES, "bad_gives"), required=True),
            "rate": Key(rate),
            "set": Key(text),
            "rules": Key(words),
            **SOURCED,
        },
        by="id",
    ),
}
