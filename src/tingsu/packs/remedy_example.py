"""Worked examples of remedies: money in yuan, rates in per cent, as a lawyer writes them. No I/O.

kind = "remedy"
facts = { rules = ["tour.guide_tips"], tip = 100 }
given = { received = 2010-05-01 }
expect = { "tour.guide_tips.penalty" = 200, total = 200 }
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from tingsu.core.remedy import Fact, Outcome, Value, compute
from tingsu.core.remedy_ways import Right
from tingsu.packs.model import Pack
from tingsu.packs.remedies import REMEDIES

# What one of the written unit is in the unit that is worked with: fen, millionths.
_TIMES = {"money": 100, "rate": 10_000, "flag": 1}


class Example(Protocol):
    """What an example says was so, and when."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """``rules`` (ids), and the facts that they ask for, by name."""

    @property
    def given(self) -> Mapping[str, Any]:
        """``received``: the day that chooses the rules."""


def remedies(pack: Pack, example: Example) -> Mapping[str, object]:
    """Each line that is owed, by rule and line, and the total; a right that is no money is true.

    Raises ValueError for a rule that is not in force on the day, and for facts that are missing.
    """
    book = REMEDIES.of(pack)
    wanted = example.facts["rules"]
    chosen = [rule for rule in book.on(example.given["received"]) if rule.id in wanted]
    if len(chosen) != len(wanted):
        raise ValueError(f"not in force: {sorted(set(wanted) - {rule.id for rule in chosen})}")
    told = {name: value for name, value in example.facts.items() if name != "rules"}
    facts = {name: _value(book.facts[name], value) for name, value in told.items()}
    outcome = compute(chosen, facts, book.facts, groups=book.groups)
    if not outcome.complete:
        raise ValueError(f"cannot be worked out: {outcome.troubles}")
    return _told(outcome)


def _told(outcome: Outcome) -> dict[str, object]:
    found: dict[str, object] = {
        f"{one.rule.id}.{one.line.id}": isinstance(one.line.way, Right) or _money(one.amount)
        for one in outcome.lines
    }
    sums = [one.owed for one in outcome.totals]
    return {**found, "total": _money(sum(sums))}


def _value(fact: Fact, written: Any) -> Value:
    if isinstance(written, str) and fact.unit == "choice":
        return written
    return int(Decimal(str(int(written) if isinstance(written, bool) else written)) * _times(fact))


def _times(fact: Fact) -> int:
    return _TIMES.get(fact.unit, 1)


def _money(fen: int) -> object:
    """Yuan: 980, or "9.80" where there are fen."""
    return fen // 100 if fen % 100 == 0 else f"{fen / 100:.2f}"
