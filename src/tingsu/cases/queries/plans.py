"""Plans, offers and the negotiation of a case as its pages read them. Reads case tables; the bottom
line only for those who negotiate, and nowhere else is it opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases import offer_links
from tingsu.cases._consents import belongs
from tingsu.cases._plans import authority_of, costs_of, line_of, most_of, of_round, standing
from tingsu.cases._tactics import known as tactics
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Calculation, Case, Event, Letter, Offer, RemedyPlan
from tingsu.cases.queries.access import near
from tingsu.core.plans import Authority, OfferState, answerable, next_plan, why_not
from tingsu.people import absence
from tingsu.people.directory import members
from tingsu.people.permission import Can, NotThere, Who, may, reaches

__all__ = ["costs_of", "standing", "tactics"]

KINDS = (
    "plan_made", "plan_changed", "plan_dropped", "plan_consent", "negotiated", "plan_offered",
    "offer_accepted", "offer_refused", "offer_countered", "offer_talk", "offer_expired",
    "offer_withdrawn",
)  # fmt: skip
"""Entries that are the record of a negotiation (HA-17)."""
SHOWN = 200


@dataclass(frozen=True)
class Line:
    """How far we go. most: fen; None where it is words alone."""

    most: int | None
    words: str
    by: str
    at: datetime


def negotiates(who: Who, case: Case, at: datetime) -> bool:
    """Whether the member negotiates this case: its owner, who stands in for the owner, and those
    above them who decide. Reading along is not enough, nor is working in the same group."""
    if not may(who, Can.HANDLE) or not near(who, case, reaches(who, Can.HANDLE)):
        return False
    if case.owner_id == who.member_id:
        return True
    if may(who, Can.DECIDE) and near(who, case, reaches(who, Can.DECIDE)):
        return True
    away = absence.stands_in_for(who.organisation_id, who.member_id, at) if case.owner_id else []
    return any(one.id == case.owner_id for one in away)


def must_negotiate(who: Who, case: Case, at: datetime) -> None:
    """Raises Refusal for everybody else."""
    if not negotiates(who, case, at):
        words = _("方案由承办人或主管提出。请先接手这件投诉，或和他们商量。")
        raise Refusal(words, code="not_yours")


def line(who: Who, case: Case, at: datetime) -> Line | None:
    """How far we go, as it was set; None where nobody set it. Raises NotThere for those who do
    not negotiate: for them there is no such thing."""
    if not negotiates(who, case, at):
        raise NotThere
    row = line_of(case)
    if row is None:
        return None
    name = next((one.name for one in members(case.organisation_id) if one.id == row.set_by_id), "")
    return Line(most_of(row), row.words, name, row.set_at)


def plans(case: Case) -> list[RemedyPlan]:
    """Those of the present round in the order of offering; no query where there never was one."""
    return of_round(case)


def plan(case: Case, plan_id: UUID) -> RemedyPlan:
    """One of them. Raises NotThere."""
    found = RemedyPlan.objects.filter(case=case, id=plan_id).select_related("made_by").first()
    if found is None:
        raise NotThere
    return found


def why(row: RemedyPlan, case: Case, line: Line | None = None) -> str:
    """Why a plan cannot be offered now, as a code; "" where it can."""
    return why_not(standing(row), case.state, line=line.most if line else None)


def upcoming(rows: Sequence[RemedyPlan]) -> RemedyPlan | None:
    """The one to be offered next."""
    found = next_plan([standing(row) for row in rows])
    return next((row for row in rows if found and str(row.id) == found.id), None)


def authority(who: Who, case: Case, row: RemedyPlan) -> Authority:
    """What the member may give on this case, and what the plan would use."""
    return authority_of(case, who.member_id, row.goodwill)


def own_word(who: Who, case: Case, row: RemedyPlan) -> list[str]:
    """The codes of those for whom this member can speak."""
    me = next((one for one in members(case.organisation_id) if one.id == who.member_id), None)
    return [str(one["code"]) for one in row.consents if me and belongs(one, me)]


def offers(case: Case) -> list[Offer]:
    """All offers of the case, the newest first; no query where there never was a plan."""
    if not case.plans:
        return []
    rows = Offer.objects.filter(case_id=case.id).select_related("made_by", "heard_by", "plan")
    return list(rows.order_by("-made_at", "-id")[:SHOWN])


def offer(case: Case, offer_id: UUID) -> Offer:
    """One of them. Raises NotThere."""
    rows = Offer.objects.filter(case=case, id=offer_id).select_related("made_by", "plan")
    found = rows.first()
    if found is None:
        raise NotThere
    return found


def history(case: Case) -> list[Event]:
    """The record of the negotiation, oldest first (HA-17)."""
    if not case.plans and case.contacted_at is None:
        return []
    rows = Event.objects.filter(case=case, kind__in=KINDS).select_related("member")
    return list(rows.order_by("-seq")[:SHOWN])[::-1]


def newest_proposal(case: Case) -> Calculation | None:
    """The last remedy worked out, from which a first plan can be made."""
    if not case.remedied:
        return None
    return Calculation.objects.filter(case_id=case.id).order_by("-made_at", "-id").first()


@dataclass(frozen=True)
class Told:
    """An offer as its customer sees it. closed: why it takes no answer: expired | answered | ended;
    "" while it does."""

    offer: Offer
    closed: str


def told(case: Case, at: datetime) -> list[Told]:
    """What is or was offered to the customer in the present round, the newest first, without what
    can still be taken back; no query where there never was a plan."""
    if not case.plans:
        return []
    rows = Offer.objects.filter(case_id=case.id, plan__round=case.round).select_related("plan")
    held = Letter.objects.filter(case_id=case.id, kind=offer_links.KIND)
    waiting = held.filter(state="waiting", claimed_until__isnull=True, attempts=0)
    shown = rows.exclude(event_id__in=waiting.values("event_id")).exclude(state="withdrawn")
    return [Told(row, closed(case, row, at)) for row in shown.order_by("-made_at", "-id")[:SHOWN]]


def closed(case: Case, row: Offer, at: datetime) -> str:
    """Why the customer can no longer answer; "" while it is possible."""
    found = answerable(row.state, row.expires_at, at, heard=False)
    if found == "answered" and row.state in (OfferState.VOID, OfferState.WITHDRAWN):
        return "ended"
    return found or ("" if case.open else "ended")


def by_link(organisation_id: UUID, token: str) -> Offer:
    """The offer that a link of a letter opens, with its case. Raises NotThere."""
    found = offer_links.offer_behind(organisation_id, token)
    if found is None:
        raise NotThere
    return found
