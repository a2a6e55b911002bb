"""How a case comes to its end: what proves a promise kept, when silence counts. Pure, no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tingsu.core.remedy_data import GIVES

SOURCES = ("settlement", "mediation", "decision", "proposal", "extra")
"""From where something is owed; ``extra`` is beyond what is owed (HA-16)."""

OWERS = ("house", "respondent")
RESULTS = ("continue", "agreed", "failed")
"""Of one session of a mediation."""

NEXT = ("decide", "terminate", "investigate")
"""What may follow a mediation that failed."""

PROOFS: Mapping[str, str] = {
    **dict.fromkeys(("refund", "compensation", "penalty", "payment"), "payment"),
    **dict.fromkeys(("replacement", "substitute", "gift", "warranty", "discount"), "delivery"),
    "repair": "repair",
    **dict.fromkeys(("apology", "explanation", "visit"), "words"),
}
"""What proves that it was done, by what is given (core.remedy.GIVES)."""


@dataclass(frozen=True)
class Line:
    """One thing that is owed, as it was written down. ``due``: an ISO instant, "" for the pack's
    own time from the day on which it becomes owed."""

    gives: str
    words: str
    fen: int = 0
    owed_by: str = "house"
    due: str = ""
    member: str = ""

    def to_json(self) -> dict[str, Any]:
        """For an agreement that is not signed yet."""
        return asdict(self)


@dataclass(frozen=True)
class Proof:
    """What somebody can show for having done it."""

    fen: int = 0
    reference: str = ""  # of a payment
    who: str = ""  # said sorry, or delivered
    how: str = ""
    file: bool = False


def proof_of(gives: str) -> str:
    """The kind of proof: payment, delivery, repair, words, or other."""
    return PROOFS.get(gives, "other")


def proof_missing(gives: str, fen: int, proof: Proof) -> set[str]:
    """The fields without which it is not proved. fen: what is owed; 0 for what is no money."""
    kind = proof_of(gives)
    if kind == "payment":
        missing = set() if proof.fen > 0 or not fen else {"fen"}
        return missing if proof.reference or proof.file else missing | {"reference"}
    if kind == "words":
        return {name for name, told in (("who", proof.who), ("how", proof.how)) if not told}
    return set() if proof.how or proof.file else {"how"}


def finished(gives: str, owed: int, done: int, *, last: bool) -> bool:
    """Whether nothing is left. Money is done once all of it is paid; the rest when whoever did it
    says that it was the last of it."""
    if proof_of(gives) == "payment" and owed:
        return done >= owed
    return last


@dataclass(frozen=True)
class NoAnswer:
    """What a pack says of a customer who does not answer. ``binding``: before that no closing
    without their word; ``closes``: the house closes by itself then."""

    asks: int
    n: int
    unit: str
    binding: bool = False
    closes: bool = False


def silent(untils: Sequence[datetime], asks: int, now: datetime) -> bool:
    """Whether the customer was asked often enough and each time long enough ago."""
    return sum(1 for until in untils if until <= now) >= asks


def known(gives: str) -> str:
    """A code of what is given, or ``other``."""
    return gives if gives in GIVES else "other"
