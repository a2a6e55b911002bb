"""Figures of pure decisions: 100,000 remedies worked out on random facts, over all packs."""

import random
import time
from typing import Any

from benchmarks.table import report
from tingsu.core.remedy import WHOLE, Fact, compute
from tingsu.packs import available, load
from tingsu.packs.remedies import REMEDIES

TIMES = 100_000


def remedies() -> None:
    """Two situations at a time, with every fact that they need."""
    chance = random.Random(5)
    books = [book for book in map(REMEDIES.of, map(load, available())) if book.rules]
    asked = [_case(chance, chance.choice(books)) for _ in range(2_000)]
    began, owed = time.process_time(), 0
    for number in range(TIMES):
        rules, facts, book = asked[number % len(asked)]
        owed += len(compute(rules, facts, book.facts, groups=book.groups).lines)
    taken = time.process_time() - began
    report("remedies worked out", TIMES / taken, "a second", aim="≥ 5,000")
    report("lines owed in one remedy", owed / TIMES, "")


def _case(chance: random.Random, book: Any) -> tuple[Any, dict[str, Any], Any]:
    every = [entries[-1].value for entries in book.rules.values()]
    rules = chance.sample(every, min(2, len(every)))
    names = {n for rule in rules for line in rule.lines for n in line.way.facts}
    names |= {need.fact for rule in rules for line in rule.lines for need in line.needs}
    return rules, {name: _value(chance, book.facts[name]) for name in sorted(names)}, book


def _value(chance: random.Random, fact: Fact) -> int | str:
    if fact.unit == "choice":
        return chance.choice(list(fact.options))
    if fact.unit == "flag":
        return chance.randint(0, 1)
    most = WHOLE // 20 if fact.unit == "rate" else 1_000_000 if fact.unit == "money" else 60
    return chance.randint(0, most)


if __name__ == "__main__":
    remedies()
