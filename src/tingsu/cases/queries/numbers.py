"""The numbers of the desk, all of them in one statement, each up to MOST_COUNTED."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tingsu.cases._counted import counted
from tingsu.cases.models import Case, Promise
from tingsu.cases.queries import approvals, callbacks, lists
from tingsu.people.permission import Can, Who, may


@dataclass(frozen=True)
class Numbers:
    """What waits in each queue, and what must be done by the end of the day; ``late`` is what
    should be done already."""

    queues: Mapping[str, int]
    due: int
    promises: int
    late: int
    for_head: int
    to_call: int
    to_sign: int


def numbers(who: Who, now: datetime, until: datetime) -> Numbers:
    """``until`` is the end of the local day."""
    queues = lists.waiting(who)
    today = _today(who, now, until)
    found = counted({**queues, **today}, lists.MOST_COUNTED + 1)
    rest = {name: found[name] for name in today}
    return Numbers(queues={code: found[code] for code in queues}, **_plain(rest))


def _today(who: Who, now: datetime, until: datetime) -> dict[str, QuerySet[Any]]:
    own = lists.queue_of(who, "mine")
    return {
        "today_due": own.filter(next_at__gte=now, next_at__lt=until),
        "today_promises": Promise.objects.filter(
            state="due", made_by_id=who.member_id, due_at__lt=until
        ),
        "today_late": own.filter(next_at__lt=now),
        "today_for_head": (
            lists.queue_of(who, "head") if may(who, Can.INSTRUCT) else Case.objects.none()
        ),
        "today_to_call": callbacks.due_before(who, until),
        "today_to_sign": approvals.waiting_for(who, now),
    }


def _plain(found: Mapping[str, int]) -> dict[str, int]:
    return {name.removeprefix("today_"): number for name, number in found.items()}
