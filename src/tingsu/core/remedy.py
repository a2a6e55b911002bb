"""What is owed, line by line, with its rule (HA-8). Standard library only, no I/O.

``compute(chosen, facts, known)`` takes rules in force and whole numbers, and answers with lines,
with what was left out and why, and with the facts that are missing or cannot be right. How it is
done, and what always holds: docs/rules/remedy.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tingsu.core.remedy_data import (
    GIVES,
    MORAL,
    MOST,
    OPS,
    ROUNDINGS,
    TOGETHER,
    UNITS,
    WHOLE,
    Fact,
    Facts,
    Group,
    Labels,
    Limits,
    Line,
    Need,
    Reduction,
    Rule,
    Value,
)
from tingsu.core.remedy_once import once
from tingsu.core.remedy_outcome import Cut, LeftOut, Outcome, Owed, Totals, Trouble
from tingsu.core.remedy_ways import Bad, Base, Right, Way, total

__all__ = [
    "GIVES", "MORAL", "MOST", "OPS", "ROUNDINGS", "TOGETHER", "UNITS", "WHOLE",
    "Base", "Cut", "Fact", "Facts", "Group", "Labels", "LeftOut", "Limits", "Line", "Need",
    "Outcome", "Owed", "Reduction", "Rule", "Totals", "Trouble", "Value", "Way",
    "asked", "complete", "compute", "rounded",
]  # fmt: skip

Known = Mapping[str, Fact]
Answer = Owed | LeftOut | list[Trouble]


def compute(
    chosen: Iterable[Rule],
    facts: Facts,
    known: Known,
    *,
    groups: Mapping[str, Group] | None = None,
    cuts: Sequence[Cut] = (),
) -> Outcome:
    """What the chosen rules give on these facts. The order of the rules is of no consequence.

    facts: what is known so far, by name; what is missing or wrong comes back as troubles.
    groups: which rules make good the same loss. cuts: reductions granted, each with its rate.
    """
    by_id = {rule.id: rule for rule in chosen}
    rules = [by_id[name] for name in sorted(by_id)]
    good, wrong = complete(known, facts)
    answers = [_work(rule, line, good) for rule in rules for line in rule.lines]
    owed, double = once([one for one in answers if isinstance(one, Owed)], groups or {})
    lines = [_cut(one, cuts) for one in owed]
    unmet = [one for one in answers if isinstance(one, LeftOut)]
    needed = {fact.id for fact in asked(rules, known, good)} if wrong else set()
    return Outcome(
        lines=tuple(one for one in lines if isinstance(one, Owed)),
        left_out=(
            *_news(unmet, owed, known),
            *double,
            *(one for one in lines if isinstance(one, LeftOut)),
        ),
        troubles=tuple(_troubles(answers, [one for one in wrong if one.fact in needed])),
        totals=_totals(one for one in lines if isinstance(one, Owed)),
    )


# What is asked ---------------------------------------------------------------------------------


def asked(chosen: Iterable[Rule], known: Known, facts: Facts) -> tuple[Fact, ...]:
    """The facts that the chosen rules need, in the order of the pack.

    What only a variant needs that was not chosen (abroad, replacement) is not asked.
    """
    wanted: set[str] = set()
    for rule in chosen:
        for line in rule.lines:
            wanted |= _wanted(line, known, facts)
    return tuple(fact for name, fact in known.items() if name in wanted)


def _wanted(line: Line, known: Known, facts: Facts) -> set[str]:
    for need in line.needs:
        value = facts.get(need.fact, known[need.fact].blank)
        if need.chooses and (value is None or not need.met(value)):
            return {one.fact for one in line.needs if one.chooses}
    return {*(one.fact for one in line.needs), *line.way.facts, *line.limits.cap_of}


def complete(known: Known, facts: Facts) -> tuple[dict[str, Value], list[Trouble]]:
    """The facts that can be used, blanks filled in, and what is wrong with the others."""
    good: dict[str, Value] = {n: f.blank for n, f in known.items() if f.blank is not None}
    troubles = []
    for name, value in facts.items():
        if name not in known:
            continue
        if why := _wrong(known[name], value):
            good.pop(name, None)
            troubles.append(Trouble(name, why))
        else:
            good[name] = value
    return good, troubles


def _wrong(fact: Fact, value: Value) -> str:
    if isinstance(value, str) or fact.unit == "choice":
        return "" if fact.unit == "choice" and value in fact.options else "not_a_choice"
    if value < 0:
        return "negative"
    if value < fact.least:
        return "too_little"
    return "too_much" if value > fact.most else ""


def _troubles(answers: Iterable[Answer], wrong: list[Trouble]) -> list[Trouble]:
    """One trouble for each fact, with all the rules that wait for it; a wrong fact comes first."""
    found: dict[tuple[str, str], Trouble] = {(one.fact, one.why): one for one in wrong}
    told = {one.fact: one.why for one in wrong}
    for trouble in (one for answer in answers if isinstance(answer, list) for one in answer):
        why = trouble.why if trouble.why != "missing" else told.get(trouble.fact, "missing")
        before = found.get((trouble.fact, why), trouble)
        rules = dict.fromkeys((*before.rules, *trouble.rules))
        found[trouble.fact, why] = replace(before, rules=tuple(rules))
    return list(found.values())


# Line by line ----------------------------------------------------------------------------------


def _work(rule: Rule, line: Line, facts: Facts) -> Answer:
    for need in line.needs:
        if need.fact not in facts:
            return [Trouble(need.fact, "missing", (rule.id,))]
        if not need.met(facts[need.fact]):
            return LeftOut(rule, line, "unmet", need)
    names = (*line.way.facts, *line.limits.cap_of)
    missing = [Trouble(name, "missing", (rule.id,)) for name in names if name not in facts]
    if missing:
        return missing
    try:
        return _owed(rule, line, line.way.work(facts), facts)
    except Bad as bad:
        return [Trouble(bad.fact, bad.why, (rule.id,), bad.other, bad.limit)]


def _owed(rule: Rule, line: Line, exact: Fraction, facts: Facts) -> Owed | LeftOut:
    if isinstance(line.way, Right):
        gone = bool(line.way.days) and not line.way.lasts(facts)
        return LeftOut(rule, line, "nothing") if gone else Owed(rule, line, exact, 0, 0)
    limit, limited = _limited(exact, line.limits, facts)
    full = rounded(limit, line.rounding)
    if not full:
        return LeftOut(rule, line, "nothing")
    return Owed(rule, line, exact, full, full, limited)


def _limited(exact: Fraction, limits: Limits, facts: Facts) -> tuple[Fraction, str]:
    """Not below the floor; and never above a cap, which comes last."""
    amount, which = exact, ""
    if limits.floor is not None and amount < limits.floor:
        amount, which = Fraction(limits.floor), "floor"
    caps = [limits.cap] if limits.cap is not None else []
    caps += [total(facts, limits.cap_of)] if limits.cap_of else []
    if caps and amount > min(caps):
        amount, which = Fraction(min(caps)), "cap"
    return amount, which


def rounded(exact: Fraction, how: str) -> int:
    """Whole fen of an amount that is not negative."""
    if how == "down":
        return exact.numerator // exact.denominator
    if how == "up":
        return -(-exact.numerator // exact.denominator)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _news(unmet: Iterable[LeftOut], owed: Iterable[Owed], known: Known) -> list[LeftOut]:
    """What is worth saying: no variants that were not chosen, no alternative to what is owed, no
    costs that need not be filled in and were not."""
    settled = {(one.rule.id, one.line.either) for one in owed if one.line.either}
    return [
        one
        for one in unmet
        if not (one.need and one.need.chooses)
        and (one.rule.id, one.line.either) not in settled
        and not (one.why == "nothing" and _only_optional(one.line, known))
    ]


def _only_optional(line: Line, known: Known) -> bool:
    names = line.way.facts
    return bool(names) and all(known[name].blank is not None for name in names)


# Less is owed ----------------------------------------------------------------------------------


def _cut(one: Owed, cuts: Sequence[Cut]) -> Owed | LeftOut:
    """Each reduction takes its share of what the ones before left: their order does not matter."""
    granted = tuple(cut for cut in cuts if _reaches(cut.reduction, one))
    if not granted:
        return one
    share = Fraction(1)
    for cut in granted:
        share *= 1 - cut.rate
    if not share:
        return LeftOut(one.rule, one.line, "waived", amount=one.full, cuts=granted)
    amount = rounded(one.full * share, one.line.rounding)
    return replace(one, amount=amount, cuts=granted) if one.full else one


def _reaches(reduction: Reduction, one: Owed) -> bool:
    return (
        one.line.gives in reduction.on
        and reduction.set in ("", one.rule.set)
        and (not reduction.rules or one.rule.id in reduction.rules)
    )


def _totals(lines: Iterable[Owed]) -> tuple[Totals, ...]:
    sums: dict[str, list[int]] = {}
    for one in lines:
        sums.setdefault(one.rule.currency, [0, 0])[not one.pays_customer] += one.amount
    return tuple(Totals(currency, *sums[currency]) for currency in sorted(sums))
