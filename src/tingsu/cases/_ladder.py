"""Up the ladder by rule: what follows when a clock has run out (HA-10, HA-14). Reads people and
packs; builds entries and rows, writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tingsu.cases import _handover as handover
from tingsu.cases._reminding import remind_at
from tingsu.cases._write import Entry
from tingsu.cases.models import Case, Clock, Handover, Responsibility, Task
from tingsu.core.escalation import Level
from tingsu.core.overdue import LADDER, Step, later, ready
from tingsu.packs.overdue import OVERDUE
from tingsu.people.models import Member, new_id
from tingsu.people.rulebook import case_pack


@dataclass
class Follows:
    """What a breach brings now, and when it brings more."""

    done: int
    next: datetime | None
    entries: list[Entry] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    effects: list[Callable[[], object]] = field(default_factory=list)
    asked: Handover | None = None  # to take over, by an earlier step of the same look

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


def _report(found: Follows, case: Case, clock: Clock, _step: Step, at: datetime) -> None:
    """Who answered for it when it ran out, for the reports and the register (HA-13)."""
    data = _facts(clock) | {"owner": str(case.owner_id or ""), "queue": str(case.queue_id or "")}
    found.entries.append(Entry("breach_reported", data=data))
    department = case.queue_id
    if case.owner_id:
        own = Member.objects.values_list("department_id", flat=True)
        department = own.get(id=case.owner_id)
    if department and clock.explanation["rule"].get("duty", "house") == "house":
        found.rows.append(_late(case, clock, department, at))


def _late(case: Case, clock: Clock, department: Any, at: datetime) -> Responsibility:
    words = _("时限「%(name)s」到期时由其承办。") % {"name": _name(case, clock)}
    return Responsibility(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        kind="lateness",
        department_id=department,
        member_id=case.owner_id,
        clock_id=clock.id,
        reason=words,
        named_at=at,
    )


def _escalate(found: Follows, case: Case, clock: Clock, step: Step, at: datetime) -> None:
    """The next rung is asked to take over, unless somebody of that height or above has it or was
    asked already."""
    levels = handover.levels_of(case)
    level = next((one for one in levels if one.role == step.to), None)
    if level is None:
        level = Level(step.to, LADDER.index(step.to) + 1, step.to, handover.A_DAY)
    waiting = found.asked or handover.waiting_of(case)
    owner = Member.objects.get(id=case.owner_id) if case.owner_id else None
    if level.rung <= max(handover.height(levels, owner), waiting.rung if waiting else 0):
        return
    words = _("时限「%(name)s」已过，按规定由上一级接着办。") % {"name": _name(case, clock)}
    asked = handover.to_level(
        case, level, at, cause=f"clock:{clock.id.hex}:{level.rung}", reason=words,
        waiting=waiting, told={"rule": clock.rule},
    )  # fmt: skip
    if asked:
        found.entries += asked.entries
        found.changes |= asked.changes
        found.effects += asked.effects
        found.asked = asked.row


def _task(found: Follows, case: Case, clock: Clock, step: Step, at: datetime) -> None:
    """Somebody above is asked to see to it, with a date."""
    somebody = handover.holder(case, step.to, at)
    if somebody is None or step.within is None:
        return
    to = somebody[0]
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
        remind_at=remind_at(case, due, at),
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
