"""Where a pack wants a signature, the demo asks for it and the head signs. Calls actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tingsu.cases.actions import approve, move, screen
from tingsu.cases.errors import NeedsApproval
from tingsu.cases.models import Approval, Case, Event
from tingsu.cases.queries import screening
from tingsu.core.lifecycle import Move
from tingsu.core.screening import Answer, Effect, Outcome
from tingsu.people.actor import Actor
from tingsu.people.directory import organisation

BEFORE = timedelta(hours=2)  # the time that a signature usually takes
A_MINUTE = timedelta(minutes=1)


def review_first(case: Case, by: Actor, at: datetime, to: str) -> None:
    """Where the pack demands the check list: it is answered so that it comes to this outcome."""
    if to not in tuple(Outcome) or not (screening.demanded(case) or _otherwise(case, to)):
        return
    wanted = Outcome(to)
    effect = {Outcome.COMPLETE: Effect.COMPLETE}.get(wanted) or next(
        (one for one in Effect if one.value == wanted.value), None
    )
    items = screening.checklist(case).items
    against = next((item.code for item in items if item.no is effect), "")
    answers = {
        item.code: {"answer": Answer.NO if item.code == against else Answer.YES} for item in items
    }
    screen.conclude(case, by, at, answers=answers, outcome=wanted)


def _otherwise(case: Case, to: str) -> bool:
    """Whether it was concluded otherwise before: what was missing has come in since."""
    last = screening.latest(case)
    fresh = case.state in ("received", "screening", "incomplete")
    return fresh and last is not None and last.outcome != to


def signed_off(case: Case, by: Actor, at: datetime, needed: NeedsApproval, head: Actor) -> Any:
    """The step, asked for some time before and signed at its own moment."""
    last = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
    asked = min(at, max(last + A_MINUTE, at - BEFORE))
    approve.ask(case, by, asked, planned=needed.planned)
    row = Approval.objects.get(case=case, state="waiting", kind=needed.planned.kind)
    return approve.approve(case, head, at, approval_id=row.id)


def put_up(cases: Iterable[Case], moment: datetime, most: int = 4) -> None:
    """A few cases of an authority wait for the head's signature when the demo is opened."""
    left = most
    for case in cases:
        fresh = case.owner_id and case.state in ("received", "screening")
        if left and fresh and organisation(case.organisation_id).kind == "authority":
            left -= _asked(case, Actor("member", case.owner_id), moment)


def _asked(case: Case, by: Actor, moment: datetime) -> int:
    last = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
    at = max(last + A_MINUTE, moment - BEFORE)
    if at > moment:
        return 0
    try:
        review_first(case, by, at, "accept")
        move.move(case, by, at, to=Move.ACCEPT)
    except NeedsApproval as needed:
        approve.ask(case, by, at, planned=needed.planned)
    return 1
