"""A plan as somebody put it together, unchecked: what forms and the API hand over. No tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift

MOST_CONSENTS = 6
KINDS = ("department", "member", "role", "other")
"""Who may have to agree: one of ours by id or role, or somebody else by name."""


@dataclass(frozen=True)
class Wanted:
    """Somebody who must agree. ref: the id or the role; for "other" the name says who."""

    kind: str
    ref: str = ""
    name: str = ""

    @property
    def code(self) -> str:
        """The same for the same somebody: what their word is kept under."""
        return f"{self.kind}:{self.ref or self.name}"


@dataclass(frozen=True)
class Draft:
    """Everything that makes a plan. Money is fen."""

    name: str = ""
    asking: Asking = field(default_factory=Asking)
    gifts: tuple[Gift, ...] = ()
    own_cost: int = 0
    own_cost_for: str = ""
    feasible: str = ""
    weighed: Mapping[str, str] = field(default_factory=dict)
    consents: tuple[Wanted, ...] = ()
