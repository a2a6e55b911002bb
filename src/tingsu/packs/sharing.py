"""How work is shared: who gets a case, how often it may be passed on, reminders: sharing.toml.

SHARING.of(pack).rules(today)       # who fits, in points
SHARING.of(pack).passing(today)     # how often, and how long the other department has
SHARING.of(pack).reminders(today)   # of tasks: before, at and after their day
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tingsu.core.assignment import LOOKS, Rule
from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.packs.cross import tables
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table, histories
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import LABEL, LENGTH, SINCE, SOURCED, Key, flag, one_of, span, text
from tingsu.packs.shape import number as count
from tingsu.packs.vocabulary import UNITS

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem


def points(value: object) -> str:
    """A whole number that is not 0."""
    right = isinstance(value, int) and not isinstance(value, bool) and value != 0
    return "" if right else "not_points"


TABLES: Mapping[str, Table] = {
    "assign": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "look": Key(one_of(LOOKS, "bad_look"), required=True),
            "points": Key(points, required=True),
            "must": Key(flag),
            **SOURCED,
        },
        by="id",
    ),
    "passing": Table(
        {
            "id": Key(one_of(("case",), "bad_passing"), required=True),
            "label": LABEL,
            "since": SINCE,
            "most": Key(count, required=True),
            **LENGTH,
            **SOURCED,
        },
        by="id",
    ),
    "task_reminder": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "before": Key(span(UNITS)),
            "after": Key(span(UNITS)),
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, slots=True)
class Passing:
    """most: how often in one round; within: how long the other department has to answer."""

    most: int
    within: Span


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of a task: so long before its end, so long after it, or at it."""

    id: str
    before: Span | None = None
    after: Span | None = None


@dataclass(frozen=True, eq=False)
class Sharing:
    """The whole of sharing.toml."""

    by_rule: Mapping[str, tuple[Dated[Rule], ...]]
    by_passing: tuple[Dated[Passing], ...]
    by_reminder: Mapping[str, tuple[Dated[Reminder], ...]]

    def rules(self, on: date) -> tuple[Rule, ...]:
        """What counts when a case is given to somebody."""
        found = (in_force(values, on) for values in self.by_rule.values())
        return tuple(entry.value for entry in found if entry and entry.value)

    def passing(self, on: date) -> Passing | None:
        """How cases go from department to department; None: without any bound."""
        entry = in_force(self.by_passing, on)
        return entry.value if entry else None

    def reminders(self, on: date) -> tuple[Reminder, ...]:
        """When whoever was asked is reminded."""
        found = (in_force(values, on) for values in self.by_reminder.values())
        return tuple(entry.value for entry in found if entry and entry.value)


def _read(raw: Raw, pack: Pack) -> Sharing:
    def history(name: str, value: Any) -> dict[str, tuple[Dated[Any], ...]]:
        return histories(raw.get(name, ()), value, pack)

    return Sharing(
        history("assign", _rule),
        history("passing", _passing).get("case", ()),
        history("task_reminder", _reminder),
    )


def _rule(row: Raw) -> Rule:
    return Rule(row["id"], row["look"], row["points"], bool(row.get("must")))


def _passing(row: Raw) -> Passing:
    return Passing(row["most"], Span(row["n"], row["unit"]))


def _reminder(row: Raw) -> Reminder:
    def length(name: str) -> Span | None:
        return Span(row[name]["n"], row[name]["unit"]) if name in row else None

    return Reminder(row["id"], length("before"), length("after"))


def _cross(read: Read, _around: Around) -> Iterator[Problem]:
    for number, row in enumerate(tables(read.data, "task_reminder")):
        if "before" in row and "after" in row:
            yield read.at(
                "before_and_after", "task_reminder", number, "id", value=str(row.get("id"))
            )


PART = SHARING = Part(
    "sharing.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_look": Words("error", _("不认识 {value} 这个看点。"), USE, LOOKS),
        "not_points": Words("error", _("分数要是不等于 0 的整数。"), _("例如 20，或 -5。")),
        "bad_passing": Words("error", _("没有这一种：{value}。"), _("可用：case。")),
        "before_and_after": Words(
            "error",
            _("{value} 同时写了提前和过后。"),
            _("只写一样；都不写就是到时提醒。"),
        ),
    },
)
