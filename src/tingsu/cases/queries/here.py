"""What one page of one case asks: how much of it is for this member, a window of its timeline, the
case behind a number, a file. Reads case tables and the storage, writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Max

from tingsu.cases._letters import chosen_channel
from tingsu.cases._write import QUIET_KINDS
from tingsu.cases.models import Attachment, Case, Event, Party, Task
from tingsu.cases.queries.access import access_case, near, reached
from tingsu.cases.queries.portal import number_of
from tingsu.people.permission import Can, NotThere, Reach, Who, may, reaches

WINDOW = 40  # entries that a page shows at once
HASHES = ("text_salt", "text_hash", "previous_hash", "hash", "key")


@dataclass(frozen=True)
class Past:
    """What the timeline says of the present round, and of cases that were told apart."""

    replied: bool  # an answer or an interim one has gone out, or is about to
    told_apart: frozenset[UUID]  # other cases that are not the same matter (IN-8)


def open_case(who: Who, case_id: UUID) -> tuple[Case, bool]:
    """The case and whether it is reduced to what the own department was asked (HA-13, PL-1).

    Raises NotThere when neither reading nor answering reaches it.
    """
    try:
        case = access_case(who, case_id, Can.READ)
    except NotThere:
        if not may(who, Can.ANSWER):
            raise
        return access_case(who, case_id, Can.ANSWER), True
    wider = reaches(who, Can.READ) - {Reach.ASKED}
    return case, not near(who, case, wider)


def rights_on(who: Who, case: Case, tasks: Iterable[Task]) -> frozenset[Can]:
    """What the member may do with this very case: the same answer as ``access_case``, without a
    query for each right."""
    asked = any(task.department_id in who.branch for task in tasks)
    return frozenset(
        right
        for right in who.rights
        if near(who, case, reaches(who, right))
        or (asked and (right is Can.ANSWER or Reach.ASKED in reaches(who, right)))
    )


def window(case: Case, before: int | None = None, size: int = WINDOW) -> list[Event]:
    """The newest entries, or those before a sequence number; oldest first, without members."""
    rows = Event.objects.filter(case=case)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return list(rows.defer(*HASHES).order_by("-seq")[:size])[::-1]


def entries(case: Case, kinds: Collection[str]) -> list[Event]:
    """All entries of some kinds, oldest first, for sheets that are printed."""
    rows = Event.objects.filter(case=case, kind__in=kinds)
    return list(rows.defer(*HASHES).order_by("at", "seq"))


def past(case: Case) -> Past:
    """The present round in short."""
    kinds = ("replied", "letter_taken_back", "reopened", "told_apart")
    rows = Event.objects.filter(case=case, kind__in=kinds).order_by("seq")
    letters: set[str] = set()
    apart = set()
    for kind, data in rows.values_list("kind", "data"):
        if kind == "reopened":
            letters.clear()
        elif kind == "replied":
            letters.add(str(data.get("letter", "")))
        elif kind == "letter_taken_back":
            letters.discard(data["letter"])
        else:
            apart.add(UUID(data["other"]))
    return Past(bool(letters), frozenset(apart))


def newest_of_others(case: Case, member_id: UUID) -> int:
    """The number of the newest entry by anybody else that changes something; 0 for none."""
    rows = Event.objects.filter(case=case).exclude(kind__in=QUIET_KINDS)
    found = rows.exclude(member_id=member_id).aggregate(newest=Max("seq"))["newest"]
    return found or 0


def case_by_number(who: Who, typed: str) -> Case | None:
    """The case behind a number as people type it, if the member may read it."""
    number = number_of(typed)
    return reached(who).filter(number=number).first() if number else None


def file_of(case: Case, file_id: UUID) -> tuple[Attachment, IO[bytes]]:
    """A file of the case, opened. Raises NotThere, also when its bytes are gone."""
    row = Attachment.objects.filter(case=case, id=file_id).first()
    if row is None or not default_storage.exists(row.stored_as):
        raise NotThere
    return row, default_storage.open(row.stored_as)


def letter_way(party: Party | None) -> str:
    """How a letter reaches the customer if nothing else is chosen: mail | portal."""
    return chosen_channel(party)
