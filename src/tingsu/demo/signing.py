"""Where a pack wants a signature, the demo asks for it and the head signs. Calls actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tingsu.cases.actions import approve, move
from tingsu.cases.errors import NeedsApproval
from tingsu.cases.models import Approval, Case, Event
from tingsu.core.lifecycle import Move
from tingsu.people.actor import Actor
from tingsu.people.directory import organisation

BEFORE = timedelta(hours=2)  # the time that a signature usually takes
A_MINUTE = timedelta(minutes=1)


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
        move.move(case, by, at, to=Move.ACCEPT)
    except NeedsApproval as needed:
        approve.ask(case, by, at, planned=needed.planned)
    return 1
