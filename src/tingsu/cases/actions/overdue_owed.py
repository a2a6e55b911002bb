"""What is owed and not done in time: written down once, and on the desk at once. By the worker."""

from datetime import datetime

from tingsu.cases._owed import told
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Obligation
from tingsu.people.actor import SYSTEM

MOST = 200  # rows per look, so that a sweep never holds the loop for long


def due(at: datetime) -> list[Obligation]:
    """Lines whose day has passed and of which nobody has been told."""
    rows = Obligation.objects.filter(state="open", told_at__isnull=True, due_at__lt=at)
    return list(rows.order_by("due_at")[:MOST])


def tell(row: Obligation, at: datetime) -> Written | None:
    """Write down that it is overdue; None when it was done meanwhile."""
    case = rows_of(Case, id=row.case_id)[0]

    def plan(_case: Case) -> Plan:
        still = row_of(Obligation, id=row.id, state="open")
        if still is None or still.told_at or still.due_at >= at:
            raise _Done
        turned = changing(Obligation, {"told_at": at}, id=row.id, state="open")
        return Plan([Entry("owed_late", still.words, told(still))], effects=[turned])

    try:
        return write(case, SYSTEM, at, plan)
    except _Done:
        return None


class _Done(Exception):
    """It is not late any more."""
