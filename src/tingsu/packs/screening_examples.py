"""Worked examples of first review: what the answers to a check list lead to. No I/O.

    kind = "screening"
    given = { received = 2026-09-21, contract_ended = 2026-06-18 }   # days from which a bar runs
    facts = { house = "authority", no = ["tour.court"], unknown = [], variants = [] }
    expect = { outcome = "refuse", grounds = ["tour.court", "tour.in_time"] }

What is not named under ``no`` or ``unknown`` is met. ``outcome`` is ``ask`` where something must
be found out first; ``choices`` are the outcomes that a person may take.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tingsu.core.clock import start
from tingsu.core.screening import Answer, Item, possible, propose
from tingsu.packs.model import Pack
from tingsu.packs.screening import SCREENING, bar_of

if TYPE_CHECKING:
    from tingsu.packs.examples import Example


def screening(pack: Pack, example: Example) -> Mapping[str, object]:
    """The outcome, its grounds, and what else may be chosen."""
    received: date = example.given["received"]
    checks = SCREENING.of(pack).on(received, example.facts.get("house", "authority"))
    answers = {item.code: _answer(pack, item, example) for item in checks.items}
    found = propose(checks.items, answers)
    return {
        "outcome": found.outcome.value if found.outcome else "ask",
        "grounds": list(found.grounds),
        "choices": [one.value for one in possible(checks.items, answers, checks.allowed)],
    }


def _answer(pack: Pack, item: Item, example: Example) -> Answer:
    for name, answer in (("no", Answer.NO), ("unknown", Answer.UNKNOWN)):
        if item.code in example.facts.get(name, ()):
            return answer
    rule = bar_of(pack, item, example.given["received"], example.facts.get("variants", ()))
    if rule is None or rule.event not in example.given:
        return Answer.YES
    begun = datetime.combine(example.given[rule.event], time(12), pack.calendar.zone)
    last = start(rule, begun, pack.calendar).due_day
    return Answer.YES if example.given["received"] <= last else Answer.NO
