"""A case as one line, the same wherever the API lists cases; names as the caller may read them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tingsu.api.shapes import Instant, Out
from tingsu.cases.queries import file
from tingsu.core.masking import mask_name
from tingsu.people.permission import Can, Who, may


class Named(Out):
    """A member or a department."""

    id: UUID
    name: str


class Line(Out):
    """A case in a list."""

    id: UUID
    number: str
    title: str
    state: str
    open: bool
    version: int
    pack: str
    category: str
    channel: str
    nature: str
    severity: str
    complainant: str
    owner: Named | None
    department: Named | None
    received_at: Instant
    next_at: Instant | None
    next_kind: str


class Lines(Out):
    """A page of cases. ``following``: hand it back as ``after``; null at the end."""

    cases: list[Line]
    following: str | None


def line(who: Who, case: Any) -> dict[str, Any]:
    """One case."""
    name = case.party.name if case.party else ""
    return {
        "title": readable(who, case, case.title),
        "complainant": name if may(who, Can.UNMASK) else mask_name(name),
        "owner": named(case.owner),
        "department": named(case.queue),
        **{field: getattr(case, field) for field in PLAIN},
    }


PLAIN = (
    "id number state open version pack category channel nature severity received_at next_at"
    " next_kind"
).split()


def lines(who: Who, cases: Iterable[Any]) -> list[dict[str, Any]]:
    """Several."""
    return [line(who, case) for case in cases]


def named(row: Any) -> dict[str, Any] | None:
    """A member or a department, None for nobody."""
    return {"id": row.id, "name": row.name} if row else None


def readable(who: Who, case: Any, text: str) -> str:
    """A free text as the caller may read it."""
    hide = file.hiding(who, case)
    return hide(text) if hide else text


def plain(row: Any, names: str) -> dict[str, Any]:
    """The columns with these names, as they are."""
    return {name: getattr(row, name) for name in names.split()}


def told_by(who: Who, case: Any, row: Any, names: str) -> dict[str, str]:
    """The free texts with these names, as the caller may read them."""
    return {name: readable(who, case, getattr(row, name)) for name in names.split()}


def readable_in(who: Who, case: Any, data: Any) -> Any:
    """What is told in a dictionary or a list, its words as the caller may read them."""
    if isinstance(data, dict):
        return {name: readable_in(who, case, value) for name, value in data.items()}
    if isinstance(data, list):
        return [readable_in(who, case, value) for value in data]
    return readable(who, case, data) if isinstance(data, str) and not _is_id(data) else data


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
