"""Touches nothing: which rule sends a case up, and to which level (HA-10).

A rule names one or more conditions; it holds when all of them do. The same rule never fires twice
for the same cause: the cause has a name, and whoever asks says which names were used already.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tingsu.core.calendar import Calendar
from tingsu.core.clock import Span
from tingsu.core.overdue import later

SEVERITIES = ("ordinary", "serious", "major")
RISKS = ("media", "regulator", "lawyer", "safety", "self_harm")
ANY = "any"


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the ladder: who stands there, and how long they have to accept."""

    id: str
    rung: int  # from 1, upwards
    role: str
    within: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """When a case goes up, and to which level. What is None or empty is not asked."""

    id: str
    to: str  # a Level
    quiet: Span | None = None  # so long nothing was done for the customer
    anger: int | None = None  # at least so angry
    severity: str = ""  # at least so grave
    repeat: int | None = None  # so many complaints of the same person …
    days: int = 90  # … within so many days
    amount: int | None = None  # at least so many fen in dispute
    risks: frozenset[str] = frozenset()  # one of these was said
    needs: frozenset[str] = frozenset()  # the customer needs one of these; ANY for whatever it is


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case at this moment."""

    round: int
    progress_at: datetime  # when something was last done for the customer
    anger: int | None = None
    severity: str = "ordinary"
    complaints: Mapping[int, int] = field(default_factory=dict)  # days -> how many, this one too
    amount: int | None = None
    risks: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds now. cause: the name under which it is remembered."""

    rule: Rule
    level: Level
    cause: str


def fired(
    rules: Sequence[Rule],
    levels: Sequence[Level],
    facts: Facts,
    *,
    used: Collection[str],
    height: int,
    now: datetime,
    calendar: Calendar,
) -> Fired | None:
    """The rule that sends the case highest; None when nothing new holds.

    used: the causes for which it has gone up before. height: the rung of whoever has it, 0 below
    the ladder; a rule never sends a case to where it is or below.
    """
    place = {level.id: level for level in levels}
    found = [
        Fired(rule, place[rule.to], cause)
        for rule in rules
        if rule.to in place
        and place[rule.to].rung > height
        and holds(rule, facts, now, calendar)
        and (cause := cause_of(rule, facts)) not in used
    ]
    return max(found, key=lambda one: one.level.rung, default=None)


def holds(rule: Rule, facts: Facts, now: datetime, calendar: Calendar) -> bool:
    """Whether every condition that the rule names is there; a rule without any never holds."""
    asked = [
        rule.quiet and later(facts.progress_at, rule.quiet, calendar) < now,
        rule.anger is not None and (facts.anger or 0) >= rule.anger,
        rule.severity and SEVERITIES.index(facts.severity) >= SEVERITIES.index(rule.severity),
        rule.repeat and facts.complaints.get(rule.days, 0) >= rule.repeat,
        rule.amount is not None and (facts.amount or 0) >= rule.amount,
        rule.risks and not rule.risks.isdisjoint(facts.risks),
        rule.needs and bool(facts.needs if ANY in rule.needs else rule.needs & facts.needs),
    ]
    named = [
        rule.quiet, rule.anger is not None, rule.severity, rule.repeat,
        rule.amount is not None, rule.risks, rule.needs,
    ]  # fmt: skip
    return any(named) and all(is_so for is_so, wanted in zip(asked, named, strict=True) if wanted)


def cause_of(rule: Rule, facts: Facts) -> str:
    """The name of the cause: in one round once, but silence anew after every word."""
    since = f":{facts.progress_at:%Y%m%d%H%M%S}" if rule.quiet else ""
    return f"{rule.id}:{facts.round}{since}"


def look_again(
    rules: Sequence[Rule], facts: Facts, now: datetime, calendar: Calendar
) -> datetime | None:
    """When time alone may make a rule hold that does not hold now; None when no rule counts it.

    After the last of them it is the length of the shortest one from now: somebody may have done
    something meanwhile, which begins the silence anew.
    """
    spans = [rule.quiet for rule in rules if rule.quiet]
    ahead = [at for span in spans if (at := later(facts.progress_at, span, calendar)) >= now]
    return min(ahead or [later(now, span, calendar) for span in spans], default=None)


def level_after(levels: Sequence[Level], rung: int) -> Level | None:
    """The next one up, for what was not accepted in time; None at the top."""
    return min((one for one in levels if one.rung > rung), key=_rung, default=None)


def level_of(levels: Sequence[Level], roles: Collection[str]) -> Level | None:
    """The highest rung on which somebody of these roles stands; None below the ladder."""
    return max((one for one in levels if one.role in roles), key=_rung, default=None)


def _rung(level: Level) -> int:
    return level.rung
