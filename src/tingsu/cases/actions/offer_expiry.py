"""Offers whose day has passed are off the table; the worker finds their rows (HA-6)."""

from datetime import datetime

from tingsu.cases._plans import about, ending, plan_of, turn
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Offer
from tingsu.people.actor import SYSTEM

MOST = 100  # offers per look, so that a sweep never holds the loop for long


def due(at: datetime) -> list[Offer]:
    """Offers that nobody answered in time, the oldest first."""
    return list(Offer.objects.filter(state="out", expires_at__lt=at).order_by("expires_at")[:MOST])


def expire(offer: Offer, at: datetime) -> Written | None:
    """Off the table, and back on the owner's desk: to ask again is a step of a person. None when
    it was answered or taken back meanwhile."""

    def plan(case: Case) -> Plan:
        row = row_of(Offer, id=offer.id, state="out")
        if row is None:
            raise Refusal("", code="answered")
        scheme = plan_of(case, row.plan_id)
        data = about(scheme) | {"offer": str(row.id)}
        entry = Entry("offer_expired", "", data, public=True)
        changes = {"planned_at": at} if case.open else {}
        return Plan(
            [entry], changes, effects=[ending(row, at, "expired"), turn(scheme, state="prepared")]
        )

    (case,) = rows_of(Case, id=offer.case_id)
    try:
        return write(case, SYSTEM, at, plan)
    except Refusal:
        return None
