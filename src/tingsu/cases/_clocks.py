"""Starts, ends, rests the clocks of a case by its pack's rules. Touches packs and Clock rows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from tingsu.cases._fresh import fresh
from tingsu.cases._read import rows_of
from tingsu.cases._update import changing, update
from tingsu.cases.models import Case, Clock
from tingsu.core import clock as clocks
from tingsu.packs import Pack, calendar_of, load, pack_clocks
from tingsu.people.models import new_id

Effect = Callable[[], object]
ALIVE = ("running", "paused", "breached")


def clocks_from(case: Case, happening: str, at: datetime) -> list[Clock]:
    """The rows of all clocks that the happening starts on this case, not yet saved."""
    pack = load(case.pack)
    calendar = calendar_of(pack)
    arrived = calendar.day_of(case.received_at)
    rules = pack_clocks(
        pack, happening, calendar.day_of(at), received_on=arrived, variants=case.variants
    )
    return [_row(case, clocks.start(rule, at, calendar)) for rule in rules]


def _row(case: Case, deadline: clocks.Deadline) -> Clock:
    return fresh(
        Clock,
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        rule=deadline.rule.id,
        pack_version=case.pack_version,
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        warn_at=deadline.warn_at,
        provisional=deadline.provisional,
        explanation=deadline.to_json(),
    )


def ended_by(case: Case, *happenings: str, at: datetime) -> list[Effect]:
    """The updates that mark clocks as met by what happened; late ones keep their mark."""
    met = [
        row
        for row in rows_of(Clock, case_id=case.id, state=ALIVE)
        # Straight from the stored rule: every step asks, and few clocks are met by it.
        if not set(happenings).isdisjoint(row.explanation["rule"].get("met_by", ()))
    ]
    return [lambda: _meet(met, at)] if met else []


def meet(rows: Iterable[Clock], at: datetime) -> None:
    """Mark clocks as met, late where they are."""
    for row in rows:
        row.state, row.ended_at, row.late = "met", at, row.late or at > row.due_at


def void_all(case_id: UUID, at: datetime) -> Effect:
    """Stops whatever still runs: the case is over."""
    changes = {"state": "void", "ended_at": at}
    return changing(Clock, changes, case_id=case_id, state=("running", "paused", "resting"))


def rest_all(case_id: UUID) -> Effect:
    """Clocks of a merged case rest; the law knows no pause for a merge, so no time is added."""
    return changing(Clock, {"state": "resting"}, case_id=case_id, state="running")


def wake_all(case_id: UUID) -> Effect:
    """The clocks of a case that was merged and stands alone again."""
    return changing(Clock, {"state": "running"}, case_id=case_id, state="resting")


def quiet_until(pack: Pack, at: datetime) -> datetime:
    """When the customer must have heard from us again (HA-12): the pack's silence rule."""
    return clocks.start(pack.silence, at, calendar_of(pack)).due_at


def _meet(rows: list[Clock], at: datetime) -> None:
    meet(rows, at)
    for row in rows:
        ended = {"state": row.state, "ended_at": row.ended_at, "late": row.late}
        update(Clock, ended, id=row.id)


def first_contact_by(pack: Pack, at: datetime) -> datetime:
    """By when the complainant hears from a person for the first time."""
    return clocks.start(pack.first_contact, at, calendar_of(pack)).due_at
