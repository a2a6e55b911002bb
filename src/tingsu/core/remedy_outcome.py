"""What comes out of a remedy computation. Standard library only, no I/O.

Import these names from ``tingsu.core.remedy``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tingsu.core.remedy_data import Line, Need, Reduction, Rule


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fact that is missing or cannot be right, and the rules that wait for it."""

    fact: str
    why: str  # missing | negative | too_much | not_a_choice | more_than | rate_low | rate_high …
    rules: tuple[str, ...] = ()
    other: str = ""
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A reduction as it was granted."""

    reduction: Reduction
    rate: Fraction
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A line that is owed: ``exact`` before limits, ``full`` before reductions, then ``amount``."""

    rule: Rule
    line: Line
    exact: Fraction
    full: int
    amount: int
    limited: str = ""  # floor | cap
    cuts: tuple[Cut, ...] = ()

    @property
    def pays_customer(self) -> bool:
        """Whether it goes to the customer; a use fee goes the other way."""
        return self.line.gives != "payment"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not owed.

    why: unmet (a condition), nothing (comes to nought), waived (by a reduction); either, special
    or group: the same loss is made good by ``instead``.
    """

    rule: Rule
    line: Line
    why: str
    need: Need | None = None
    amount: int = 0
    instead: Rule | None = None
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one currency: what the customer gets, and what the customer pays."""

    currency: str
    owed: int
    to_pay: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was worked out."""

    lines: tuple[Owed, ...]
    left_out: tuple[LeftOut, ...]
    troubles: tuple[Trouble, ...]
    totals: tuple[Totals, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return not self.troubles
