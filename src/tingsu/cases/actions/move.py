"""The steps in between: screen, accept, investigate, negotiate, mediate, decide, execute, ask."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._guided import mood_first
from tingsu.cases._moves import moving
from tingsu.cases._rules import future, text_of
from tingsu.cases._screening import screened
from tingsu.cases._write import Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.core.text import clean
from tingsu.people.actor import Actor

# Moves that the pack may want signed, and as what (HA-18).
SIGNED = {Move.ACCEPT: "filing", Move.DECIDE: "decision"}
# Moves of the matter: a beginner takes them once the mood is done (HA-1).
MATTER = frozenset({Move.NEGOTIATE, Move.MEDIATE, Move.DECIDE, Move.EXECUTE, Move.ASK_CONFIRM})
PLAIN = frozenset(
    {
        Move.SCREEN,
        Move.ACCEPT,
        Move.INVESTIGATE,
        Move.NEGOTIATE,
        Move.MEDIATE,
        Move.DECIDE,
        Move.EXECUTE,
        Move.ASK_CONFIRM,
    }
)


def move(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    to: Move,
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Move the case one step. Raises Refusal when the step is not a plain one or not possible,
    NeedsApproval when the pack wants it signed."""
    if to not in PLAIN:
        raise Refusal(_("这一步有自己的表单。"), code="not_plain")
    said = clean(reason).strip()

    def plan(case: Case) -> Plan:
        step = moving(case, to, at, said, screened(case, to))
        if to in MATTER and not given:
            mood_first(case, by)
        if kind := SIGNED.get(to):
            told = {"to": to.value, "reason": said}
            step.entry.data |= signed(case, kind, by, step="move", told=told, given=given)
        return step.plan()

    return write(case, by, at, plan, expected=expected, key=key)


@carried("move")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    return move(case, by, at, to=Move(told["to"]), reason=told["reason"], given=given)


def ask_complete(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    missing: str,
    due_at: datetime | None,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Ask for missing material with a date (IN-6)."""
    said = text_of(missing, "missing", limit=2_000, ask=_("请写清楚还缺什么材料。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        data = {"due": due.isoformat(timespec="seconds")} | screened(case, Move.ASK_COMPLETE)
        return moving(case, Move.ASK_COMPLETE, at, said, data).plan(planned_at=due)

    return write(case, by, at, plan, expected=expected, key=key)


def refer(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    unit: str,
    due_at: datetime | None,
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Send down to a subordinate body, whose report is due on a date (SC-2)."""
    name = text_of(unit, "unit", limit=120, ask=_("请写明下转给哪个单位。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        data = {"unit": name, "due": due.isoformat(timespec="seconds")}
        data |= screened(case, Move.REFER)
        return moving(case, Move.REFER, at, clean(reason).strip(), data).plan(planned_at=due)

    return write(case, by, at, plan, expected=expected, key=key)
