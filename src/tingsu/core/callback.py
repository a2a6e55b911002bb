"""Call-backs after the end: which calls a case gets, and what follows from an answer (FU-1, FU-2).

Standard library only, no now(). Dates are counted by ``core.clock``; this decides nothing of them.
"""

from dataclasses import dataclass

RESULTS = ("satisfied", "dissatisfied", "wishes", "refused", "unreached")
"""wishes: content, and asks for something more; refused: wants no calls; unreached: after the last
try."""
ANSWERS = RESULTS[:4]
"""What a customer can say; nobody says "unreached"."""
NEXT = ("reopen", "task", "end")
"""What follows when the customer is not content. ``end`` needs a reason."""
BAD_RATING = 2
"""Of five: up to here a rating says that the customer is not content."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What of a case decides which calls it gets."""

    clash: bool = False
    rating: int | None = None
    severity: str = "ordinary"


def wanted(when: str, case: Ended) -> bool:
    """Whether a call of the plan is for this case. when: packs.handling.WHEN."""
    return {
        "always": True,
        "clash": case.clash,
        "dissatisfied": case.rating is not None and case.rating <= BAD_RATING,
        "major": case.severity == "major",
    }[when]


def last_try(tries: int, most: int) -> bool:
    """Whether the try that has just been made was the last one. tries: with this one."""
    return tries >= most


def asks_for(result: str) -> tuple[str, ...]:
    """What may follow the answer; the first is what is proposed."""
    return {"dissatisfied": NEXT, "wishes": ("", "task")}.get(result, ("",))
