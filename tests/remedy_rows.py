"""Rules of a pack worked out on given facts, for the tests of remedies."""

from collections.abc import Mapping
from datetime import date

from tingsu.core.remedy import Outcome, Value, compute
from tingsu.packs import load
from tingsu.packs.remedies import REMEDIES

Row = tuple[str, Mapping[str, Value], Mapping[str, int]]
"""Rule, facts, and the sum of each line that is owed, in fen."""

OLD, NEW = date(2010, 5, 1), date(2026, 9, 21)


def worked(pack: str, on: date, rules: str, facts: Mapping[str, Value]) -> Outcome:
    """What the rules (ids with spaces between) give; they must be in force on the day."""
    book = REMEDIES.of(load(pack))
    chosen = [rule for rule in book.on(on) if rule.id in rules.split()]
    assert len(chosen) == len(rules.split()), f"not in force: {rules}"
    return compute(chosen, facts, book.facts, groups=book.groups)


def owed(outcome: Outcome) -> dict[str, int]:
    """Line to fen; nothing may be missing."""
    assert outcome.complete, outcome.troubles
    return {one.line.id: one.amount for one in outcome.lines}
