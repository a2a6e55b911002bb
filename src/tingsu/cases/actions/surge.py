"""Look for matters of which suddenly many complain; a person has looked at one (IM-3). Reads cases,
writes surges alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from tingsu.cases.learned import rarity, text_of
from tingsu.cases.models import Case, Surge
from tingsu.core.lifecycle import State
from tingsu.mind.surge import Surge as Found
from tingsu.mind.surge import Told, surges
from tingsu.people.models import Organisation, new_id
from tingsu.people.permission import Who

BACK = timedelta(days=365)
MOST = 5_000  # newest cases that are looked through: five seconds of one core
LATELY = timedelta(minutes=70)  # without a new case since, there is nothing new to find
QUIET = timedelta(days=30)  # without another complaint it is over
GROWN = 1.5  # times the people since somebody looked: it is new again
SAME = 0.5  # of the smaller one's cases: the same matter found again
FIELDS = (
    "title", "narrative", "request", "product", "received_at", "party_id", "happened_where",
    "respondent_place", "respondent_unit", "pack", "organisation_id",
)  # fmt: skip


def waiting(at: datetime) -> list[UUID]:
    """Organisations with something new to look through."""
    fresh = Case.objects.filter(received_at__gt=at - LATELY).values("organisation_id")
    rows = Organisation.objects.filter(active=True, id__in=fresh)
    return list(rows.values_list("id", flat=True))


def look(organisation_id: UUID, at: datetime) -> list[Surge]:
    """Find what stands out now, keep it, and let go of what has become quiet."""
    cases = _newest(organisation_id, at)
    found: list[tuple[Found, list[Case]]] = []
    if cases:
        told = [Told(text_of(case), _day(case.received_at), _who(case)) for case in cases]
        alarms = surges(told, rarity(organisation_id, cases[-1].pack), _day(at))
        found = [(one, [cases[place] for place in one.members]) for one in alarms]
    with transaction.atomic():
        # Two workers may look at once: the second finds what the first has kept.
        Organisation.objects.select_for_update().get(id=organisation_id)
        known = Surge.objects.filter(organisation_id=organisation_id).exclude(state="over")
        known.filter(last_at__lte=at - QUIET).update(state="over")
        return [
            _kept(one, members, list(known), at)
            for one, members in found
            if members[-1].received_at > at - QUIET
        ]


def see(who: Who, row: Surge, at: datetime) -> None:
    """Somebody has looked at it."""
    mine = Surge.objects.filter(id=row.id, state="new")
    mine.update(state="seen", seen_by_id=who.member_id, seen_at=at, seen_people=row.people)


def _newest(organisation_id: UUID, at: datetime) -> list[Case]:
    rows = Case.objects.filter(
        organisation_id=organisation_id,
        received_at__gt=at - BACK,
        received_at__lte=at,
        anonymised_at__isnull=True,
    ).exclude(state=State.MERGED)
    return list(rows.only(*FIELDS).order_by("-received_at", "-id")[:MOST])[::-1]


def _kept(found: Found, members: Sequence[Case], known: Iterable[Surge], at: datetime) -> Surge:
    ids = [str(case.id) for case in members]
    row = next((one for one in known if _same(one.cases, ids)), None) or Surge(
        id=new_id(), organisation_id=members[0].organisation_id, state="new", found_at=at
    )
    row.cases, row.words = ids, list(found.words)
    row.people, row.days, row.usual = found.people, found.days, round(found.usual, 2)
    row.place = _common(case.happened_where or case.respondent_place for case in members)
    row.product = _common(case.product or case.respondent_unit for case in members)
    row.first_at, row.last_at = members[0].received_at, members[-1].received_at
    if row.state == "seen" and row.people >= row.seen_people * GROWN:
        row.state = "new"
    row.save()
    return row


def _same(before: Sequence[str], now: Sequence[str]) -> bool:
    both = len(set(before) & set(now))
    return both >= SAME * min(len(before), len(now))


def _common(values: Iterable[str]) -> str:
    """What at least a third of them name, if two do."""
    told = list(values)
    best = Counter(value for value in told if value).most_common(1)
    return best[0][0] if best and best[0][1] >= max(2, len(told) / 3) else ""


def _who(case: Case) -> str:
    """Whom nobody knows counts each time."""
    return str(case.party_id or case.id)


def _day(at: datetime) -> int:
    return localdate(at).toordinal()
