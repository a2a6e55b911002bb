"""The closed set of ways in which a line is worked out. Standard library only, no I/O.

Packs choose a way and fill in its parameters; they cannot write a formula. Every way says which
facts it needs and works out an exact amount; limits and rounding come after (core/remedy.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tingsu.core.remedy_data import WHOLE, Facts


class Bad(ValueError):
    """Facts that do not fit together. ``why`` is a code, ``other`` the fact it was held against."""

    def __init__(self, fact: str, why: str, other: str = "", limit: Fraction | None = None) -> None:
        self.fact, self.why, self.other, self.limit = fact, why, other, limit
        super().__init__(f"{fact}: {why}")


def amount(facts: Facts, name: str) -> int:
    """A number among the facts."""
    value = facts[name]
    if isinstance(value, str):
        raise TypeError(f"{name} is a choice")
    return value


def total(facts: Facts, names: Iterable[str]) -> int:
    """Several of them together."""
    return sum(amount(facts, name) for name in names)


def ratio(facts: Facts, name: str) -> Fraction:
    """A rate among the facts."""
    return Fraction(amount(facts, name), WHOLE)


@dataclass(frozen=True, slots=True)
class Base:
    """What a rate is taken of: some facts together, less others."""

    of: tuple[str, ...]
    less: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return self.of + self.less

    def work(self, facts: Facts) -> int:
        """Never negative. Raises Bad where more would be taken off than there is."""
        left = total(facts, self.of) - total(facts, self.less)
        if left < 0:
            raise Bad(self.less[0], "more_than", self.of[0])
        return left


@dataclass(frozen=True, slots=True)
class Whole:
    """The base itself: a refund, a difference, costs as they were."""

    base: Base

    @property
    def facts(self) -> tuple[str, ...]:
        return self.base.facts

    def work(self, facts: Facts) -> Fraction:
        return Fraction(self.base.work(facts))


@dataclass(frozen=True, slots=True)
class Share:
    """A fixed rate of the base, once or for each day or time: 20 % of the meal, twice the tip."""

    base: Base
    rate: Fraction
    per: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return self.base.facts + self.per

    def work(self, facts: Facts) -> Fraction:
        times = 1
        for name in self.per:
            times *= amount(facts, name)
        return self.base.work(facts) * self.rate * times


@dataclass(frozen=True, slots=True)
class Agreed:
    """A rate that the parties agreed or a person sets, within what the source allows."""

    base: Base
    rate: str
    low: Fraction
    high: Fraction
    per: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.base.facts, self.rate, *self.per)

    def work(self, facts: Facts) -> Fraction:
        rate = ratio(facts, self.rate)
        if rate < self.low:
            raise Bad(self.rate, "rate_low", limit=self.low)
        if rate > self.high:
            raise Bad(self.rate, "rate_high", limit=self.high)
        return Share(self.base, rate, self.per).work(facts)


class Step(NamedTuple):
    """From so many days on, this rate."""

    at_least: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Stepped:
    """A rate that hangs on a number: the fewer days of notice, the more. Steps ascend from 0."""

    base: Base
    by: str
    steps: tuple[Step, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.base.facts, self.by)

    def step(self, facts: Facts) -> Step:
        """The last step that begins at or below the number."""
        number = amount(facts, self.by)
        return next(step for step in reversed(self.steps) if step.at_least <= number)

    def work(self, facts: Facts) -> Fraction:
        return self.base.work(facts) * self.step(facts).rate


@dataclass(frozen=True, slots=True)
class Gap:
    """What was paid beyond another's price and a margin on it."""

    paid: str
    other: str
    margin: Fraction

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.paid, self.other)

    def work(self, facts: Facts) -> Fraction:
        paid, other = amount(facts, self.paid), amount(facts, self.other)
        if other > paid:
            raise Bad(self.other, "more_than", self.paid)
        return max(Fraction(0), paid - other * (1 + self.margin))


@dataclass(frozen=True, slots=True)
class UseFee:
    """What the use was worth: price × kilometres ÷ 1,000 × coefficient, never above the price."""

    price: str
    km: str
    rate: str
    high: Fraction

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.price, self.km, self.rate)

    def work(self, facts: Facts) -> Fraction:
        rate = ratio(facts, self.rate)
        if rate > self.high:
            raise Bad(self.rate, "rate_high", limit=self.high)
        price = amount(facts, self.price)
        return min(Fraction(price), Fraction(price * amount(facts, self.km), 1000) * rate)


class Zone(NamedTuple):
    """Up to so far (None: beyond), this sum; the reduced sum when late by no more than this."""

    up_to: int | None
    sum: int
    reduced_within: int


@dataclass(frozen=True, slots=True)
class ByDistance:
    """A fixed sum for each person by distance, less where the delay in the end was short."""

    km: str
    zones: tuple[Zone, ...]
    inside: str  # flag: the farthest zone does not count for these
    rerouted: str  # flag
    late: str  # minutes
    reduced: Fraction
    per: str

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.km, self.inside, self.rerouted, self.late, self.per)

    def zone(self, facts: Facts) -> Zone:
        """The zone that a journey falls into."""
        zones = self.zones[:-1] if amount(facts, self.inside) else self.zones
        km = amount(facts, self.km)
        return next((z for z in zones if z.up_to is not None and km <= z.up_to), zones[-1])

    def lessened(self, facts: Facts) -> bool:
        """Whether the traveller arrived soon enough for the reduced sum."""
        late = amount(facts, self.late)
        return bool(amount(facts, self.rerouted)) and late <= self.zone(facts).reduced_within

    def work(self, facts: Facts) -> Fraction:
        rate = 1 - self.reduced if self.lessened(facts) else Fraction(1)
        return self.zone(facts).sum * rate * amount(facts, self.per)


@dataclass(frozen=True, slots=True)
class Prorata:
    """The base for a part of a time: a month's rent for the hours without service."""

    base: Base
    part: str
    whole: str
    scale: int  # so many parts in one of the whole: 24 hours a day

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.base.facts, self.part, self.whole)

    def work(self, facts: Facts) -> Fraction:
        part, whole = amount(facts, self.part), amount(facts, self.whole) * self.scale
        if not whole:
            raise Bad(self.whole, "zero")
        return self.base.work(facts) * min(Fraction(1), Fraction(part, whole))


@dataclass(frozen=True, slots=True)
class Right:
    """Something other than money: a repair, another car, an apology. Days, where it has any."""

    days: str = ""
    after: int = 0  # the days before do not count: a loan car from day six

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.days,) if self.days else ()

    def lasts(self, facts: Facts) -> int:
        """For how many days."""
        return max(0, amount(facts, self.days) - self.after) if self.days else 0

    def work(self, _facts: Facts) -> Fraction:
        return Fraction(0)


Way = Whole | Share | Agreed | Stepped | Gap | UseFee | ByDistance | Prorata | Right
