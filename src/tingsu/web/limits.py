"""How often one address, number or case may ask on the public pages; ``people.limits`` counts."""

from django.utils.translation import ngettext

from tingsu.people import limits
from tingsu.people.limits import (
    FIND,
    FIND_NUMBER,
    SAY,
    SAY_HERE,
    SUBMIT,
    Limit,
    address_of,
    allowed,
    count,
    used_up,
)

__all__ = [
    "FIND",
    "FIND_NUMBER",
    "SAY",
    "SAY_HERE",
    "SUBMIT",
    "TRY",
    "Limit",
    "address_of",
    "allowed",
    "count",
    "used_up",
    "wait_words",
]

TRY = Limit("try", 600, 600)  # trial calculations from one address: one at every pause in typing


def wait_words(limit: Limit) -> str:
    """How long until the window is over: 12 分钟."""
    minutes = 1 + (limits.wait(limit) // 60)
    return ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes}
