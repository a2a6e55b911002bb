"""Who is asked to take a case over, and the ladder it climbs (HA-10). Reads case tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases import _handover as handover
from tingsu.cases.models import Case, Handover
from tingsu.packs import say
from tingsu.packs.escalation import ESCALATION
from tingsu.people import directory
from tingsu.people.models import Member
from tingsu.people.permission import Can, NotThere, Who, may
from tingsu.people.rulebook import case_pack


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder. here: the case stands there now; asked: somebody there was asked."""

    label: str
    role: str
    n: int
    unit: str
    people: tuple[str, ...]
    here: bool
    asked: bool


@dataclass(frozen=True)
class Why:
    """What sends a case up by itself, in the words of its pack. fired: it has."""

    label: str
    source: str
    to: str
    fired: bool


def waiting(case: Case) -> Handover | None:
    """Who is asked now, with the people; no query where nobody is."""
    if case.handed_up_id is None and case.handed_across_id is None:
        return None
    return _rows().filter(case=case, state="waiting").first()


def of_case(case: Case) -> list[Handover]:
    """Every asking of a case, the newest first."""
    return list(_rows().filter(case=case).order_by("-id"))


def one_of(case: Case, handover_id: UUID) -> Handover:
    """One asking with its sheet. Raises NotThere."""
    found = _rows().filter(case=case, id=handover_id).first()
    if found is None:
        raise NotThere
    return found


def answers(who: Who, case: Case, row: Handover | None) -> bool:
    """Whether this member may accept or return it."""
    if row is None or row.state != "waiting" or not may(who, Can.HANDLE):
        return False
    high = _height(who, case)
    return (
        row.to_member_id == who.member_id
        or (high > 0 and high >= row.rung)
        or (row.to_department_id is not None and who.department_id in _below(row))
    )


def gives_on(who: Who) -> bool:
    """Whether this member may say who else shall have it."""
    return may(who, Can.ASSIGN)


def ladder(case: Case, rows: Sequence[Handover]) -> list[Rung]:
    """The rungs from the lowest up, with who stands there. One query."""
    named = ESCALATION.of(case_pack(case)).named_levels(handover.arrived(case))
    people = directory.members(case.organisation_id)
    owner = next((one for one in people if one.id == case.owner_id), None)
    stands = handover.height([level for level, _label in named], owner)
    asked = next((row.rung for row in rows if row.state == "waiting"), 0)
    return [
        Rung(
            say(label, case.language),
            level.role,
            level.within.n,
            level.within.unit,
            tuple(one.name for one in people if level.role in one.roles)[:6],
            level.rung == stands,
            level.rung == asked,
        )
        for level, label in named
    ]


def whys(case: Case, rows: Sequence[Handover], language: str) -> list[Why]:
    """All rules of the pack, those that fired first."""
    part = ESCALATION.of(case_pack(case))
    on = handover.arrived(case)
    levels = {level.id: say(label, language) for level, label in part.named_levels(on)}
    fired = {row.cause.partition(":")[0] for row in rows}
    found = [
        Why(
            say(one.labels, language),
            one.source,
            levels.get(one.rule.to, ""),
            one.rule.id in fired,
        )
        for one in part.named_rules(on)
    ]
    return sorted(found, key=lambda one: not one.fired)


def late(row: Handover, now: datetime) -> bool:
    """Whether it should have been answered."""
    return row.state == "waiting" and (row.due_at is None or row.due_at < now)


def _rows() -> QuerySet[Handover]:
    joins = "asked_by", "to_member", "to_department", "in_place_of", "ended_by"
    more = "from_member", "from_department"
    return Handover.objects.select_related(*joins, *more)


def _height(who: Who, case: Case) -> int:
    return handover.height(handover.levels_of(case), Member(roles=[one.value for one in who.roles]))


def _below(row: Handover) -> frozenset[UUID]:
    department: UUID = row.to_department_id  # type: ignore[assignment]
    return directory.branch_of(row.organisation_id, department)
