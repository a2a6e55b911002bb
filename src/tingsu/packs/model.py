"""What a pack is, once read. Frozen; standard library and core only, no I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from tingsu.core.calendar import Calendar, Interval
from tingsu.core.clock import ClockRule
from tingsu.core.dated import Dated, in_force
from tingsu.packs.layers import Layer, Raw, Table, merged
from tingsu.packs.vocabulary import LANGUAGES

Labels = Mapping[str, str]
"""Language (zh-hans, zh-hant, en) to words."""


def say(labels: Labels, language: str) -> str:
    """The words in a language, in Simplified Chinese where there are none."""
    return labels.get(language.lower()) or labels.get(LANGUAGES[0], "")


class PackError(ValueError):
    """A pack cannot be used. Says which file and why; `tingsu pack check` says where."""


@dataclass(frozen=True, slots=True)
class Category:
    """One entry of the taxonomy or of the list of root causes."""

    code: str  # "fees" is a group, "fees.data" an entry of it, "fees.data.carry" a detail of that
    labels: Labels
    examples: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The code of the group: the part before the dot."""
        return self.code.partition(".")[0]

    @property
    def is_group(self) -> bool:
        """Whether it only gathers others."""
        return "." not in self.code

    @property
    def is_detail(self) -> bool:
        """Whether it says more precisely what an entry says."""
        return self.code.count(".") == 2

    def label(self, language: str = "zh-hans") -> str:
        """Its name in a language."""
        return say(self.labels, language)


@dataclass(frozen=True, slots=True)
class Severity:
    """How bad a complaint is; ``to_head`` sends it to the head of the service centre (SC-6)."""

    code: str
    labels: Labels
    to_head: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A place or a circumstance with rules of its own, such as ``shanghai`` or ``rural``."""

    code: str
    labels: Labels
    standing: bool  # holds for all cases of an organisation that chose it; else a case says so

    def label(self, language: str = "zh-hans") -> str:
        """Its name in a language."""
        return say(self.labels, language)


@dataclass(frozen=True, slots=True)
class Act:
    """A source of law as it is cited."""

    id: str
    cite: Labels  # short: 令121
    title: Labels  # in full, with number
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """All that a pack says of one clock: its name, and its rule through time."""

    id: str
    labels: Labels
    rules: tuple[Dated[ClockRule], ...]
    by_receipt: bool = False  # the law of the day of receipt decides, not that of the event
    replaces: str = ""  # the clock that this variant stands in for

    def rule_on(self, day: date) -> ClockRule | None:
        """The rule in force on a day."""
        entry = in_force(self.rules, day)
        return None if entry is None else entry.value

    def holding(self, on: date, received_on: date) -> ClockRule | None:
        """The rule that holds for an event of a day on a case that came in on another."""
        return self.rule_on(received_on if self.by_receipt else on)

    @property
    def newest(self) -> ClockRule | None:
        """The latest rule; None when the clock has been ended."""
        return self.rules[-1].value

    @property
    def variant(self) -> str:
        """The place or case it is meant for; empty: all."""
        return next((d.value.variant for d in self.rules if d.value is not None), "")


@dataclass(frozen=True, eq=False)
class Pack:
    """One industry. Compare by ``id`` and ``version``; ``version`` changes with any content."""

    id: str
    version: str
    labels: Labels
    extends: str
    calendar: Calendar  # the place's days with the pack's opening hours
    opening: tuple[tuple[Interval, ...], ...]
    terms: Mapping[str, Labels]
    categories: Mapping[str, Category]
    root_causes: Mapping[str, Category]
    severities: Mapping[str, Severity]
    clocks: Mapping[str, Clock]
    silences: tuple[Dated[ClockRule], ...]
    first_contacts: tuple[Dated[ClockRule], ...]
    variants: Mapping[str, Variant] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()  # what it says itself stands on top
    parts: dict[str, Any] = field(default_factory=dict)  # read at the first use: `Part.of`

    def raw(self, file: str, tables: Mapping[str, Table]) -> Raw:
        """A file as all layers together say it."""
        return merged(self.layers, file, tables)

    def label(self, language: str = "zh-hans") -> str:
        """The name of the industry."""
        return say(self.labels, language)

    def term(self, key: str, language: str = "zh-hans") -> str:
        """The industry's word for one of vocabulary.TERMS."""
        return say(self.terms[key], language)

    def category_label(self, code: str, language: str = "zh-hans") -> str:
        """From the group down: 网络信号 › 信号覆盖. An unknown code is shown as it is."""
        if code not in self.categories:
            return code
        parts = code.split(".")
        above = (".".join(parts[: n + 1]) for n in range(len(parts)))
        return " › ".join(self.categories[one].label(language) for one in above)

    def clock_label(self, rule_id: str, language: str = "zh-hans") -> str:
        """The name of a clock; an unknown id is shown as it is."""
        clock = self.clocks.get(rule_id)
        return say(clock.labels, language) if clock else rule_id

    def met_by(self, rule_id: str) -> frozenset[str]:
        """The events that fulfil a clock, as its newest rule says."""
        clock = self.clocks.get(rule_id)
        rule = clock.newest if clock else None
        return rule.met_by if rule else frozenset()

    @cached_property
    def silence(self) -> ClockRule:
        """How long nothing may be silent, as the pack says now (HA-12)."""
        return _newest(self, self.silences, "silence")

    @cached_property
    def first_contact(self) -> ClockRule:
        """By when the complainant hears from a person for the first time."""
        return _newest(self, self.first_contacts, "first_contact")

    def standing(self, chosen: Collection[str]) -> tuple[str, ...]:
        """Of an organisation's choices (``tourism.shanghai``), the local rules of this pack."""
        return tuple(
            code
            for code, v in self.variants.items()
            if v.standing and f"{self.id}.{code}" in chosen
        )

    @property
    def circumstances(self) -> tuple[Variant, ...]:
        """The variants of single cases for which a clock is in force."""
        alive = {clock.variant for clock in self.clocks.values() if clock.newest is not None}
        return tuple(v for v in self.variants.values() if not v.standing and v.code in alive)

    def clocks_for(
        self, variants: Collection[str], on: date | None = None, received_on: date | None = None
    ) -> tuple[Clock, ...]:
        """The general clocks and those of the variants, without the ones these stand in for; with
        a day, only what is in force on it."""
        meant = [
            clock
            for clock in self.clocks.values()
            if not clock.variant or clock.variant in variants
            if on is None or clock.holding(on, received_on or on)
        ]
        replaced = {clock.replaces for clock in meant}
        return tuple(clock for clock in meant if clock.id not in replaced)

    def variant_label(self, code: str, language: str = "zh-hans") -> str:
        """The name of a variant; an unknown code is shown as it is."""
        variant = self.variants.get(code)
        return variant.label(language) if variant else code


def rules_for(
    pack: Pack, event: str, on: date, received_on: date, variants: Collection[str]
) -> tuple[ClockRule, ...]:
    """The rules that an event starts: in force, and general or of one of the variants."""
    clocks = pack.clocks_for(variants, on, received_on)
    rules = (clock.holding(on, received_on) for clock in clocks)
    return tuple(rule for rule in rules if rule is not None and rule.event == event)


def _newest(pack: Pack, values: tuple[Dated[ClockRule], ...], name: str) -> ClockRule:
    rule = values[-1].value if values else None
    if rule is None:
        raise PackError(f"{pack.id}: {name} is not set")
    return rule
