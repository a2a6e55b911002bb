"""The register of the archive: how long a file is kept, and what stands in the way of disposal.

Reads packs and ArchiveEntry rows; builds rows and writes nothing.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._clocks import Effect
from tingsu.cases._read import row_of
from tingsu.cases._update import changing
from tingsu.cases.errors import Refusal
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.core import clock as clocks
from tingsu.core.clock import ClockRule
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING
from tingsu.people.actor import Actor
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack


def keep_until(case: Case, closed_at: datetime) -> tuple[date | None, dict[str, Any]]:
    """The last day on which the file is kept, with the rule that says so. None without a rule."""
    pack = case_pack(case)
    calendar = calendar_of(pack)
    handling = HANDLING.of(pack)
    held = handling.keep_for(calendar.day_of(case.received_at))
    if held is None or held.value is None:
        return None, {}
    span = held.value
    counted = clocks.start(
        ClockRule("keep", "closed", span.n, span.unit, date.min), closed_at, calendar
    )
    told = {
        "n": span.n,
        "unit": span.unit,
        "since": held.since.isoformat(),
        "source": held.source,
        "review": held.review,
        "house": held.since in handling.own_retention,
    }
    return calendar.day_of(counted.due_at), told


def entry_for(case: Case, by: Actor, at: datetime, place: str) -> ArchiveEntry:
    """The line of the register with which a file is put away."""
    closed_at = case.closed_at or at
    until, rule = keep_until(case, closed_at)
    return ArchiveEntry(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        number=case.number,
        round=case.round,
        closed_at=closed_at,
        archived_at=at,
        archived_by_id=by.member_id,
        keep_until=until,
        rule=rule,
        place=place,
    )


def kept(case: Case) -> ArchiveEntry:
    """The line in force. Raises Refusal when the file was never put away."""
    found = row_of(ArchiveEntry, case_id=case.id, state="kept")
    if found is None:
        raise Refusal(_("这件投诉还没有归档。"), code="missing")
    return found


def taken_out(case: Case, at: datetime, state: str) -> Effect:
    """The file is worked on again, or it is gone."""
    gone = {"state": state, "ended_at": at}
    return changing(ArchiveEntry, gone, case_id=case.id, state="kept")
