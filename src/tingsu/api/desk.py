"""The own desk: who am I, what waits, what is new; members and departments of the house."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.lines import Named, readable
from tingsu.api.place import Place
from tingsu.api.shapes import Instant, Out
from tingsu.cases.queries import lists
from tingsu.cases.queries.numbers import numbers
from tingsu.people import directory
from tingsu.people.permission import Can

place = Place("desk")


class Me(Out):
    """Whom the token speaks for, and what it may."""

    member: Named
    department: Named
    organisation: Named
    roles: list[str]
    rights: list[str]


@place.get("/me", Can.DESK, _l("我是谁、能做什么"), Me)
def me(request: Call) -> Any:
    """Rights are those of the token, not of the person."""
    who = request.auth.who
    house = directory.organisation(who.organisation_id)
    return {
        "member": {"id": who.member_id, "name": who.name},
        "department": {"id": who.department_id, "name": who.department_name},
        "organisation": {"id": house.id, "name": house.name},
        "roles": sorted(who.roles),
        "rights": sorted(who.rights),
    }


class Desk(Out):
    """Counts stop at 1,000. Queues are values of ``queue`` in the list of cases."""

    due: int
    promises: int
    late: int
    for_head: int
    queues: dict[str, int]


@place.get("/desk", Can.DESK, _l("我的工作台"), Desk)
def desk(request: Call) -> Any:
    """What must be done by the end of the local day, and what waits in each queue."""
    who, at = request.auth.who, request.auth.at
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return numbers(who, at, midnight + timedelta(days=1))


class New(Out):
    """Something that others did on an own case."""

    case_id: UUID
    number: str
    seq: int
    at: Instant
    kind: str
    text: str


class News(Out):
    """Newest first, of the last week."""

    news: list[New]


@place.get("/news", Can.DESK, _l("自己的投诉上有什么新的变化"), News)
def news(request: Call) -> Any:
    """Customers who wrote, clocks that ran out, answers of departments."""
    who = request.auth.who
    rows = lists.news(who, request.auth.at)
    return {
        "news": [
            {
                "case_id": row.case_id,
                "number": row.case.number,
                "text": readable(who, row.case, row.text),
                **{name: getattr(row, name) for name in ("seq", "at", "kind")},
            }
            for row in rows
        ]
    }


class Member(Out):
    """A colleague."""

    id: UUID
    name: str
    post: str
    department: Named
    roles: list[str]


class Members(Out):
    """Active ones."""

    members: list[Member]


@place.get("/members", Can.RECORD, _l("成员"), Members)
def members(request: Call) -> Any:
    """Who can be given a case or asked for something."""
    return {"members": directory.members(request.auth.who.organisation_id)}


class Department(Out):
    """A department; ``intake``: new complaints wait here."""

    id: UUID
    name: str
    parent_id: UUID | None
    intake: bool


class Departments(Out):
    """In tree order, parents first."""

    departments: list[Department]


@place.get("/departments", Can.DESK, _l("部门"), Departments)
def departments(request: Call) -> Any:
    """Active ones."""
    return {"departments": directory.departments(request.auth.who.organisation_id)}
