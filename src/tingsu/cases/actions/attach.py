"""Files of a case: checked, stored under their hash, never executed, never shown inline."""

from collections.abc import Sequence
from datetime import datetime

from tingsu.cases._filed import check_all, hung, keep_all
from tingsu.cases._files import Given
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case
from tingsu.people.actor import Actor

__all__ = ["Given", "attach", "check_all"]


def attach(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    files: Sequence[Given],
    public: bool = False,
    key: str | None = None,
) -> Written:
    """Keep files with the case. Raises Invalid at ``files``. public: the customer sees them."""
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        entry = Entry("attached", "\n".join(one.name for one in kept), public=public)
        entry.data["files"] = []
        return Plan([entry], rows=hung(case, entry, kept, by, at, public=public))

    return write(case, by, at, plan, key=key)
