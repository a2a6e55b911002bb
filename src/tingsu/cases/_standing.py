"""What every step does to who is asked to take a case over, and to when the rules of going up are
asked again. A part of ``_write``; touches handovers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tingsu.cases._update import update
from tingsu.cases.models import Case, Handover

WAKES = frozenset(
    "contact customer_added customer_objected customer_read facts_changed needs_marked abused"
    " reopened unmerged takeover_returned".split()
)
"""After these the rules may say something else: the worker asks them within a second or two."""


def let_go(case: Case, changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Nobody need take over what has ended, or what somebody with the power to has given away."""
    if case.handed_up_id is None and case.handed_across_id is None:
        return {}
    if case.open and "owner_id" not in changes:
        return {}
    update(Handover, {"state": "void", "ended_at": at}, case_id=case.id, state="waiting")
    case.handed_up_id = case.handed_across_id = None
    return {"handed_up_id": None, "handed_across_id": None}


def woken(case: Case, kinds: Iterable[str], at: datetime) -> dict[str, Any]:
    """The change that lets the worker ask the rules again, where something was said."""
    if not case.open or WAKES.isdisjoint(kinds):
        return {}
    case.look_at = at
    return {"look_at": at}
