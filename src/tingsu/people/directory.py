"""Reads people: the signed-in member, departments, who can be asked. Touches people tables only."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from tingsu.people import _raw
from tingsu.people.models import Department, HouseChange, Member, Organisation, User
from tingsu.people.permission import NotThere, Role, Who

# What ``as_who`` reads of a member: asked with every page and every call of a program.
OF_WHO = (
    "user_id", "organisation_id", "department_id", "name", "post", "roles", "beginner",
    "guide_hidden", "department__name",
)  # fmt: skip


def branch_of(organisation_id: UUID, department_id: UUID) -> frozenset[UUID]:
    """The department and everything below it."""
    return _below(_parents(organisation_id), department_id)


def _parents(organisation_id: UUID) -> dict[UUID, UUID | None]:
    """By hand: the tree is asked for with every page and every call of a program."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, parent_id FROM people_department WHERE organisation_id = %s",
            [_raw.key(organisation_id)],
        )
        return {_raw.uuid_of(own): _raw.uuid_of(parent) for own, parent in cursor.fetchall()}


def _below(parents: Mapping[UUID, UUID | None], department_id: UUID) -> frozenset[UUID]:
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for own, parent in parents.items():
        below[parent].append(own)
    found, todo = set(), [department_id]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo.extend(below[current])
    return frozenset(found)


def _above(parents: Mapping[UUID, UUID | None], department_id: UUID) -> frozenset[UUID]:
    found: set[UUID] = set()
    current = parents.get(department_id)
    while current and current not in found:
        found.add(current)
        current = parents.get(current)
    return frozenset(found)


def over(organisation_id: UUID, department_id: UUID) -> list[UUID]:
    """The departments over one, the nearest first."""
    parents = _parents(organisation_id)
    found: list[UUID] = []
    at = parents.get(department_id)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def who_is(user_id: UUID, organisation_id: UUID | str | None = None) -> Who | None:
    """The active membership of a user: in the named organisation, else the first one."""
    rows = memberships(user_id)
    chosen = [row for row in rows if str(row.organisation_id) == str(organisation_id)]
    return as_who((chosen or rows)[0], len(rows)) if rows else None


def memberships(user_id: UUID) -> list[Member]:
    """Where a person may work, oldest first."""
    rows = Member.objects.filter(user_id=user_id, active=True, organisation__active=True)
    rows = rows.select_related("department", "organisation").order_by("created_at", "id")
    return list(rows.only(*OF_WHO, "organisation__name"))


def as_who(member: Member, houses: int = 1) -> Who:
    """The member as the rest of the house sees them."""
    parents = _parents(member.organisation_id)
    return Who(
        member_id=member.id,
        user_id=member.user_id,
        organisation_id=member.organisation_id,
        department_id=member.department_id,
        branch=_below(parents, member.department_id),
        above=_above(parents, member.department_id),
        name=member.name,
        post=member.post,
        department_name=member.department.name,
        roles=frozenset(Role(role) for role in member.roles),
        houses=houses,
        beginner=member.beginner,
        guide_hidden=member.guide_hidden,
    )


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation, kept for half a minute: every page needs it and it hardly changes."""
    key = f"organisation:{organisation_id}"
    found: Organisation | None = cache.get(key)
    if found is None:
        found = Organisation.objects.get(id=organisation_id)
        cache.set(key, found, 30)
    return found


def organisation_by_slug(slug: str, *, taking_in: bool = True) -> Organisation:
    """The organisation behind a public address, kept for half a minute. Raises NotThere.

    taking_in: for its welcome and its form. One that takes in nothing new any more still answers
    those who have a case there.
    """
    key = f"organisation-by-slug:{slug}"
    found: Organisation | None = cache.get(key)
    if found is None:
        found = Organisation.objects.filter(slug=slug, active=True).first()
        cache.set(key, found, 30)
    if not found or (taking_in and not found.open_to_public):
        raise NotThere
    return found


def public_organisations() -> list[Organisation]:
    return list(Organisation.objects.filter(active=True, open_to_public=True).order_by("name"))


def departments(organisation_id: UUID) -> list[Department]:
    """All active departments in tree order (parents before children)."""
    rows = list(Department.objects.filter(organisation_id=organisation_id, active=True))
    below: dict[UUID | None, list[Department]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    ordered: list[Department] = []

    def walk(parent: UUID | None, depth: int) -> None:
        for row in below[parent]:
            row.depth = depth  # type: ignore[attr-defined]
            ordered.append(row)
            walk(row.id, depth + 1)

    walk(None, 0)
    return ordered


def department(organisation_id: UUID, department_id: UUID) -> Department:
    """A department of the own organisation. Raises NotThere."""
    found = Department.objects.filter(organisation_id=organisation_id, id=department_id).first()
    if not found:
        raise NotThere
    return found


def member(organisation_id: UUID, member_id: UUID) -> Member:
    """A member of the own organisation. Raises NotThere."""
    found = (
        Member.objects.filter(organisation_id=organisation_id, id=member_id)
        .select_related("department", "user")
        .first()
    )
    if not found:
        raise NotThere
    return found


def members(organisation_id: UUID, *, role: Role | None = None) -> list[Member]:
    """Active members, those with the role if one is named. Organisations have hundreds, not
    millions, so the role is picked here and not in two dialects of JSON."""
    rows = Member.objects.filter(organisation_id=organisation_id, active=True).select_related(
        "department"
    )
    return [row for row in rows if role is None or role in row.roles]


def names(member_ids: set[UUID]) -> dict[UUID, str]:
    """Names for the timeline, one query for the whole page."""
    return dict(Member.objects.filter(id__in=member_ids).values_list("id", "name"))


def intake_department(organisation_id: UUID) -> Department:
    """Where new complaints wait, kept for half a minute like the organisation: every complaint
    asks. Raises NotThere when the organisation has no department."""
    key = f"intake:{organisation_id}"
    found: Department | None = cache.get(key)
    if found is None:
        rows = Department.objects.filter(organisation_id=organisation_id, active=True)
        found = rows.order_by("-intake", "order", "name").first()
        cache.set(key, found, 30)
    if not found:
        raise NotThere
    return found


def everybody(organisation_id: UUID, *, active: bool = True) -> list[Member]:
    """For the administrator: all members, or all that were switched off, by department."""
    rows = Member.objects.filter(organisation_id=organisation_id, active=active)
    found = list(rows.select_related("department", "user").order_by("name"))
    place = {row.id: at for at, row in enumerate(departments(organisation_id))}
    return sorted(found, key=lambda row: place.get(row.department_id, len(place)))


def with_second_factor(user_ids: Collection[UUID]) -> set[UUID]:
    """Which of these accounts have one (an authenticator app or a key)."""
    rows = Authenticator.objects.filter(user_id__in=user_ids)
    found = rows.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True)
    return set(found)


def closed_departments(organisation_id: UUID) -> list[Department]:
    """Those that were switched off."""
    rows = Department.objects.filter(organisation_id=organisation_id, active=False)
    return list(rows.order_by("name"))


def heads_per_department(organisation_id: UUID) -> dict[UUID, int]:
    """Department -> how many active members work there."""
    rows = Member.objects.filter(organisation_id=organisation_id, active=True)
    return dict(rows.values_list("department_id").annotate(Count("id")).order_by())


def changes(who: Who, *, before: UUID | None = None, size: int = 50) -> list[HouseChange]:
    """变更记录 for the auditor, newest first; ``before``: the last id of the page before."""
    rows = HouseChange.objects.filter(organisation_id=who.organisation_id)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.select_related("member").order_by("-id")[:size])


def account(user_id: UUID) -> User:
    """The account behind a member."""
    return User.objects.get(id=user_id)
