"""A trial as the templates ask for it: situations to choose, facts to fill in, what is owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tingsu.cases.remedies import Asking, Trial
from tingsu.cases.remedy_words import (
    gives_words,
    say,
    source_words,
    tell,
    tell_left,
    trouble_words,
)
from tingsu.core.remedy import Fact, Reduction
from tingsu.core.remedy_facts import money
from tingsu.packs import load
from tingsu.packs.remedies import REMEDIES
from tingsu.web.remedy.words import ICONS, UNITS


@dataclass(frozen=True)
class Asked:
    """A fact as a field of the form."""

    name: str  # f.<fact>
    kind: str  # number | flag | choice
    label: str
    hint: str
    value: str
    unit: Any
    optional: bool
    options: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Ground:
    """A reduction as a field of the form."""

    id: str
    label: str
    source: str
    fixed: bool
    chosen: bool
    rate: str
    reason: str
    error: str = ""


def context(
    trial: Trial, asking: Asking, errors: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything for the form and its result. errors: what a refused submit was refused for."""
    refused = errors or {}
    return {
        "topics": _topics(trial),
        "sets": [(one.id, say(one.labels), one.id == trial.rule_set) for one in trial.book.sets],
        "rule_set": trial.rule_set,
        "other_set": trial.other_set,
        "asked": [_asked(one, asking, refused) for one in trial.asked],
        "grounds": [_ground(one, asking, refused) for one in trial.reductions],
        "shown": shown(trial),
        **result(trial),
    }


def result(trial: Trial) -> dict[str, Any]:
    """What is owed, what is not, what is missing, and the sums."""
    troubles = [one for one in (*trial.outcome.troubles, *trial.odd) if one.why != "missing"]
    missing = [one for one in trial.outcome.troubles if one.why == "missing"]
    return {
        "chosen": trial.chosen,
        "lines": [(one, ICONS[one.gives], gives_words(one.gives)) for one in tell(trial)],
        "left": tell_left(trial),
        "troubles": [trouble_words(trial, one) for one in troubles],
        "missing": [say(trial.book.facts[one.fact].labels) for one in missing],
        "totals": totals([[t.currency, t.owed, t.to_pay] for t in trial.outcome.totals]),
        "to_pay": any(one.to_pay for one in trial.outcome.totals),
    }


def totals(kept: list[list[Any]]) -> list[dict[str, Any]]:
    """The sums of each currency in words; a payment of the customer is named beside."""
    return [
        {
            "owed": money(owed, currency),
            "to_pay": money(to_pay, currency) if to_pay else "",
            "net": money(abs(owed - to_pay), currency),
            "customer_pays": to_pay > owed,
        }
        for currency, owed, to_pay in kept
        if owed or to_pay
    ]


def shown(trial: Trial) -> str:
    """Which fields stand on the page: when it changes, they are drawn anew."""
    return ",".join([one.id for one in trial.asked] + [f"-{one.id}" for one in trial.reductions])


def _topics(trial: Trial) -> list[dict[str, Any]]:
    chosen = {rule.id for rule in trial.chosen}
    topics: dict[str, list[Any]] = {}
    for rule in trial.offered:
        entry = (rule.id, say(rule.labels), source_words(rule), rule.id in chosen)
        topics.setdefault(rule.topic, []).append(entry)
    # The industry's own first: what a pack takes over stands behind it.
    below = trial.pack.extends
    inherited = REMEDIES.of(load(below)).topics if below else {}
    order = sorted(topics, key=lambda topic: topic in inherited)
    return [
        {
            "label": say(trial.book.topics[topic]),
            "rules": topics[topic],
            "open": position == 0 or any(entry[3] for entry in topics[topic]),
        }
        for position, topic in enumerate(order)
    ]


def _asked(fact: Fact, asking: Asking, errors: Mapping[str, str]) -> Asked:
    kind = fact.unit if fact.unit in ("flag", "choice") else "number"
    return Asked(
        name=f"f.{fact.id}",
        kind=kind,
        label=say(fact.labels),
        hint=say(fact.hints),
        value=asking.facts.get(fact.id, ""),
        unit=UNITS.get(fact.unit, ""),
        optional=fact.blank is not None,
        options=tuple((code, say(labels)) for code, labels in fact.options.items()),
        error=errors.get(f"f.{fact.id}", ""),
    )


def _ground(one: Reduction, asking: Asking, errors: Mapping[str, str]) -> Ground:
    granted = next((g for g in asking.granted if g.reduction == one.id), None)
    return Ground(
        id=one.id,
        label=say(one.labels),
        source=source_words(one),
        fixed=one.rate is not None,
        chosen=granted is not None,
        rate=granted.rate if granted else "",
        reason=granted.reason if granted else "",
        error=errors.get(f"c.{one.id}", ""),
    )
