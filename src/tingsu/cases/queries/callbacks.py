"""Call-backs: what is to be called by whom, those of a case, the script. Reads case tables.

``access_call`` is the only door to one call: the right to record, and the reach over its case.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tingsu.cases._counted import counted
from tingsu.cases.models import CallBack, Case
from tingsu.cases.queries.access import access_case, reached
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING, Script
from tingsu.people.permission import Can, NotThere, Who
from tingsu.people.rulebook import case_pack

PAGE = 25
MOST_COUNTED = 999
LISTS = ("mine", "open", "late", "done")
"""Own ones; those that are for nobody in particular or for others in reach; late ones; over."""


@dataclass(frozen=True)
class Calls:
    """One page of calls, and where the next begins ("" at the end)."""

    rows: list[CallBack]
    following: str


def page(who: Who, which: str, now: datetime, *, after: str = "", size: int = PAGE) -> Calls:
    """The calls of a list: those that are due first, over ones newest first."""
    newest = which == "done"
    rows = _after(_list(who, which, now), after, newest)
    rows = rows.order_by("-due_at", "-id") if newest else rows.order_by("due_at", "id")
    found = list(rows.select_related("case__party", "case__owner", "caller")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Calls(found[:size], f"{last.due_at.isoformat()}~{last.id.hex}" if last else "")


def counts(who: Who, now: datetime) -> dict[str, int]:
    """How many are in each list but the last, counted up to MOST_COUNTED."""
    return counted({one: _list(who, one, now) for one in LISTS[:3]}, MOST_COUNTED + 1)


def due_before(who: Who, until: datetime) -> QuerySet[CallBack]:
    """Own calls to be made by a time, for the numbers of the desk."""
    return CallBack.objects.filter(caller_id=who.member_id, state="due", due_at__lt=until)


def of_case(case: Case) -> list[CallBack]:
    """All calls of a case, in the order of the plan."""
    rows = CallBack.objects.filter(case=case).select_related("caller", "ended_by", "made_by")
    return list(rows.order_by("planned_at", "id"))


def access_call(who: Who, call_id: UUID) -> CallBack:
    """One call and its case. Raises NotThere, or Forbidden without the right."""
    found = (
        CallBack.objects.filter(id=call_id, organisation_id=who.organisation_id)
        .select_related("caller", "ended_by")
        .first()
    )
    if found is None:
        raise NotThere
    found.case = access_case(who, found.case_id, Can.RECORD)
    return found


def script(call: CallBack) -> Script | None:
    """What the pack of the case says at this call, by the rules of the day of receipt."""
    pack = case_pack(call.case)
    arrived = calendar_of(pack).day_of(call.case.received_at)
    return HANDLING.of(pack).script(call.rule, arrived)


def tries_left(call: CallBack) -> int | None:
    """How many tries there are, this one included; None where the pack sets no number."""
    pack = case_pack(call.case)
    retry = HANDLING.of(pack).retry(calendar_of(pack).day_of(call.case.received_at))
    return max(1, retry.most - call.tries) if retry else None


def _list(who: Who, which: str, now: datetime) -> "QuerySet[CallBack]":
    rows = CallBack.objects.filter(organisation_id=who.organisation_id)
    if which == "mine":
        return rows.filter(state="due", caller_id=who.member_id)
    rows = rows.filter(case__in=reached(who, Can.RECORD).order_by())
    if which == "done":
        return rows.filter(state="done")
    rows = rows.filter(state="due")
    return rows.filter(due_at__lt=now) if which == "late" else rows


def _after(rows: "QuerySet[CallBack]", cursor: str, newest: bool) -> "QuerySet[CallBack]":
    """Rows behind the cursor; a cursor that somebody made up is simply the beginning."""
    try:
        stamp, last = cursor.split("~")
        at, last_id = datetime.fromisoformat(stamp), UUID(last)
    except ValueError:
        return rows
    if newest:
        return rows.filter(due_at__lte=at).filter(Q(due_at__lt=at) | Q(id__lt=last_id))
    return rows.filter(due_at__gte=at).filter(Q(due_at__gt=at) | Q(id__gt=last_id))
