"""Complainants: recognised by number, found by name, with their cases and promises (IN-3, IN-8,
HA-2, SC-7)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from tingsu.cases import search as index
from tingsu.cases._parties import ids_with
from tingsu.cases._sealed import vault
from tingsu.cases.models import Case, Look, Party, Promise, WatchEntry
from tingsu.cases.queries.access import reached
from tingsu.core.lifecycle import State
from tingsu.core.text import normalise, query_runs
from tingsu.people.permission import Can, NotThere, Who

PAGE = 50
FRESH_DAYS = 90  # a case this young may be the same matter even when it is over (IN-8)
MOST_READ = 1_000  # hits that a search by name looks through


def by_phone(who: Who, typed: str) -> list[Party]:
    """Everybody of the own organisation with this number, exact, over the blind index."""
    return _newest_of(ids_with("phone_index", who.organisation_id, vault().phone_lookups(typed)))


def by_email(who: Who, typed: str) -> list[Party]:
    """The same for a mail address."""
    return _newest_of(ids_with("email_index", who.organisation_id, vault().email_lookups(typed)))


def _newest_of(ids: list[UUID]) -> list[Party]:
    return list(Party.objects.filter(id__in=ids[-20:]).order_by("-id")) if ids else []


def newest(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Party]:
    """The register, newest first; ``before`` is the last id of the page before."""
    rows = Party.objects.filter(organisation_id=who.organisation_id, erased_at__isnull=True)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:size])


@dataclass(frozen=True)
class Known:
    """A person behind a number, with all that helps in the first minute of a talk (HA-2)."""

    party: Party
    cases: list[Case] = field(default_factory=list)  # newest first
    promises: list[Promise] = field(default_factory=list)  # still due, by due time
    watch: list[WatchEntry] = field(default_factory=list)  # approved and in force


@dataclass(frozen=True)
class Record:
    """How promises to one complainant went: counts by outcome."""

    due: int
    kept: int
    broken: int


@dataclass(frozen=True)
class Listed:
    """A line of the register."""

    party: Party
    cases: int
    last: datetime | None


def recognised(
    who: Who, phone: str, email: str, today: date, *, named: UUID | None = None
) -> list[Known]:
    """Everybody behind a number or an address, in as many queries for one as for many. named:
    somebody who was chosen already, shown while no number is there."""
    people = {p.id: p for p in [*by_phone(who, phone), *by_email(who, email)]}
    if named and not (phone.strip() or email.strip()):
        own = Party.objects.filter(organisation_id=who.organisation_id, erased_at__isnull=True)
        people = {p.id: p for p in own.filter(id=named)}
    if not people:
        return []
    known = {key: Known(party) for key, party in people.items()}
    for case in cases_of(list(people.values())):
        known[_sure(case.party_id)].cases.append(case)
    due = Promise.objects.filter(case__party_id__in=people, state="due", case__open=True)
    for promise in due.select_related("case", "made_by").order_by("due_at", "id")[:PAGE]:
        known[_sure(promise.case.party_id)].promises.append(promise)
    for entry in _in_force(people, today):
        known[entry.party_id].watch.append(entry)
    return list(known.values())


def likely_same(known: Iterable[Known], at: datetime, days: int = FRESH_DAYS) -> list[Case]:
    """Open or fresh cases of these people, of which the new one may be the same matter (IN-8)."""
    since = at - timedelta(days=days)
    return [
        case
        for person in known
        for case in person.cases
        if case.state != State.MERGED and (case.open or case.received_at >= since)
    ]


def openable(who: Who, cases: Iterable[Case], right: Can = Can.READ) -> set[UUID]:
    """Which of these cases the member may open, or do this with."""
    ids = [case.id for case in cases]
    rows = reached(who, right).filter(id__in=ids) if ids else None
    return set(rows.values_list("id", flat=True)) if rows is not None else set()


def one_of_the_house(who: Who, case_id: UUID) -> Case:
    """A case that stood in the panel of a recognised caller, to be tied to the new one: the tie
    shows nothing of it, so that reach is not asked. Raises NotThere."""
    found = Case.objects.filter(organisation_id=who.organisation_id, id=case_id).first()
    if found is None:
        raise NotThere
    return found


def register(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Listed]:
    """The register, newest first, with how often each complained; ``before`` as in ``newest``."""
    return listed(newest(who, before=before, size=size))


def listed(parties: list[Party]) -> list[Listed]:
    """Lines of the register for these people, in their order."""
    rows = Case.objects.filter(party_id__in=[party.id for party in parties])
    told = {
        party_id: (number, last)
        for party_id, number, last in rows.values_list("party_id")
        .annotate(Count("id"), Max("received_at"))
        .order_by()
    }
    return [Listed(party, *told.get(party.id, (0, None))) for party in parties]


def by_name(who: Who, part: str, most: int = PAGE) -> list[Party]:
    """Those whose name holds the part, newest talk first: over the name tokens of their cases,
    then looked at in clear, since what was said is found by the same search."""
    runs = query_runs(part)
    found: dict[UUID, Party] = {}
    cursor, read = None, 0
    while runs and len(found) < most and read < MOST_READ:
        hits = index.find(who.organisation_id, part, limit=index.MOST_HITS, before=cursor)
        read += len(hits)
        for party in _behind([hit.case_id for hit in hits]):
            name = normalise(party.name)
            if all(run in name for run in runs):
                found.setdefault(party.id, party)
        if len(hits) < index.MOST_HITS:
            break
        cursor = hits[-1].cursor
    return list(found.values())[:most]


def household(who: Who, party: Party) -> list[Party]:
    """Others with the same number."""
    return [other for other in by_phone(who, party.phone) if other.id != party.id]


def promise_record(party: Party) -> Record:
    """Promises to this person by outcome (HA-7); moved ones count where they ended."""
    rows = Promise.objects.filter(case__party_id=party.id)
    told = rows.aggregate(
        **{state: Count("id", filter=Q(state=state)) for state in ("due", "kept", "broken")}
    )
    return Record(**told)


def watch_of(party: Party, today: date) -> list[WatchEntry]:
    """Entries in force and proposals that wait, newest first."""
    rows = WatchEntry.objects.filter(
        party_id=party.id, ended_at__isnull=True, expires_on__gte=today
    )
    return list(rows.select_related("proposed_by", "approved_by").order_by("-proposed_at", "-id"))


def case_to_look_through(who: Who, party: Party) -> Case | None:
    """The newest case of the person that this member works on: a look is written there (PL-2)."""
    rows = reached(who, Can.UNMASK).filter(party_id=party.id)
    return rows.order_by("-received_at", "-id").first()


def _behind(case_ids: list[UUID]) -> list[Party]:
    rows = Case.objects.filter(id__in=case_ids, party__erased_at__isnull=True)
    by_case = {case.id: case.party for case in rows.select_related("party") if case.party}
    return [by_case[case_id] for case_id in case_ids if case_id in by_case]


def _in_force(parties: Collection[UUID], today: date) -> list[WatchEntry]:
    return list(
        WatchEntry.objects.filter(
            party_id__in=parties,
            approved_at__isnull=False,
            ended_at__isnull=True,
            expires_on__gte=today,
        )
    )


def _sure(value: UUID | None) -> UUID:
    if value is None:
        raise TypeError("a case found by its party has one")
    return value


def cases_of(parties: list[Party], most: int = 50) -> list[Case]:
    """What these people complained of, newest first. For the recognition of a caller the brief
    line is shown whatever the reader's reach; opening goes through ``access_case``."""
    rows = Case.objects.filter(party_id__in=[party.id for party in parties])
    return list(rows.select_related("owner", "queue").order_by("-received_at", "-id")[:most])


def looks(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Look]:
    """Who looked at personal data, newest first, for the auditor."""
    rows = Look.objects.filter(organisation_id=who.organisation_id)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.select_related("member", "party").order_by("-id")[:size])
