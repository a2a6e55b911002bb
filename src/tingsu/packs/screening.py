"""What an industry checks at first review (SC-1, SC-2): screening.toml. No I/O.

SCREENING.of(pack).on(received_on, "authority")     # the check list of one case
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tingsu.core.approval import HOUSES
from tingsu.core.clock import ClockRule
from tingsu.core.dated import Dated, in_force
from tingsu.core.screening import OF_UNKNOWN, Effect, Item, Kind, Outcome
from tingsu.packs.cross import Around, Read, tables
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.problems import USE, Problem, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import CODE, SINCE, SOURCED, Key, all_of, flag, label, number, one_of, words

_KINDS = tuple(kind.value for kind in Kind)
_EFFECTS = tuple(effect.value for effect in Effect)
_UNKNOWN = tuple(effect.value for effect in OF_UNKNOWN)
_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_ONLY = Key(one_of(HOUSES, "bad_only"))

TABLES: Mapping[str, Table] = {
    "item": Table(
        {
            "code": CODE,
            "label": Key(label),
            "kind": Key(one_of(_KINDS, "bad_item"), required=True),
            "since": SINCE,
            "only": _ONLY,
            "no": Key(one_of(_EFFECTS, "bad_effect"), required=True),
            "unknown": Key(one_of(_UNKNOWN, "bad_unknown")),
            "reason": Key(label),
            "clocks": Key(words),
            **SOURCED,
        },
        by="code",
    ),
    "outcomes": Table(
        {
            "only": Key(one_of(HOUSES, "bad_only"), required=True),
            "since": SINCE,
            "codes": Key(all_of(_OUTCOMES, "bad_outcome"), required=True),
            **SOURCED,
        },
        by="only",
    ),
    "checklist": Table(
        {
            "only": Key(one_of(HOUSES, "bad_only"), required=True),
            "since": SINCE,
            "required": Key(flag, required=True),
            **SOURCED,
        },
        by="only",
    ),
    "joint": Table(
        {
            "since": SINCE,
            "persons": Key(number, required=True),
            "least": Key(number, required=True),
            "most": Key(number, required=True),
            **SOURCED,
        }
    ),
    "route": Table({"code": CODE, "label": Key(label), "since": SINCE, **SOURCED}, by="code"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """An item with its words and where it comes from."""

    item: Item
    labels: Labels
    reason: Labels  # what a refusal or a request for material says; empty for the label
    only: str
    act: str
    article: str
    source: str
    house: bool
    review: str


@dataclass(frozen=True, slots=True)
class Joint:
    """From how many complainants on a complaint is a joint one, and who speaks for them."""

    persons: int
    least: int
    most: int
    act: str
    article: str

    def fits(self, people: int, representatives: int) -> bool:
        """Whether as many speak as may; below the number of persons nobody is asked to."""
        return people < self.persons or self.least <= representatives <= self.most


@dataclass(frozen=True)
class CheckList:
    """The check list of one case: what held on its day of receipt, for its kind of house."""

    checks: tuple[Checked, ...]
    allowed: tuple[Outcome, ...]
    required: bool
    joint: Joint | None
    routes: tuple[Labels, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items alone."""
        return tuple(one.item for one in self.checks)

    def check(self, code: str) -> Checked | None:
        """The item behind a code."""
        return next((one for one in self.checks if one.item.code == code), None)


@dataclass(frozen=True, eq=False)
class Screening:
    """The whole of screening.toml."""

    items: Mapping[str, tuple[Dated[Checked], ...]]
    outcomes: Mapping[str, tuple[Dated[tuple[Outcome, ...]], ...]]
    checklists: Mapping[str, tuple[Dated[bool], ...]]
    joints: tuple[Dated[Joint], ...]
    routes: Mapping[str, tuple[Dated[Labels], ...]]

    def on(self, received_on: date, house: str) -> CheckList:
        """What held on a day for a company or an authority. A pack without outcomes has all."""
        checks = [one for one in _now(self.items.values(), received_on) if _fits(one, house)]
        checks.sort(key=lambda one: _KINDS.index(one.item.kind))  # as one reads a complaint
        allowed = in_force(self.outcomes.get(house, ()), received_on)
        demanded = in_force(self.checklists.get(house, ()), received_on)
        joint = in_force(self.joints, received_on)
        return CheckList(
            tuple(checks),
            tuple(Outcome) if allowed is None or allowed.value is None else allowed.value,
            bool(demanded and demanded.value),
            joint.value if joint else None,
            tuple(_now(self.routes.values(), received_on)),
        )


def bar_of(
    pack: Pack, item: Item, received_on: date, variants: Collection[str]
) -> ClockRule | None:
    """The first of a time bar's clocks that holds for a case; None where nothing bars it."""
    meant = {clock.id: clock for clock in pack.clocks_for(variants, received_on)}
    rules = (meant[code].rule_on(received_on) for code in item.clocks if code in meant)
    return next((rule for rule in rules if rule is not None), None)


def _fits(one: Checked, house: str) -> bool:
    return one.only in ("", house)


def _now(histories: Iterable[tuple[Dated[Any], ...]], on: date) -> list[Any]:
    entries = (in_force(history, on) for history in histories)
    return [entry.value for entry in entries if entry and entry.value is not None]


def _read(raw: Raw, pack: Pack) -> Screening:
    def histories(name: str, key: str, made: Any) -> dict[str, tuple[Dated[Any], ...]]:
        found: dict[str, list[Dated[Any]]] = {}
        said: dict[str, Raw] = {}  # later periods repeat the code, not the words
        for row in raw.get(name, ()):
            said[row[key]] = {**_words(said.get(row[key], {})), **row}
            value = None if row.get("none") else made(said[row[key]])
            found.setdefault(row[key], []).append(dated(row, value, pack))
        return {code: tuple(values) for code, values in found.items()}

    return Screening(
        items=histories("item", "code", _checked),
        outcomes=histories("outcomes", "only", lambda row: tuple(map(Outcome, row["codes"]))),
        checklists=histories("checklist", "only", lambda row: row["required"]),
        joints=tuple(
            dated(row, None if row.get("none") else _joint(row), pack)
            for row in raw.get("joint", ())
        ),
        routes=histories("route", "code", lambda row: row["label"]),
    )


def _words(row: Raw) -> Raw:
    return {name: row[name] for name in ("label", "reason") if name in row}


def _checked(row: Raw) -> Checked:
    item = Item(
        row["code"],
        Kind(row["kind"]),
        Effect(row["no"]),
        Effect(row.get("unknown", Effect.NOTE)),
        tuple(row.get("clocks", ())),
    )
    return Checked(
        item,
        row["label"],
        row.get("reason", {}),
        row.get("only", ""),
        row.get("act", ""),
        row.get("article", ""),
        row.get("source", ""),
        row.get("house", False),
        row.get("review", ""),
    )


def _joint(row: Raw) -> Joint:
    return Joint(
        row["persons"], row["least"], row["most"], row.get("act", ""), row.get("article", "")
    )


def _rules(read: Read, around: Around) -> Iterable[Problem]:
    """Time bars name clocks that are there."""
    known = around.known("clocks.toml", "clock", "id")
    for place, row in enumerate(tables(read.data, "item")):
        for clock in row.get("clocks", ()):
            if clock not in known:
                yield read.at("unknown_clock", "item", place, "clocks", value=str(clock))


PART = SCREENING = Part(
    "screening.toml",
    TABLES,
    _read,
    lambda read, around: iter(_rules(read, around)),
    words={
        "bad_item": Words("error", _("没有这类审查项：{value}。"), USE, _KINDS),
        "bad_effect": Words("error", _("没有这样的后果：{value}。"), USE, _EFFECTS),
        "bad_unknown": Words(
            "error",
            _("不清楚时不能这样：{value}。"),
            _("不清楚不等于不符合，可用：{choices}。"),
            _UNKNOWN,
        ),
        "bad_outcome": Words("error", _("没有这个审查结果：{value}。"), USE, _OUTCOMES),
        "bad_only": Words("error", _("没有这类机构：{value}。"), USE, HOUSES),
    },
    law=True,
)
