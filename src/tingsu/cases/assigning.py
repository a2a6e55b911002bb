"""Who fits a case best, and why: the people of a department as the rules of sharing see them
(HA-13, TR-5). Reads people, packs and case tables; decides by ``core.assignment``."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from tingsu.cases._conflict import without_part
from tingsu.cases.models import Case
from tingsu.core.assignment import Candidate, Scored, Wanted, ranked
from tingsu.packs.sharing import SHARING
from tingsu.people import absence, directory
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of
from tingsu.people.rulebook import case_pack
from tingsu.people.shifts import on_shift

HARD = 3  # anger from which an open case is a hard one


def best(case: Case, at: datetime, *, within: Collection[UUID] | None = None) -> list[Scored]:
    """Who may take it, the best first. within: departments; None for the whole house. A fixed
    number of queries, however many people and cases there are."""
    pack = case_pack(case)
    rules = SHARING.of(pack).rules(pack.calendar.day_of(at))
    people = [
        one
        for one in without_part(case, directory.members(case.organisation_id))
        if _handles(one, case) and (within is None or one.department_id in within)
    ]
    return ranked(rules, _candidates(case, people, at), wanted_of(case))


def near(case: Case, at: datetime) -> list[Scored]:
    """The same among the people of the department in which it waits, where there are any."""
    house = case.organisation_id
    within = directory.branch_of(house, case.queue_id) if case.queue_id else None
    return best(case, at, within=within) or best(case, at)


def wanted_of(case: Case) -> Wanted:
    """What the case asks of whoever takes it."""
    place = case.party.address if case.party else ""
    language = case.party.language if case.party else case.language
    # Everybody here speaks the language of the house.
    foreign = "" if language.startswith("zh") else language
    region = f"{place}{case.happened_where}{case.respondent_place}"
    return Wanted(case.pack, case.category, foreign, region)


def loads(organisation_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Member -> open cases, and how many of them with an angry customer. One query."""
    rows = Case.objects.filter(organisation_id=organisation_id, open=True, owner__isnull=False)
    hard = Count("id", filter=Q(anger__gte=HARD))
    found = rows.order_by().values("owner_id").annotate(all=Count("id"), hard=hard)
    return {row["owner_id"]: (row["all"], row["hard"]) for row in found}


def _candidates(case: Case, people: list[Member], at: datetime) -> list[Candidate]:
    held, known = loads(case.organisation_id), _known(case)
    today = absence.local_day(case.organisation_id, at)
    away = {
        one.member_id
        for one in absence.absences(case.organisation_id, today)
        if one.from_on <= today
    }
    local = at.astimezone(ZoneInfo(directory.organisation(case.organisation_id).zone))
    found = []
    for one in people:
        load, hard = held.get(one.id, (0, 0))
        found.append(
            Candidate(
                id=one.id,
                name=one.name,
                skills=frozenset(one.skills),
                languages=frozenset(one.languages),
                regions=tuple(one.regions),
                on_shift=on_shift(one.shifts, local),
                away=one.id in away,
                load=load,
                room=one.room,
                hard=hard,
                received=one.id == case.received_by_id,
                known=one.id in known,
            )
        )
    return found


def _handles(member: Member, case: Case) -> bool:
    """Who handles cases by trade. Those who lead take over what goes up to them; a new case goes
    to them only when they took it down themselves."""
    rights = rights_of(Role(role) for role in member.roles)
    return Can.HANDLE in rights and (Can.ASSIGN not in rights or member.id == case.received_by_id)


def _known(case: Case) -> set[UUID]:
    """Who had an earlier complaint of the same customer."""
    if case.party_id is None:
        return set()
    rows = Case.objects.filter(party_id=case.party_id, owner__isnull=False).exclude(id=case.id)
    return set(rows.values_list("owner_id", flat=True)[:50])
