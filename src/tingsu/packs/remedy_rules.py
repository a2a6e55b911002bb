"""Checks of remedies.toml that look at more than one value: what a line names must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tingsu.core.remedy import GIVES, ROUNDINGS, TOGETHER, UNITS
from tingsu.packs.cross import Around, Read, tables
from tingsu.packs.problems import USE, Problem, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.remedy_tables import EXACT, WAYS

FILE = "remedies.toml"
_FACTS = ("of", "less", "per", "cap_of")
_FACT = ("other", "rate_fact", "by", "inside", "rerouted", "late", "part", "whole", "days")
_TABLES = ("fact", "rule", "set", "topic", "party", "group")
_NAMED = {"topic": "topic", "pays": "party", "recourse": "party", "set": "set"}


Names = Mapping[str, frozenset[str]]


def remedy_rules(read: Read, around: Around) -> Iterator[Problem]:
    """Every rule has lines, and names only what there is."""
    names = {table: around.known(FILE, table, "id") for table in _TABLES}
    roundings = around.known(FILE, "rounding", "id")
    inherited = around.inherited(FILE, "rule", "id")
    for number, rule in enumerate(tables(read.data, "rule")):
        if not rule.get("none"):
            yield from _rule(read, number, rule, names, inherited)
            yield from _rounded(read, number, rule, roundings)
    for number, line in enumerate(tables(read.data, "rule.line")):
        yield from _line(read, number, line, names)
    for number, one in enumerate(tables(read.data, "reduction")):
        for rule in _list(one, "rules"):
            yield from _known(read, ("reduction", number, "rules"), rule, names["rule"])
        if "set" in one:
            yield from _known(read, ("reduction", number, "set"), one["set"], names["set"])


def _rule(
    read: Read, number: int, rule: dict[str, Any], names: Names, inherited: frozenset[str]
) -> Iterator[Problem]:
    name = str(rule.get("id"))
    if not rule.get("line"):
        yield read.at("no_lines", "rule", number, value=name)
    if "label" not in rule and name not in inherited:
        yield read.at("missing_key", "rule", number, "label")
    for key, table in _NAMED.items():
        if key in rule:
            yield from _known(read, ("rule", number, key), rule[key], names[table])


def _rounded(
    read: Read, number: int, rule: dict[str, Any], roundings: frozenset[str]
) -> Iterator[Problem]:
    currency = str(rule.get("currency", "CNY"))
    lines = [line for line in _list(rule, "line") if isinstance(line, dict)]
    open_end = any("rounding" not in line and line.get("way") not in EXACT for line in lines)
    if open_end and currency not in roundings:
        yield read.at("no_rounding", "rule", number, value=str(rule.get("id")), known=currency)


def _line(read: Read, number: int, line: dict[str, Any], names: Names) -> Iterator[Problem]:
    for key in WAYS.get(str(line.get("way")), ()):
        if key not in line:
            yield read.at("way_needs", "rule.line", number, "way", value=key)
    said = [(key, line[key]) for key in _FACT if key in line]
    said += [(key, name) for key in _FACTS for name in _list(line, key)]
    said += [("need", n.get("fact")) for n in _list(line, "need") if isinstance(n, dict)]
    for key, name in said:
        yield from _known(read, ("rule.line", number, key), name, names["fact"])
    if "group" in line:
        yield from _known(read, ("rule.line", number, "group"), line["group"], names["group"])


def _list(table: dict[str, Any], key: str) -> list[Any]:
    """A list, empty where something else stands: its own test names that."""
    value = table.get(key)
    return value if isinstance(value, list) else []


def _known(
    read: Read, place: tuple[str, int, str], value: object, known: frozenset[str]
) -> Iterator[Problem]:
    if str(value) not in known:
        yield read.at("unknown_name", *place, value=str(value), known=sorted(known))


WORDS: Mapping[str, Words] = {
    "bad_rate": Words(
        "error", _("{key} 应当是比例：{value}。"), _('用引号写，例如 "20%" 或 "3‰"。')
    ),
    "bad_need": Words(
        "error",
        _("need 的写法不对。"),
        _('例如 [{{ fact = "repair_days", op = "more_than", value = 5 }}]。'),
    ),
    "bad_steps": Words(
        "error",
        _("steps 的写法不对。"),
        _('从 0 起往上排，例如 [{{ at_least = 0, rate = "20%" }}]。'),
    ),
    "bad_zones": Words(
        "error",
        _("zones 的写法不对。"),
        _("从近到远，最后一段不写 up_to：{{ up_to = 1500, sum = 25000, reduced_within = 120 }}。"),
    ),
    "bad_together": Words("error", _("together 写错了：{value}。"), USE, TOGETHER),
    "bad_fact_unit": Words("error", _("没有这种单位：{value}。"), USE, UNITS),
    "bad_gives": Words("error", _("没有这种处理：{value}。"), USE, GIVES),
    "bad_way": Words("error", _("没有这种算法：{value}。"), USE, tuple(WAYS)),
    "bad_rounding": Words("error", _("没有这种取整：{value}。"), USE, ROUNDINGS),
    "bad_currency": Words("error", _("没有这种货币：{value}。"), _("可用：CNY、EUR。")),
    "no_rounding": Words(
        "error",
        _("{value} 算出来的金额没有说怎么取整。"),
        _('请写一条 [[rounding]]，id = "{known}"，how 和出处；或在 [[rule.line]] 里写 rounding。'),
    ),
    "no_lines": Words("error", _("{value} 没有算法。"), _("请至少写一条 [[rule.line]]。")),
    "way_needs": Words("error", _("这种算法还要写 {value}。"), _("请补上。")),
    "unknown_name": Words("error", _("{key} 里没有叫 {value} 的。"), _("现有：{known}。")),
}
