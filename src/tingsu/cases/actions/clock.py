"""Pause and resume one clock of a case, for a cause that its source allows (HA-14)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._pauses import allows, pausing, resuming
from tingsu.cases._read import row_of
from tingsu.cases._write import Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Clock
from tingsu.people.actor import Actor


def pause(
    case: Case, by: Actor, at: datetime, *, clock_id: UUID, cause: str, key: str | None = None
) -> Written:
    """Stop a running clock. Raises Invalid for a cause that the rule does not name."""

    def plan(case: Case) -> Plan:
        row = _row(case, clock_id, "running")
        if not allows(row, cause):
            raise Invalid({"cause": _("这个时限不能因为这个原因暂停。")})
        entry, effect = pausing(row, at, cause)
        return Plan([entry], effects=[effect])

    return write(case, by, at, plan, key=key)


def resume(
    case: Case, by: Actor, at: datetime, *, clock_id: UUID, key: str | None = None
) -> Written:
    """Let a paused clock run on; its end moves by what the pause took from the count."""

    def plan(case: Case) -> Plan:
        entry, effect = resuming(case, _row(case, clock_id, "paused"), at)
        return Plan([entry], effects=[effect])

    return write(case, by, at, plan, key=key)


def _row(case: Case, clock_id: UUID, state: str) -> Clock:
    row = row_of(Clock, case_id=case.id, id=clock_id)
    if row is None:
        raise Refusal(_("找不到这个时限。"), code="missing")
    if row.state != state:
        raise Refusal(_("这个时限的状态已经变了，请刷新后再看。"), code="ended")
    return row
