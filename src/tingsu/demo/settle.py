"""Organisations, departments and members of the demo, as rows. Touches people tables only."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from tingsu.demo import password
from tingsu.demo.staff import House
from tingsu.people.actor import Actor, acting
from tingsu.people.directory import as_who
from tingsu.people.models import Department, Member, Organisation, User

LINK = " › "


@dataclass(frozen=True)
class Home:
    """The rows of one organisation, by the names that the stories use."""

    organisation: Organisation
    departments: dict[str, Department]
    members: dict[str, Member]
    actors: dict[str, Actor]


def settle(house: House, sealed: str) -> Home:
    """Make one organisation. sealed: the encoded password, the same for every demo member."""
    row = house.row
    organisation = Organisation.objects.create(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        pack=row["pack"],
        packs=row["packs"],
        number_prefix=row["prefix"],
        contact_department=row["contact_department"],
        contact_person=row["contact_person"],
        contact_phone=row["phone"],
        address=row["address"],
        outside_bodies=row["outside"],
    )
    departments = _departments(organisation, row)
    members = {
        one["user"]: _member(organisation, departments, one, row, sealed) for one in row["member"]
    }
    actors = {user: acting(as_who(member)) for user, member in members.items()}
    return Home(organisation, departments, members, actors)


def sealed_password() -> str:
    """Encoded once: a good hash is slow on purpose, and here all share one word."""
    return make_password(password())


def _departments(organisation: Organisation, row: dict[str, Any]) -> dict[str, Department]:
    made: dict[str, Department] = {}
    for order, path in enumerate(row["departments"]):
        above, _link, name = path.rpartition(LINK)
        made[name] = Department.objects.create(
            organisation=organisation,
            parent=made[above] if above else None,
            name=name,
            order=order,
            phone=row["phone"],
            intake=name == row["intake"],
        )
    return made


def _member(
    organisation: Organisation,
    departments: dict[str, Department],
    one: dict[str, Any],
    row: dict[str, Any],
    sealed: str,
) -> Member:
    user = User.objects.create(username=one["user"], password=sealed)
    return Member.objects.create(
        user=user,
        organisation=organisation,
        department=departments[one["department"]],
        name=one["name"],
        post=one["post"],
        phone=row["phone"],
        roles=one["roles"],
        skills=list(row["groups"].get(one["department"], ())),
        languages=["en"] if len(one["user"]) % 3 == 0 else [],
        shifts=["mon-fri 08:30-17:30"] if "handler" in one["roles"] else [],
    )
