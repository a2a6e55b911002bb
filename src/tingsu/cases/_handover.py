"""Asking somebody to take a case over: up the ladder or across to another department (HA-10,
HA-13). Builds entries, changes and effects, writes nothing. Reads people and packs.

Whoever has the case answers for it until the other accepts (IN-10).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tingsu.cases._conflict import tie
from tingsu.cases._insert import insert
from tingsu.cases._read import row_of
from tingsu.cases._sheet import sheet_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry
from tingsu.cases.models import Case, Handover
from tingsu.core import escalation as rules
from tingsu.core.clock import Span
from tingsu.core.escalation import Level
from tingsu.core.overdue import later
from tingsu.packs.escalation import ESCALATION
from tingsu.people import absence, directory
from tingsu.people.models import Member, new_id
from tingsu.people.permission import Can, Role, rights_of
from tingsu.people.rulebook import case_pack

A_DAY = Span(1, "wd")  # to accept, where a pack has no such level
BY_HAND, DISPUTE = "hand", "dispute"


@dataclass
class Asking:
    """What asking brings into a plan."""

    entries: list[Entry] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    effects: list[Callable[[], object]] = field(default_factory=list)
    row: Handover | None = None


def arrived(case: Case) -> date:
    """The local day of receipt, on which the pack's rules hold."""
    return case_pack(case).calendar.day_of(case.received_at)


def levels_of(case: Case) -> tuple[Level, ...]:
    """The ladder of a case, from the lowest rung up."""
    return ESCALATION.of(case_pack(case)).levels(arrived(case))


def height(levels: Collection[Level], member: Member | None) -> int:
    """The rung on which a member stands; 0 below the ladder."""
    found = rules.level_of(list(levels), member.roles) if member else None
    return found.rung if found else 0


def waiting_of(case: Case) -> Handover | None:
    """Who is asked to take the case over now; no query where nobody is."""
    if case.handed_up_id is None and case.handed_across_id is None:
        return None
    return row_of(Handover, case_id=case.id, state="waiting")


def holder(case: Case, role: str, at: datetime) -> tuple[Member, Member | None] | None:
    """Who of that role is nearest to the case: in its department, else in one over it, and nobody
    who has part in the matter. Who is away is stood in for: then the deputy, and the one in whose
    place."""
    found = directory.members(case.organisation_id, role=Role(role))
    home = case.queue_id
    if case.owner_id:
        home = Member.objects.values_list("department_id", flat=True).get(id=case.owner_id)
    over = directory.over(case.organisation_id, home) if home else []
    near = {department: n for n, department in enumerate([home, *over])}
    able = [one for one in found if one.id != case.owner_id and tie(case, one) is None]
    nearest = sorted(able, key=lambda one: near.get(one.department_id, len(near)))
    there = (present(one, at) for one in nearest)
    return next((pair for pair in there if tie(case, pair[0]) is None), None)


def present(member: Member, at: datetime) -> tuple[Member, Member | None]:
    """The member, or the deputy of one who is away today with the one in whose place."""
    today = absence.local_day(member.organisation_id, at)
    for gone in absence.of_member(member.organisation_id, member.id, today):
        if gone.from_on <= today and gone.deputy.active and leads(gone.deputy):
            return gone.deputy, member
    return member, None


def leads(member: Member) -> bool:
    """Whether somebody may take over from others."""
    return Can.ASSIGN in rights_of(Role(role) for role in member.roles)


def up(
    case: Case,
    at: datetime,
    *,
    to: Member,
    rung: int,
    within: Span,
    cause: str,
    reason: str,
    asked_by: Any = None,
    in_place_of: Member | None = None,
    waiting: Handover | None = None,
    told: dict[str, Any] | None = None,
) -> Asking:
    """Ask somebody above. waiting: whoever was asked before and need not answer any more."""
    row = _row(case, at, "up", cause, within)
    row.rung, row.to_member_id, row.reason = rung, to.id, reason
    row.asked_by_id = asked_by
    row.in_place_of_id = in_place_of.id if in_place_of else None
    data = {"from": str(case.owner_id or ""), "to": str(to.id), "cause": cause, **(told or {})}
    data |= {"in_place_of": str(in_place_of.id)} if in_place_of else {}
    changes = {"escalated_at": at, "handed_up_id": to.id, "handed_across_id": None}
    return _asking(row, Entry("escalated", reason, data | facts(row)), changes, waiting, at)


def across(
    case: Case, at: datetime, *, to: Any, within: Span, reason: str, asked_by: Any
) -> Asking:
    """Ask another department."""
    row = _row(case, at, "across", BY_HAND, within)
    row.to_department_id, row.reason, row.asked_by_id = to.id, reason, asked_by
    data = {"from": str(case.queue_id or ""), "department": str(to.id)} | facts(row)
    return _asking(row, Entry("passed_on", reason, data), {"handed_across_id": to.id}, None, at)


def to_level(
    case: Case,
    level: Level,
    at: datetime,
    *,
    cause: str,
    reason: str,
    waiting: Handover | None = None,
    told: dict[str, Any] | None = None,
    asked_by: Any = None,
) -> Asking | None:
    """Ask whoever is nearest on a rung of the ladder; None where nobody stands there."""
    found = holder(case, level.role, at)
    if found is None:
        return None
    to, absent = found
    return up(
        case, at, to=to, rung=level.rung, within=level.within, cause=cause, reason=reason,
        asked_by=asked_by, in_place_of=absent, waiting=waiting, told=told,
    )  # fmt: skip


def ends(row: Handover, state: str, at: datetime, by: Any = None, answer: str = "") -> Any:
    """The effect that ends an asking, if it still waits."""
    told = {"state": state, "ended_at": at, "ended_by_id": by, "answer": answer}
    return lambda: update(Handover, told, id=row.id, state="waiting")


def facts(row: Handover) -> dict[str, Any]:
    """What its entries tell of it."""
    due = row.due_at.isoformat(timespec="seconds") if row.due_at else ""
    return {"handover": str(row.id), "rung": row.rung, "due": due}


def _row(case: Case, at: datetime, kind: str, cause: str, within: Span) -> Handover:
    return Handover(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        kind=kind,
        round=case.round,
        cause=cause[:80],
        asked_at=at,
        from_member_id=case.owner_id,
        from_department_id=case.queue_id,
        due_at=later(at, within, case_pack(case).calendar),
        sheet=sheet_of(case, at),
    )


def _asking(
    row: Handover, entry: Entry, changes: dict[str, Any], waiting: Handover | None, at: datetime
) -> Asking:
    # One waits at a time: the older gives way before the newer is written.
    effects: list[Callable[[], object]] = [ends(waiting, "lapsed", at)] if waiting else []
    effects.append(lambda: insert([row]))
    return Asking([entry], changes, effects, row)
