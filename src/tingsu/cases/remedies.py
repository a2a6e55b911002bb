"""Remedies tried out: what was chosen and typed, against the rules of a pack. Touches no tables.

The page of a case, the public page and the step that records a proposal all come here, so that
they ask the same, refuse the same and reckon the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tingsu.core.remedy import (
    WHOLE,
    Cut,
    Fact,
    Outcome,
    Reduction,
    Rule,
    Trouble,
    Value,
    asked,
    complete,
    compute,
)
from tingsu.core.remedy_facts import Unreadable, read
from tingsu.packs import Pack
from tingsu.packs.remedies import REMEDIES, Remedies
from tingsu.people.rulebook import case_pack

PERCENT = Fact("rate", "rate", {}, most=WHOLE)
"""A reduction: from nothing to all of it."""


@dataclass(frozen=True)
class Granted:
    """A reduction as a person typed it."""

    reduction: str
    rate: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Asking:
    """What somebody chose and typed, unread."""

    situations: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    granted: tuple[Granted, ...] = ()
    rule_set: str = ""  # "": the one in force on the day

    def to_json(self) -> dict[str, Any]:
        """For the row of a proposal: enough to open it again as it was typed."""
        return {
            "situations": list(self.situations),
            "facts": dict(self.facts),
            "granted": [[one.reduction, one.rate, one.reason] for one in self.granted],
            "set": self.rule_set,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Asking:
        """What `to_json` kept."""
        return cls(
            tuple(kept.get("situations", ())),
            dict(kept.get("facts", {})),
            tuple(Granted(*one) for one in kept.get("granted", ())),
            str(kept.get("set", "")),
        )


@dataclass(frozen=True)
class Trial:
    """What comes of it: what there is to choose, what is asked, what is owed."""

    pack: Pack
    book: Remedies
    day: date
    rule_set: str
    offered: tuple[Rule, ...]
    chosen: tuple[Rule, ...]
    asked: tuple[Fact, ...]
    reductions: tuple[Reduction, ...]  # those that reach a chosen rule
    facts: Mapping[str, Value]
    outcome: Outcome
    odd: tuple[Trouble, ...]  # reductions that cannot be right; their fact is the reduction's id

    @property
    def other_set(self) -> bool:
        """Whether another rule set than that of the day was chosen."""
        return self.rule_set != self.book.set_on(self.day)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return self.outcome.complete and not self.odd


def trial(pack: Pack, day: date, asking: Asking, *, public: bool = False) -> Trial:
    """Work out what was chosen, as the law stood on a local day. public: only public rules."""
    book = REMEDIES.of(pack)
    known_sets = {one.id for one in book.sets}
    rule_set = asking.rule_set if asking.rule_set in known_sets else book.set_on(day)
    offered = tuple(rule for rule in book.on(day, rule_set) if rule.public or not public)
    chosen = tuple(rule for rule in offered if rule.id in asking.situations)
    facts, unreadable = _read(book, asking.facts)
    wanted = asked(chosen, book.facts, complete(book.facts, facts)[0])
    reductions = _reaching(book.reductions_on(day, rule_set), chosen)
    cuts, odd = _cuts(reductions, asking.granted)
    outcome = compute(chosen, facts, book.facts, groups=book.groups, cuts=cuts)
    return Trial(
        pack=pack,
        book=book,
        day=day,
        rule_set=rule_set,
        offered=offered,
        chosen=chosen,
        asked=wanted,
        reductions=reductions,
        facts=facts,
        outcome=_with_unreadable(outcome, unreadable),
        odd=tuple(odd),
    )


def case_trial(case: Any, asking: Asking) -> Trial:
    """For a case: its organisation's pack, as the law stood on the local day of receipt."""
    pack = case_pack(case)
    return trial(pack, pack.calendar.day_of(case.received_at), asking)


def _read(book: Remedies, typed: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, str]]:
    facts: dict[str, Value] = {}
    unreadable: dict[str, str] = {}
    for name, text in typed.items():
        if name not in book.facts:
            continue
        try:
            value = read(book.facts[name], text)
        except Unreadable as odd:
            unreadable[name] = odd.why
        else:
            if value is not None:
                facts[name] = value
    return facts, unreadable


def _with_unreadable(outcome: Outcome, unreadable: Mapping[str, str]) -> Outcome:
    """A fact that cannot be read is not missing: it is told as what it is."""
    troubles = [
        Trouble(one.fact, unreadable.get(one.fact, one.why), one.rules, one.other, one.limit)
        for one in outcome.troubles
    ]
    return Outcome(outcome.lines, outcome.left_out, tuple(troubles), outcome.totals)


def _reaching(reductions: Iterable[Reduction], chosen: Iterable[Rule]) -> tuple[Reduction, ...]:
    rules = list(chosen)
    return tuple(
        one
        for one in reductions
        if any(
            (not one.rules or rule.id in one.rules)
            and one.set in ("", rule.set)
            and any(line.gives in one.on for line in rule.lines)
            for rule in rules
        )
    )


def _cuts(
    reductions: Iterable[Reduction], granted: Iterable[Granted]
) -> tuple[list[Cut], list[Trouble]]:
    by_id = {one.id: one for one in reductions}
    cuts: list[Cut] = []
    odd: list[Trouble] = []
    for one in granted:
        reduction = by_id.get(one.reduction)
        if reduction is None:
            continue
        rate, why = _rate(reduction, one)
        if not why and not one.reason.strip():
            why = "no_reason"
        if why:
            odd.append(Trouble(reduction.id, why))
        else:
            cuts.append(Cut(reduction, rate, one.reason.strip()))
    return cuts, odd


def _rate(reduction: Reduction, granted: Granted) -> tuple[Fraction, str]:
    """How much less, and what is wrong with it."""
    if reduction.rate is not None:
        return reduction.rate, ""
    try:
        value = read(PERCENT, granted.rate)
    except Unreadable as odd:
        return Fraction(0), odd.why
    if value is None:
        return Fraction(0), "missing"
    if not isinstance(value, int) or not 0 < value <= WHOLE:
        return Fraction(0), "share"
    return Fraction(value, WHOLE), ""
