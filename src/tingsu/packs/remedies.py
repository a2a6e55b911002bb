"""What an industry owes, and how it is worked out: remedies.toml (HA-8). No I/O.

book = REMEDIES.of(load("tourism"))
rules = book.on(received_on)                  # of the rule set in force, and those beside it
core.remedy.compute(rules, facts, book.facts, groups=book.groups)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from tingsu.core.dated import Dated, in_force
from tingsu.core.remedy import (
    MOST,
    WHOLE,
    Base,
    Fact,
    Group,
    Limits,
    Line,
    Need,
    Reduction,
    Rule,
    Way,
)
from tingsu.core.remedy_ways import (
    Agreed,
    ByDistance,
    Gap,
    Prorata,
    Right,
    Share,
    Step,
    Stepped,
    UseFee,
    Whole,
    Zone,
)
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, dated
from tingsu.packs.remedy_rules import WORDS, remedy_rules
from tingsu.packs.remedy_tables import TABLES, fraction


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A body of rules that another one replaces on a day."""

    id: str
    labels: Labels
    since: date
    review: str = ""


@dataclass(frozen=True, eq=False)
class Remedies:
    """The whole of remedies.toml. Rules hold as on the local day of receipt."""

    facts: Mapping[str, Fact]
    rules: Mapping[str, tuple[Dated[Rule], ...]]
    sets: tuple[RuleSet, ...]
    topics: Mapping[str, Labels]
    parties: Mapping[str, Labels]
    groups: Mapping[str, Group]
    reductions: Mapping[str, tuple[Dated[Reduction], ...]]

    def set_on(self, day: date) -> str:
        """The rule set in force on a day: the latest that had begun; "" where there is none."""
        begun = [one for one in self.sets if one.since <= day]
        return max(begun, key=lambda one: one.since).id if begun else ""

    def on(self, day: date, rule_set: str | None = None) -> tuple[Rule, ...]:
        """The rules in force on a day, in the order of the pack.

        rule_set: another set than that of the day; its rules are then taken whatever their day.
        """
        chosen = self.set_on(day) if rule_set is None else rule_set
        found = (self._rule(entries, day, chosen) for entries in self.rules.values())
        return tuple(rule for rule in found if rule is not None)

    def reductions_on(self, day: date, rule_set: str | None = None) -> tuple[Reduction, ...]:
        """The grounds on which less is owed."""
        chosen = self.set_on(day) if rule_set is None else rule_set
        entries = (in_force(one, day) for one in self.reductions.values())
        values = (entry.value for entry in entries if entry)
        return tuple(one for one in values if one is not None and one.set in ("", chosen))

    def _rule(self, entries: tuple[Dated[Rule], ...], day: date, chosen: str) -> Rule | None:
        newest = entries[-1].value
        if newest is not None and newest.set:
            return newest if newest.set == chosen else None
        entry = in_force(entries, day)
        return entry.value if entry else None


def _read(raw: Raw, pack: Pack) -> Remedies:
    roundings = {row["id"]: row["how"] for row in raw.get("rounding", ())}
    return Remedies(
        facts={row["id"]: _fact(row) for row in raw.get("fact", ())},
        rules=_history(raw.get("rule", ()), partial(_rule, roundings), pack),
        sets=tuple(
            RuleSet(row["id"], row["label"], row["since"], row.get("review", ""))
            for row in raw.get("set", ())
        ),
        topics={row["id"]: row["label"] for row in raw.get("topic", ())},
        parties={row["id"]: row["label"] for row in raw.get("party", ())},
        groups={
            row["id"]: Group(row["id"], row["label"], row["together"], row.get("source", ""))
            for row in raw.get("group", ())
        },
        reductions=_history(raw.get("reduction", ()), _reduction, pack),
    )


def _history(
    rows: list[Raw], make: Callable[[Raw], Any], pack: Pack
) -> dict[str, tuple[Dated[Any], ...]]:
    found: dict[str, list[Dated[Any]]] = {}
    labels: dict[str, Labels] = {}
    for row in rows:
        labels.setdefault(row["id"], row.get("label", {}))
        made = None if row.get("none") else make({"label": labels[row["id"]], **row})
        found.setdefault(row["id"], []).append(dated(row, made, pack))
    return {name: tuple(values) for name, values in found.items()}


def _fact(row: Raw) -> Fact:
    most = {"rate": 100 * WHOLE, "flag": 1}.get(row["unit"], MOST)
    blank = 0 if row["unit"] == "flag" else row.get("blank")
    return Fact(
        id=row["id"],
        unit=row["unit"],
        labels=row["label"],
        hints=row.get("hint", {}),
        least=row.get("least", 0),
        most=row.get("most", most),
        blank=blank,
        options={option["code"]: option["label"] for option in row.get("option", ())},
    )


_COPIED = "topic set public pays recourse currency act article source house review review_by"


def _rule(roundings: Mapping[str, str], row: Raw) -> Rule:
    how = roundings.get(row.get("currency", "CNY"), "half_up")
    said = {key: row[key] for key in _COPIED.split() if key in row}
    return Rule(
        id=row["id"],
        labels=row["label"],
        lines=tuple(_line({"rounding": how, **line}) for line in row["line"]),
        since=row["since"],
        **said,
    )


def _line(row: Raw) -> Line:
    return Line(
        id=row["id"],
        gives=row["gives"],
        way=_WAYS[row["way"]](row),
        labels=row.get("label", {}),
        needs=_needs(row.get("need", ())),
        limits=Limits(row.get("floor"), row.get("cap"), tuple(row.get("cap_of", ()))),
        rounding=row["rounding"],
        either=row.get("either", ""),
        group=row.get("group", ""),
        general=row.get("general", False),
        notes=tuple(row.get("notes", ())),
    )


def _needs(rows: list[Raw]) -> tuple[Need, ...]:
    """Those that choose a variant first: what only the others ask is then not asked."""
    needs = [Need(row["fact"], row["op"], row["value"]) for row in rows]
    return tuple(sorted(needs, key=lambda need: not need.chooses))


def _reduction(row: Raw) -> Reduction:
    return Reduction(
        id=row["id"],
        labels=row["label"],
        on=frozenset(row["on"]),
        rate=fraction(row["rate"]) if "rate" in row else None,
        set=row.get("set", ""),
        rules=frozenset(row.get("rules", ())),
        since=row["since"],
        act=row.get("act", ""),
        article=row.get("article", ""),
        source=row.get("source", ""),
        review=row.get("review", ""),
        review_by=row.get("review_by"),
    )


# Ways ---------------------------------------------------------------------------------------


def _base(row: Raw) -> Base:
    return Base(tuple(row["of"]), tuple(row.get("less", ())))


def _share(row: Raw) -> Way:
    return Share(_base(row), fraction(row["rate"]), tuple(row.get("per", ())))


def _agreed(row: Raw) -> Way:
    low, high = fraction(row.get("low", "0%")), fraction(row["high"])
    return Agreed(_base(row), row["rate_fact"], low, high, tuple(row.get("per", ())))


def _stepped(row: Raw) -> Way:
    steps = tuple(Step(step["at_least"], fraction(step["rate"])) for step in row["steps"])
    return Stepped(_base(row), row["by"], steps)


def _distance(row: Raw) -> Way:
    zones = tuple(
        Zone(zone.get("up_to"), zone["sum"], zone["reduced_within"]) for zone in row["zones"]
    )
    return ByDistance(
        km=row["by"],
        zones=zones,
        inside=row["inside"],
        rerouted=row["rerouted"],
        late=row["late"],
        reduced=fraction(row["rate"]),
        per=row["per"][0],
    )


_WAYS: Mapping[str, Callable[[Raw], Way]] = {
    "whole": lambda row: Whole(_base(row)),
    "share": _share,
    "agreed": _agreed,
    "stepped": _stepped,
    "gap": lambda row: Gap(row["of"][0], row["other"], fraction(row["rate"])),
    "use_fee": lambda row: UseFee(row["of"][0], row["by"], row["rate_fact"], fraction(row["high"])),
    "distance": _distance,
    "prorata": lambda row: Prorata(_base(row), row["part"], row["whole"], row.get("scale", 1)),
    "right": lambda row: Right(row.get("days", ""), row.get("after", 0)),
}


PART = REMEDIES = Part("remedies.toml", TABLES, _read, remedy_rules, WORDS, law=True)
