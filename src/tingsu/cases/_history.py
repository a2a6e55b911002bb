"""Records that were answered before they came to us (IN-11): reply and closing with their times."""

from datetime import datetime

from tingsu.cases._clocks import meet
from tingsu.cases._write import Entry
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, Clock
from tingsu.core.lifecycle import State


def close_by_history(
    case: Case, intake: Intake, closed_at: datetime, clocks: list[Clock]
) -> list[Entry]:
    """Bring a new case to the state in which the old system left it; returns its entries."""
    case.state, case.open = State.CLOSED.value, False
    case.closed_at, case.outcome = closed_at, "imported"
    case.next_at, case.next_kind, case.quiet_until = None, "", None
    meet(clocks, closed_at)
    at, entries = closed_at, []
    if intake.reply:
        case.contacted_at = at
        data = {"kind": "final", "imported": True}
        entries.append(Entry("replied", intake.reply, data, public=True, at=at))
    return [*entries, Entry("closed", "", {"imported": True}, public=True, at=at)]


def answered_sometime(intake: Intake) -> list[Entry]:
    """An old answer of which nobody wrote down when: it is kept, and the case stays open so that
    a person looks whether it is really over."""
    if not intake.reply:
        return []
    data = {"kind": "final", "imported": True, "time": "unknown"}
    return [Entry("replied", intake.reply, data, public=True)]
