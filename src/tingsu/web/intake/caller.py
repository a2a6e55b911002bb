"""Who is calling, and is it the same matter? What the form offers before saving (IN-3, IN-8).

Reads parties through the queries; writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.cases.queries import parties
from tingsu.cases.queries.file import Person, person
from tingsu.people.permission import Can, Who, may

NEW = "new"
MERGE, RELATED, REPEAT = "merge", "related", "repeat"
MOST_SHOWN = 5  # cases of one person in the panel; the rest is on their page


@dataclass(frozen=True)
class Line:
    """A case in the panel: what it is, whether it can be opened, what it may be to the new one."""

    case: Any
    opens: bool
    options: list[tuple[str, str]]  # value of the choice, its words


@dataclass(frozen=True)
class Face:
    """A known person as the panel shows them."""

    person: Person
    chosen: bool
    lines: list[Line]
    more: int
    promises: list[Any]
    watch: list[Any]


@dataclass(frozen=True)
class Caller:
    """Everything about a number. ``likely``: cases that may be the same matter."""

    faces: list[Face] = field(default_factory=list)
    likely: list[Any] = field(default_factory=list)
    asked: bool = False  # there was a number to ask about
    same: str = ""
    party: str = ""

    @property
    def asks(self) -> bool:
        """Somebody must say whether it is the same matter."""
        return bool(self.likely)

    @property
    def party_choices(self) -> list[tuple[str, str]]:
        names = [(str(face.person.id), face.person.name) for face in self.faces]
        return [("", ""), (NEW, ""), *names]

    @property
    def same_choices(self) -> list[tuple[str, str]]:
        lines = [line for face in self.faces for line in face.lines]
        return [("", ""), (NEW, ""), *(option for line in lines for option in line.options)]


@dataclass(frozen=True)
class _Marks:
    """Cases by what can be done with them here."""

    likely: set[UUID]
    opens: set[UUID]
    merges: set[UUID]


def caller(who: Who, told: Mapping[str, Any], at: datetime) -> Caller:
    """The people behind the number or the address in a form, as posted or as kept."""
    phone, email = str(told.get("phone", ""))[:80], str(told.get("email", ""))[:200]
    party, same = str(told.get("party", "")), str(told.get("same", ""))
    known = parties.recognised(who, phone, email, localtime(at).date(), named=_id(party))
    likely = parties.likely_same(known, at)
    all_cases = [case for one in known for case in one.cases]
    opens = parties.openable(who, all_cases)
    merges = parties.openable(who, all_cases, Can.HANDLE) if may(who, Can.HANDLE) else set()
    marks = _Marks({case.id for case in likely}, opens, merges)
    faces = [_face(who, one, party, marks) for one in known]
    return Caller(faces, likely, bool(phone.strip() or email.strip()), same, party)


def same_as(value: str) -> tuple[str, UUID] | None:
    """``merge:<id>`` and the like taken apart; None for a new matter."""
    kind, _colon, case_id = value.partition(":")
    return (kind, UUID(case_id)) if case_id else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _face(who: Who, one: parties.Known, party: str, marks: _Marks) -> Face:
    # Those that may be the same matter must be on screen: they are asked about.
    shown = sorted(one.cases, key=lambda case: case.id not in marks.likely)
    shown = shown[: max(MOST_SHOWN, sum(case.id in marks.likely for case in one.cases))]
    told = person(who, one.party)
    if told is None:
        raise TypeError("a known person is somebody")
    lines = [Line(case, case.id in marks.opens, _options(case, marks)) for case in shown]
    return Face(
        person=told,
        chosen=party == str(one.party.id),
        lines=lines,
        more=len(one.cases) - len(shown),
        promises=one.promises,
        watch=one.watch,
    )


def _options(case: Any, marks: _Marks) -> list[tuple[str, str]]:
    if case.id not in marks.likely:
        return []
    if not case.open:
        return [(f"{REPEAT}:{case.id}", _("又为这件事来投诉"))]
    options = [(f"{RELATED}:{case.id}", _("有关，分开办"))]
    if case.id in marks.merges:
        options.insert(0, (f"{MERGE}:{case.id}", _("同一件事，并入它")))
    return options
