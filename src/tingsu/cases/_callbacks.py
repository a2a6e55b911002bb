"""The plan of call-backs: its rows at the end of a case, who should call, when the next try is.

The rows are made here and not in the room ``followup``, because they are written in the very
transaction that ends the case, and ``cases`` alone writes that. Reads packs, members, CallBack
rows; builds rows and writes nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from tingsu.cases._clocks import Effect
from tingsu.cases._read import rows_of
from tingsu.cases._update import changing
from tingsu.cases.models import CallBack, Case
from tingsu.core import callback as rules
from tingsu.core import clock as clocks
from tingsu.core.clock import ClockRule, Span
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING
from tingsu.packs.handling import CallBack as Rule
from tingsu.packs.model import Labels
from tingsu.people.directory import members
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack


def planned(case: Case, happening: str, at: datetime) -> list[CallBack]:
    """The calls that an event brings this case, by the rules of the day of receipt; none that it
    has already in this round."""
    known = {one.rule for one in rows_of(CallBack, case_id=case.id, round=case.round)}
    clash = case.clash or bool(case.respondent_person_sealed)  # a named colleague is complained of
    facts = rules.Ended(clash, case.rating, case.severity)
    return [
        row_for(case, rule, at)
        for rule in _plan(case)
        if rule.event == happening and rule.id not in known and rules.wanted(rule.when, facts)
    ]


def again(case: Case, after: datetime) -> CallBack:
    """The call that follows when the customer was not content: by the pack's rule for that, or the
    first call of its plan, counted from when the matter should be mended."""
    plan = sorted(_plan(case), key=lambda rule: rule.when != "dissatisfied")
    return row_for(case, plan[0], after) if plan else by_hand(case, after, after)


def row_for(case: Case, rule: Rule, at: datetime) -> CallBack:
    """A call of the plan, due as the rule counts from an instant."""
    row = by_hand(case, due(case, rule.after, at), at, rule.labels)
    row.rule, row.post, row.caller_id = rule.id, dict(rule.caller), caller(case, rule)
    return row


def by_hand(case: Case, due_at: datetime, at: datetime, labels: Labels | None = None) -> CallBack:
    """A call that no rule asks for, for the owner."""
    return CallBack(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        round=case.round,
        labels=dict(labels or {}),
        caller_id=case.owner_id,
        planned_at=due_at,
        due_at=due_at,
        made_at=at,
    )


def caller(case: Case, rule: Rule) -> UUID | None:
    """Who holds the post that calls, those of the case's own department first; None when nobody
    does: then the call stands open under the name of the post."""
    if not (rule.posts or rule.role):
        return None if rule.caller else case.owner_id
    fitting = [
        one
        for one in members(case.organisation_id)
        if one.post in rule.posts or rule.role in one.roles
    ]
    near = [one for one in fitting if one.department_id == case.queue_id]
    return next((one.id for one in near or fitting), None)


def due(case: Case, after: Span, at: datetime) -> datetime:
    """When it is due, counted on the pack's calendar."""
    rule = ClockRule("callback", "closed", after.n, after.unit, date.min)
    return clocks.start(rule, at, calendar_of(case_pack(case))).due_at


def retry_at(case: Case, tries: int, at: datetime) -> datetime | None:
    """When to try again after nobody answered; None after the last try."""
    retry = HANDLING.of(case_pack(case)).retry(_arrived(case))
    if retry is None or rules.last_try(tries, retry.most):
        return None
    return due(case, retry.after, at)


def first_due(
    case: Case, *, without: Iterable[UUID] = (), also: Sequence[CallBack] = ()
) -> datetime | None:
    """The column of the case: when the next call is due."""
    gone = set(without)
    rows = [row for row in rows_of(CallBack, case_id=case.id, state="due") if row.id not in gone]
    return min((row.due_at for row in [*rows, *also]), default=None)


def void_all(case: Case, at: datetime) -> Effect:
    """The case is open again, or wants no calls: nobody need call. An effect of a plan."""
    return changing(CallBack, {"state": "void", "ended_at": at}, case_id=case.id, state="due")


def _plan(case: Case) -> tuple[Rule, ...]:
    return HANDLING.of(case_pack(case)).callbacks_on(_arrived(case))


def _arrived(case: Case) -> date:
    return calendar_of(case_pack(case)).day_of(case.received_at)
