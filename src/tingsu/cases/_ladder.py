"""Up the ladder by rule: what follows when a clock has run out (HA-10, HA-14). Reads people and
packs; builds entries and rows, writes nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tingsu.cases._write import Entry
from tingsu.cases.models import Case, Clock, Task
from tingsu.core.overdue import LADDER, Step, later, ready
from tingsu.packs.overdue import OVERDUE
from tingsu.people import directory
from tingsu.people.models import Member, new_id
from tingsu.people.permission import Role
from tingsu.people.rulebook import case_pack


@dataclass
class Follows:
    """What a breach brings now, and when it brings more."""

    done: int
    next: datetime | None
    entries: list[Entry] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, Any]:
        """How far the clock has come on its ladder."""
        return {"breach_done": self.done, "breach_next": self.next}


def steps_of(case: Case, clock: Clock) -> tuple[Step, ...]:
    """The ladder of a clock, as the pack had it on the day of receipt."""
    pack = case_pack(case)
    duty = clock.explanation["rule"].get("duty", "house")
    arrived = pack.calendar.day_of(case.received_at)
    return OVERDUE.of(pack).steps(clock.rule, duty, arrived)


def follows(case: Case, clock: Clock, at: datetime) -> Follows:
    """The steps whose hour has come, each as entries, changes and rows."""
    steps = steps_of(case, clock)
    days = case_pack(case).calendar
    taken, following = ready(steps, clock.breach_done, clock.due_at, at, days)
    found = Follows(clock.breach_done + len(taken), following)
    for step in taken:
        _DEEDS[step.do](found, case, clock, step, at)
    return found


def _report(found: Follows, case: Case, clock: Clock, _step: Step, _at: datetime) -> None:
    """Who answered for it when it ran out, for the reports (HA-13)."""
    data = _facts(clock) | {"owner": str(case.owner_id or ""), "queue": str(case.queue_id or "")}
    found.entries.append(Entry("breach_reported", data=data))


def _escalate(found: Follows, case: Case, clock: Clock, step: Step, at: datetime) -> None:
    """The next rung takes over, unless somebody of that height or above has it already."""
    owner = found.changes.get("owner_id", case.owner_id)
    if owner and _height(Member.objects.get(id=owner)) >= LADDER.index(step.to):
        return
    to = _holder(case, step.to)
    if to is None:
        return
    words = _("时限「%(name)s」已过，按规定由上一级接着办。") % {"name": _name(case, clock)}
    data = {"from": str(owner or ""), "to": str(to.id), "rule": clock.rule}
    found.entries.append(Entry("escalated", words, data))
    found.changes |= {"owner_id": to.id, "escalated_at": at}


def _task(found: Follows, case: Case, clock: Clock, step: Step, at: datetime) -> None:
    """Somebody above is asked to see to it, with a date."""
    to = _holder(case, step.to)
    if to is None or step.within is None:
        return
    due = later(at, step.within, case_pack(case).calendar)
    words = _("时限「%(name)s」已过，请督办并写明怎么补救。") % {"name": _name(case, clock)}
    row = Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        department_id=to.department_id,
        assignee_id=to.id,
        content=words,
        asked_at=at,
        due_at=due,
        clock_id=clock.id,
    )
    data = {"task": str(row.id), "department": str(to.department_id), "rule": clock.rule}
    data["due"] = due.isoformat(timespec="seconds")
    found.entries.append(Entry("task_asked", words, data))
    found.rows.append(row)


_DEEDS = {"report": _report, "escalate": _escalate, "task": _task}


def _facts(clock: Clock) -> dict[str, Any]:
    due = clock.due_at.isoformat(timespec="seconds")
    return {"clock": str(clock.id), "rule": clock.rule, "due": due}


def _name(case: Case, clock: Clock) -> str:
    return case_pack(case).clock_label(clock.rule, case.language)


def _height(member: Member) -> int:
    """The rung on which a member stands; -1 below the ladder."""
    return max((n for n, role in enumerate(LADDER) if role in member.roles), default=-1)


def _holder(case: Case, role: str) -> Member | None:
    """Who of that role is nearest: in the department of the case, else in one over it."""
    found = directory.members(case.organisation_id, role=Role(role))
    home = case.queue_id
    if case.owner_id:
        home = Member.objects.values_list("department_id", flat=True).get(id=case.owner_id)
    over = directory.over(case.organisation_id, home) if home else []
    near = {department: n for n, department in enumerate([home, *over])}
    return min(found, key=lambda one: near.get(one.department_id, len(near)), default=None)
