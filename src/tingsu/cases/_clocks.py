"""Starts, ends, rests the clocks of a case by its pack's rules. Touches packs and Clock rows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from tingsu.cases._fresh import fresh
from tingsu.cases._read import rows_of
from tingsu.cases._update import changing, update
from tingsu.cases.models import Case, Clock, Task
from tingsu.core import clock as clocks
from tingsu.core.clock import Deadline
from tingsu.packs import Pack, calendar_of, pack_clocks
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack

Effect = Callable[[], object]
ALIVE = ("running", "paused", "breached")


def clocks_from(case: Case, happening: str, at: datetime) -> list[Clock]:
    """The rows of all clocks that the happening starts on this case, not yet saved."""
    pack = case_pack(case)
    calendar = calendar_of(pack)
    arrived = calendar.day_of(case.received_at)
    rules = pack_clocks(
        pack, happening, calendar.day_of(at), received_on=arrived, variants=case.variants
    )
    return [_row(case, pack.version, clocks.start(rule, at, calendar)) for rule in rules]


def _row(case: Case, pack_version: str, deadline: Deadline) -> Clock:
    return fresh(
        Clock,
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        rule=deadline.rule.id,
        pack_version=pack_version,  # of the clock, not of the case: each keeps its own
        started_at=deadline.started_at,
        **ends(deadline),
    )


def ended_by(case: Case, *happenings: str, at: datetime) -> list[Effect]:
    """The updates that mark clocks as met by what happened."""
    met = [
        row
        for row in rows_of(Clock, case_id=case.id, state=ALIVE)
        # Straight from the stored rule: every step asks, and few clocks are met by it.
        if not set(happenings).isdisjoint(row.explanation["rule"].get("met_by", ()))
    ]
    return [lambda: _meet(met, at)] if met else []


def happening(case: Case, event: str, at: datetime) -> tuple[list[Clock], list[Effect]]:
    """What an event outside the moves does to the clocks of a case: the rows of those that it
    starts, and the updates that mark the ones it fulfils. For every part that learns of one: a
    person who writes it down, a document that was served."""
    return clocks_from(case, event, at), ended_by(case, event, at=at)


def meet(rows: Iterable[Clock], at: datetime) -> None:
    """Mark clocks as met, late where they are. What happened in time and was written down late
    was in time."""
    for row in rows:
        row.state, row.ended_at, row.late = "met", at, at > row.due_at


def move_clock(row: Clock, deadline: Deadline, **others: Any) -> Effect:
    """The update that gives a clock its new end, if it still stands as it was read."""
    return changing(Clock, ends(deadline) | others, id=row.id, state=row.state)


def ends(deadline: Deadline) -> dict[str, Any]:
    """The columns of a clock that its count decides."""
    return {
        "due_at": deadline.due_at,
        "warn_at": deadline.warn_at,
        "provisional": deadline.provisional,
        "explanation": deadline.to_json(),
    }


def void_all(case_id: UUID, at: datetime) -> Effect:
    """Stops whatever still runs: the case is over."""
    runs = ("running", "paused", "resting")

    def stop() -> None:
        update(Clock, {"state": "void", "ended_at": at}, case_id=case_id, state=runs)
        asked = Task.objects.filter(case_id=case_id, state="open", clock_id__isnull=False)
        asked.update(state="void")

    return stop


def rest_all(case_id: UUID) -> Effect:
    """Clocks of a merged case rest; the law knows no pause for a merge, so no time is added."""
    return changing(Clock, {"state": "resting"}, case_id=case_id, state="running")


def wake_all(case_id: UUID) -> Effect:
    """The clocks of a case that was merged and stands alone again."""
    return changing(Clock, {"state": "running"}, case_id=case_id, state="resting")


def quiet_until(pack: Pack, at: datetime) -> datetime:
    """When the customer must have heard from us again (HA-12): the pack's silence rule."""
    return clocks.start(pack.silence, at, calendar_of(pack)).due_at


def spoken_with(case: Case, at: datetime) -> dict[str, datetime]:
    """The change after the customer has heard from us: the silence begins anew (HA-12)."""
    return {"quiet_until": quiet_until(case_pack(case), at)} if case.open else {}


def _meet(rows: list[Clock], at: datetime) -> None:
    meet(rows, at)
    for row in rows:
        ended = {"state": row.state, "ended_at": row.ended_at, "late": row.late}
        update(Clock, ended, id=row.id)
        if row.breach_done:  # nobody above need see to it any more
            update(Task, {"state": "void"}, clock_id=row.id, state="open")


def first_contact_by(pack: Pack, at: datetime) -> datetime:
    """By when the complainant hears from a person for the first time."""
    return clocks.start(pack.first_contact, at, calendar_of(pack)).due_at
