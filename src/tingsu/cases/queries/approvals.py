"""What waits for whose signature: the inbox, one request, those of a case. Reads case tables.

``access_approval`` is the only door to a request: the role whose turn it is, and the reach of the
member who signs, or of the absent one for whom a deputy signs.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tingsu.cases._approvals import demand, signs_by_habit
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Approval, Case, Signature
from tingsu.cases.queries.access import reached
from tingsu.people.absence import stands_in_for
from tingsu.people.directory import as_who
from tingsu.people.permission import Can, Forbidden, NotThere, Reach, Who, may, reaches

__all__ = ["signs_by_habit"]  # whether a case has a part for signatures at all
PAGE = 25
MOST_COUNTED = 999


@dataclass(frozen=True)
class Standing:
    """In whose right somebody signs: the own, or that of an absent member (代)."""

    who: Who
    in_place_of: UUID | None = None

    @property
    def name(self) -> str:
        """The absent member's name, "" in the own right."""
        return self.who.name if self.in_place_of else ""


@dataclass(frozen=True)
class Inbox:
    """One page of requests, and where the next begins ("" at the end)."""

    rows: list[Approval]
    following: str


def standings(who: Who, at: datetime) -> list[Standing]:
    """The own right first, then those of the absent members for whom this one stands in."""
    absent = stands_in_for(who.organisation_id, who.member_id, at)
    found = [Standing(who), *(Standing(as_who(one), one.id) for one in absent)]
    return [one for one in found if may(one.who, Can.APPROVE)]


def inbox(who: Who, at: datetime, *, after: str = "", size: int = PAGE) -> Inbox:
    """What waits for this member, the oldest due first."""
    rows = _after(_for(who, at), after).order_by("due_at", "id")
    found = list(rows.select_related("case__party", "asked_by")[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    return Inbox(found[:size], f"{last.due_at.isoformat()}~{last.id.hex}" if last else "")


def waiting_for(who: Who, at: datetime) -> QuerySet[Approval]:
    """Those that wait for this member's signature, for the numbers of the desk."""
    return _for(who, at) if may(who, Can.APPROVE) else Approval.objects.none()


def access_approval(who: Who | None, approval_id: UUID, at: datetime) -> tuple[Approval, Standing]:
    """A request that this member may sign or return. Raises Forbidden or NotThere."""
    if who is None or not may(who, Can.APPROVE):
        raise Forbidden(Can.APPROVE)
    rows = Approval.objects.select_related("case__party", "case__owner", "asked_by")
    for standing in standings(who, at):
        mine = rows.filter(_q(standing), id=approval_id, organisation_id=who.organisation_id)
        if found := mine.first():
            return found, standing
    raise NotThere


def stages_of(who: Who, case: Case, kind: str) -> tuple[str, ...]:
    """The roles that must sign before this member's step counts; () for none. Where the rule wants
    another person to ask, the step itself says so."""
    try:
        wanted = demand(case, kind, [role.value for role in who.roles])
    except Refusal:
        return ()
    return wanted.stages if wanted else ()


def of_case(case: Case) -> list[Approval]:
    """All requests of a case, the newest first, with their signatures."""
    rows = Approval.objects.filter(case=case).select_related("asked_by")
    signatures = "signatures__member", "signatures__in_place_of"
    return list(rows.prefetch_related(*signatures).order_by("-asked_at", "-id"))


def waiting_of(case: Case) -> list[Approval]:
    """Those that still wait. No query for a case that waits for nobody."""
    if not case.approvals_waiting:
        return []
    rows = Approval.objects.filter(case=case, state="waiting").select_related("asked_by")
    return list(rows.order_by("due_at", "id"))


def signatures(row: Approval) -> list[Signature]:
    """What was signed so far, in order."""
    rows = Signature.objects.filter(approval=row).select_related("member", "in_place_of")
    return list(rows.order_by("at", "id"))


def mine_among(who: Who, case: Case, at: datetime) -> set[UUID]:
    """Which requests of a case wait for this member's signature."""
    if not case.approvals_waiting or not may(who, Can.APPROVE):
        return set()
    return set(_for(who, at).filter(case=case).values_list("id", flat=True))


def _for(who: Who, at: datetime) -> QuerySet[Approval]:
    right = Q(pk__in=[])
    for standing in standings(who, at):
        right |= _q(standing)
    own = Signature.objects.filter(approval=OuterRef("pk"), member_id=who.member_id)
    rows = Approval.objects.filter(organisation_id=who.organisation_id, state="waiting")
    return rows.filter(right).exclude(asked_by_id=who.member_id).exclude(Exists(own))


def _q(standing: Standing) -> Q:
    """The requests whose turn is this role's, on cases within its reach."""
    mine = Q(role__in=[role.value for role in standing.who.roles])
    if Reach.ALL in reaches(standing.who, Can.APPROVE):
        return mine
    near = reached(standing.who, Can.APPROVE).filter(id=OuterRef("case_id"))
    return mine & Q(Exists(near))


def _after(rows: QuerySet[Approval], cursor: str) -> QuerySet[Approval]:
    """Rows behind the cursor; a cursor that somebody made up is simply the beginning."""
    try:
        stamp, last = cursor.split("~")
        at, last_id = datetime.fromisoformat(stamp), UUID(last)
    except ValueError:
        return rows
    return rows.filter(due_at__gte=at).filter(Q(due_at__gt=at) | Q(id__gt=last_id))
