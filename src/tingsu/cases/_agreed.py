"""What follows the signatures under an agreement, a decision, a result. Builds plans only.

Imported by ``actions.sign``, so that it hangs there whoever signs.
"""

from datetime import datetime
from typing import Any

from tingsu.cases._ending import check_ended
from tingsu.cases._moves import moving
from tingsu.cases._owed import becoming, lines_from
from tingsu.cases._read import row_of
from tingsu.cases._signing import all_signed, follows, joined
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan
from tingsu.cases.models import Agreement, Calculation, Case, Mediation, Signing
from tingsu.core.lifecycle import OPEN, Move, State, moves_from
from tingsu.people.actor import SYSTEM


def to_execution(case: Case, plan: Plan, at: datetime) -> Plan:
    """Now it is carried out, where the case can go there from where it stands."""
    if not plan.rows or Move.EXECUTE not in moves_from(State(case.state)):
        return plan
    return joined(plan, moving(case, Move.EXECUTE, at, chosen=False).plan())


def _agreement(case: Case, row: Signing, at: datetime) -> Plan | None:
    """The second signature makes it hold: what it says is owed from now on. A refusal opens the
    text again, and whoever has signed signs the new one."""
    found = row_of(Agreement, id=row.subject, case_id=case.id)
    if found is None or found.state != "signing":
        return None
    if row.state in ("declined", "withdrawn"):
        others = {"state": "withdrawn", "ended_at": at}
        effects = [
            changing(Signing, others, subject=found.id, state="waiting"),
            changing(Agreement, {"state": "draft"}, id=found.id, state="signing"),
        ]
        return Plan([], effects=effects)
    if not all_signed(found.id, row):
        return None
    return _holds(case, found, at)


def _holds(case: Case, found: Agreement, at: datetime) -> Plan:
    lines = lines_from(found.lines)
    told: dict[str, Any] = {
        "agreement": str(found.id),
        "kind": found.kind,
        "lines": len(lines),
    }
    entry = Entry("agreed", "", told, public=True)
    signed = {"state": "signed", "signed_at": at}
    effects = [changing(Agreement, signed, id=found.id, state="signing")]
    if found.kind == "mediation":
        over = {"state": "agreed", "ended_at": at}
        effects.append(changing(Mediation, over, case_id=case.id, state="open"))
    if found.calculation:
        agreed = {"state": "agreed"}
        effects.append(changing(Calculation, agreed, id=found.calculation, state="proposed"))
    owed = becoming(case, SYSTEM, at, source=found.kind, source_id=found.id, lines=lines)
    plan = joined(Plan([entry], effects=effects), owed)
    return to_execution(case, plan, at) if case.state in OPEN else plan


@follows("settlement")
def settlement(case: Case, row: Signing, at: datetime) -> Plan | None:
    """Of the parties alone."""
    return _agreement(case, row, at)


@follows("mediation")
def mediation(case: Case, row: Signing, at: datetime) -> Plan | None:
    """With us between them."""
    return _agreement(case, row, at)


@follows("result")
def result(case: Case, row: Signing, at: datetime) -> Plan | None:
    """The customer puts their name to the result: that is their word on it (HA-15)."""
    if row.state != "signed" or case.state != State.CONFIRMING or case.confirmed_at:
        return None
    entry = Entry("customer_confirmed", "", {"signing": str(row.id)}, public=True)
    return Plan([entry], {"confirmed_at": at}, effects=[check_ended(case, "answered")])
