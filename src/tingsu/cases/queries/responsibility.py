"""The register of responsibility: of a case, of a department, of the house. Reads case tables.

Who may read all cases sees the whole register; everybody else what is said of the own departments.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases.models import Case, Responsibility
from tingsu.people.permission import Can, NotThere, Reach, Who, may, reaches

PAGE = 25
JOINS = ("department", "member", "named_by", "answered_by", "settled_by")


@dataclass(frozen=True)
class Register:
    """One page, and where the next begins ("" at the end)."""

    rows: list[Responsibility]
    following: str


def of_case(case: Case) -> list[Responsibility]:
    """All that was said on a case, the newest first."""
    return list(Responsibility.objects.filter(case=case).select_related(*JOINS).order_by("-id"))


def register(
    who: Who,
    *,
    kind: str = "",
    state: str = "",
    department: UUID | None = None,
    after: str = "",
    size: int = PAGE,
) -> Register:
    """The newest first; costs the same for any number of them."""
    rows = _within(who)
    wanted = {"kind": kind, "state": state, "department_id": department}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if last := _id(after):
        rows = rows.filter(id__lt=last)
    found = list(rows.select_related("case__party", *JOINS).order_by("-id")[: size + 1])
    more = len(found) > size
    return Register(found[:size], found[size - 1].id.hex if more else "")


def access(who: Who, row_id: UUID) -> Responsibility:
    """One that is said of the own department, to answer it. Raises NotThere."""
    rows = Responsibility.objects.select_related("case__party", *JOINS)
    own = {"organisation_id": who.organisation_id, "department_id__in": who.branch}
    found = rows.filter(id=row_id, **own).first() if may(who, Can.ANSWER) else None
    if found is None:
        raise NotThere
    return found


def answers(who: Who, row: Responsibility) -> bool:
    """Whether this member may answer for the unit."""
    return row.state == "named" and may(who, Can.ANSWER) and row.department_id in who.branch


def whole(who: Who) -> bool:
    """Whether this member sees what is said of everybody."""
    return Reach.ALL in reaches(who, Can.READ)


def _within(who: Who) -> QuerySet[Responsibility]:
    rows = Responsibility.objects.filter(organisation_id=who.organisation_id)
    return rows if whole(who) else rows.filter(department_id__in=who.branch)


def _id(cursor: str) -> UUID | None:
    try:
        return UUID(cursor)
    except ValueError:
        return None
