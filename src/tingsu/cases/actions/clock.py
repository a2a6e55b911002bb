"""Pause and resume one clock of a case, for a cause that its source allows (HA-14)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import move_clock
from tingsu.cases._read import row_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Clock
from tingsu.core import clock as clocks
from tingsu.packs import calendar_of
from tingsu.people.actor import Actor
from tingsu.people.rulebook import case_pack


def pause(
    case: Case, by: Actor, at: datetime, *, clock_id: UUID, cause: str, key: str | None = None
) -> Written:
    """Stop a running clock. Raises Invalid for a cause that the rule does not name."""

    def plan(case: Case) -> Plan:
        row = _row(case, clock_id, "running")
        if cause not in clocks.from_json(row.explanation).rule.pauses:
            raise Invalid({"cause": _("这个时限不能因为这个原因暂停。")})
        entry = Entry("clock_paused", data={"clock": str(row.id), "rule": row.rule, "cause": cause})
        stands = {"state": "paused", "paused_at": at, "pause_cause": cause}
        return Plan([entry], effects=[changing(Clock, stands, id=row.id, state="running")])

    return write(case, by, at, plan, key=key)


def resume(
    case: Case, by: Actor, at: datetime, *, clock_id: UUID, key: str | None = None
) -> Written:
    """Let a paused clock run on; its end moves by what the pause took from the count."""

    def plan(case: Case) -> Plan:
        row = _row(case, clock_id, "paused")
        old = clocks.from_json(row.explanation)
        new = clocks.stretch(
            old,
            row.paused_at or at,
            at,
            calendar_of(case_pack(case)),
            cause=row.pause_cause,
        )
        moved = {
            "was": old.due_at.isoformat(timespec="seconds"),
            "due": new.due_at.isoformat(timespec="seconds"),
        }
        entry = Entry("clock_resumed", data={"clock": str(row.id), "rule": row.rule, **moved})
        runs = {"state": "running", "paused_at": None, "pause_cause": "", "warned_at": None}
        return Plan([entry], effects=[move_clock(row, new, **runs)])

    return write(case, by, at, plan, key=key)


def _row(case: Case, clock_id: UUID, state: str) -> Clock:
    row = row_of(Clock, case_id=case.id, id=clock_id)
    if row is None:
        raise Refusal(_("找不到这个时限。"), code="missing")
    if row.state != state:
        raise Refusal(_("这个时限的状态已经变了，请刷新后再看。"), code="ended")
    return row
