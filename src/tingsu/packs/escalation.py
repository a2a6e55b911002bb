"""Who takes over when, and what vulnerable customers need: escalation.toml. No I/O.

ESCALATION.of(pack).levels(received_on)      # the ladder, from the lowest rung up
ESCALATION.of(pack).rules(received_on)       # what sends a case up by itself
ESCALATION.of(pack).needs(today)             # elderly, disability, …, with what to do
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.core.escalation import ANY, RISKS, Level, Rule
from tingsu.packs.cross import tables
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, Table, dated, histories
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import (
    LABEL,
    LENGTH,
    SINCE,
    SOURCED,
    Key,
    all_of,
    amount,
    labels,
    one_of,
    span,
    text,
    words,
)
from tingsu.packs.shape import number as count
from tingsu.packs.vocabulary import SEVERITIES, UNITS

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem

LEADERS = ("supervisor", "head")
"""Roles that may take a case over from others."""
CONDITIONS = ("quiet", "anger", "severity", "repeat", "amount", "risks", "needs")

TABLES: Mapping[str, Table] = {
    "level": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "rung": Key(count, required=True),
            "role": Key(one_of(LEADERS, "bad_leader"), required=True),
            **LENGTH,
            **SOURCED,
        },
        by="id",
    ),
    "escalate": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "to": Key(text, required=True),
            "quiet": Key(span(UNITS)),
            "anger": Key(count),
            "severity": Key(one_of(SEVERITIES, "bad_severity")),
            "repeat": Key(count),
            "days": Key(count),
            "amount": Key(amount),
            "risks": Key(all_of(RISKS, "bad_risk")),
            "needs": Key(words),
            **SOURCED,
        },
        by="id",
    ),
    "need": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "care": Key(labels, required=True),
            "ask": Key(labels),
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, slots=True)
class Need:
    """What makes somebody easily hurt. care: what to do; ask: how to ask whether it may be kept."""

    id: str
    labels: Labels
    care: tuple[Labels, ...]
    ask: tuple[Labels, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Named:
    """A rule with its reason in words."""

    rule: Rule
    labels: Labels
    source: str


@dataclass(frozen=True, eq=False)
class Escalation:
    """The whole of escalation.toml."""

    by_level: Mapping[str, tuple[Dated[tuple[Level, Labels]], ...]]
    by_rule: Mapping[str, tuple[Dated[tuple[Rule, Labels]], ...]]
    by_need: Mapping[str, tuple[Dated[Need], ...]]

    def levels(self, on: date) -> tuple[Level, ...]:
        """The ladder on a day, from the lowest rung up."""
        return tuple(level for level, _label in self.named_levels(on))

    def named_levels(self, on: date) -> tuple[tuple[Level, Labels], ...]:
        """The same with what each rung is called."""
        found = (in_force(values, on) for values in self.by_level.values())
        known = [entry.value for entry in found if entry and entry.value]
        return tuple(sorted(known, key=lambda pair: pair[0].rung))

    def rules(self, on: date) -> tuple[Rule, ...]:
        """What sends a case up by itself on a day."""
        return tuple(one.rule for one in self.named_rules(on))

    def named_rules(self, on: date) -> tuple[Named, ...]:
        """The same with the reasons in words."""
        found = (in_force(values, on) for values in self.by_rule.values())
        return tuple(Named(*entry.value, entry.source) for entry in found if entry and entry.value)

    def needs(self, on: date) -> tuple[Need, ...]:
        """The kinds of need on a day."""
        found = (in_force(values, on) for values in self.by_need.values())
        return tuple(entry.value for entry in found if entry and entry.value)


def _read(raw: Raw, pack: Pack) -> Escalation:
    def history(name: str, value: Any) -> dict[str, tuple[Dated[Any], ...]]:
        return histories(raw.get(name, ()), value, pack)

    def need(row: Raw) -> Need:
        told = dated(row, None, pack).source
        return Need(row["id"], row["label"], tuple(row["care"]), tuple(row.get("ask", ())), told)

    return Escalation(history("level", _level), history("escalate", _rule), history("need", need))


def _level(row: Raw) -> tuple[Level, Labels]:
    return Level(row["id"], row["rung"], row["role"], Span(row["n"], row["unit"])), row["label"]


def _rule(row: Raw) -> tuple[Rule, Labels]:
    plain = {name: row[name] for name in ("anger", "repeat", "days", "amount") if name in row}
    rule = Rule(
        row["id"],
        row["to"],
        quiet=Span(row["quiet"]["n"], row["quiet"]["unit"]) if "quiet" in row else None,
        severity=row.get("severity", ""),
        risks=frozenset(row.get("risks", ())),
        needs=frozenset(row.get("needs", ())),
        **plain,
    )
    return rule, row["label"]


def _cross(read: Read, around: Around) -> Iterator[Problem]:
    """Rules lead to rungs that are there, say when, and name needs that are there."""
    levels = around.known("escalation.toml", "level", "id")
    needs = around.known("escalation.toml", "need", "id") | {ANY}
    for number, row in enumerate(tables(read.data, "escalate")):
        if row.get("none"):
            continue
        if str(row.get("to")) not in levels:
            there = sorted(levels)
            yield read.at(
                "unknown_level", "escalate", number, "to", value=str(row.get("to")), known=there
            )
        if not any(name in row for name in CONDITIONS):
            yield read.at("never_fires", "escalate", number, "id", value=str(row.get("id")))
        for code in row.get("needs", ()):
            if str(code) not in needs:
                yield read.at("unknown_need", "escalate", number, "needs", value=str(code))


PART = ESCALATION = Part(
    "escalation.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_leader": Words("error", _("{value} 不能接手别人的投诉。"), USE, LEADERS),
        "bad_risk": Words("error", _("没有这种苗头：{value}。"), USE, RISKS),
        "unknown_level": Words("error", _("没有 {value} 这一级。"), _("现有：{known}。")),
        "unknown_need": Words(
            "error", _("没有 {value} 这种需要。"), _("请先写一条 [[need]]，或用 any。")
        ),
        "never_fires": Words(
            "error",
            _("{value} 没写什么情况下上报。"),
            _("请写 {choices} 里的至少一样。"),
            CONDITIONS,
        ),
    },
)
