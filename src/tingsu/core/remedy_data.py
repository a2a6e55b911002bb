"""What remedies are made of: facts, rules, lines, reductions. Standard library only, no I/O.

Money is whole fen (of yuan, or hundredths of the rule's own currency), rates are exact
fractions, all other facts are whole numbers; nothing is ever a float. Import these names from
``tingsu.core.remedy``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tingsu.core.remedy_ways import Way

Labels = Mapping[str, str]
"""Language to words; carried along, never looked at here."""

Value = int | str
"""Fen, days, kilometres …; parts per million for rates; 0 or 1 for flags; a code for choices."""

Facts = Mapping[str, Value]

UNITS = ("money", "days", "hours", "minutes", "count", "km", "rate", "flag", "choice")
WHOLE = 1_000_000  # parts of a rate: 20 % is 200,000

GIVES = (
    "refund", "replacement", "repair", "substitute", "warranty", "discount", "gift",
    "compensation", "penalty", "payment", "apology", "explanation", "visit",
)  # fmt: skip
"""What a line gives. ``payment`` is what the customer pays, such as the use fee of a car."""

MORAL = frozenset({"apology", "explanation", "visit"})
OPS = ("is", "at_least", "at_most", "more_than", "less_than")
ROUNDINGS = ("half_up", "down", "up")
TOGETHER = ("higher", "special")
MOST = 10**13  # a hundred billion yuan: nobody disputes about more, and every database holds it


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a rule asks. ``blank`` is taken where nothing is said; None: it is needed."""

    id: str
    unit: str
    labels: Labels
    hints: Labels = field(default_factory=dict)
    least: int = 0
    most: int = MOST
    blank: int | None = None
    options: Mapping[str, Labels] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """A condition on one fact: what must be so for a line to be owed."""

    fact: str
    op: str
    value: Value

    @property
    def chooses(self) -> bool:
        """Whether it only picks a variant (abroad or not): its absence is no news to anybody."""
        return self.op == "is"

    def met(self, value: Value) -> bool:
        """Whether the fact fulfils it."""
        if self.op == "is" or isinstance(value, str) or isinstance(self.value, str):
            return value == self.value
        return {
            "at_least": value >= self.value,
            "at_most": value <= self.value,
            "more_than": value > self.value,
            "less_than": value < self.value,
        }[self.op]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an amount may not go below or above: a sum, or other facts together."""

    floor: int | None = None
    cap: int | None = None
    cap_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rule: what it gives, and how it is worked out."""

    id: str
    gives: str
    way: Way
    labels: Labels
    needs: tuple[Need, ...] = ()  # those that choose a variant stand first
    limits: Limits = Limits()
    rounding: str = "half_up"
    either: str = ""  # of the lines of a rule with the same word only the highest is owed
    group: str = ""  # of rules that make good the same loss, see Group
    general: bool = False  # in a group of special rules: gives way where one of them applies
    notes: tuple[Labels, ...] = ()  # what is assumed where the source is silent


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of different rules for one loss.

    higher: only the rule that gives most; special: the general ones only where no other applies.
    """

    id: str
    labels: Labels
    together: str = "higher"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a source gives in one situation."""

    id: str
    labels: Labels
    lines: tuple[Line, ...]
    since: date
    topic: str = ""
    set: str = ""  # the rule set it belongs to; "": it stands beside all of them
    public: bool = False
    pays: str = ""  # a party: who owes it
    recourse: str = ""  # a party: from whom the payer may take it back
    currency: str = "CNY"
    act: str = ""
    article: str = ""
    source: str = ""
    house: bool = False  # our own practice, not law
    review: str = ""
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Reduction:
    """A ground on which less is owed, or nothing."""

    id: str
    labels: Labels
    on: frozenset[str]  # the kinds of line that it lessens
    rate: Fraction | None = None  # by how much; None: a person decides and says why
    set: str = ""
    rules: frozenset[str] = frozenset()  # only these; empty: all
    since: date = date.min
    act: str = ""
    article: str = ""
    source: str = ""
    review: str = ""
    review_by: date | None = None
