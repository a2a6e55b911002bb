"""What one page of one case asks: how much of it is for this member, a window of its timeline, the
case behind a number, a file. Reads case tables and the storage, writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db.models import Max

from tingsu.cases._files import opened
from tingsu.cases._guided import Guided, guided, lines
from tingsu.cases._letters import chosen_channel
from tingsu.cases._write import QUIET_KINDS
from tingsu.cases.models import Attachment, Case, Event, Party, Task
from tingsu.cases.queries.access import access_case, near, reached
from tingsu.cases.queries.portal import number_of
from tingsu.people.permission import Can, NotThere, Reach, Who, may, reaches

WINDOW = 40  # entries that a page shows at once
HASHES = ("text_salt", "text_hash", "data_hash", "previous_hash", "hash", "key")


@dataclass(frozen=True)
class Past:
    """What the timeline says of the present round, and of cases that were told apart."""

    replied: bool  # an answer or an interim one has gone out, or is about to
    told_apart: frozenset[UUID]  # other cases that are not the same matter (IN-8)
    guided: Guided | None  # how far the talk is (HA-1)


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


def may_answer(who: Who, case: Case, task_id: UUID) -> None:
    """The department that was asked answers, or whoever handles the case. Raises NotThere for
    everybody else: nobody sees what others were asked."""
    rows = list(Task.objects.filter(case=case))
    asked = any(row.id == task_id and row.department_id in who.branch for row in rows)
    if not asked and Can.HANDLE not in rights_on(who, case, rows):
        raise NotThere


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
    told = lines(case, "told_apart")
    letters: set[str] = set()
    for line in told:
        if line.kind == "reopened":
            letters.clear()
        elif line.kind == "replied":
            letters.add(str(line.data.get("letter", "")))
        elif line.kind == "letter_taken_back":
            letters.discard(line.data["letter"])
    apart = frozenset(UUID(line.data["other"]) for line in told if line.kind == "told_apart")
    return Past(bool(letters), apart, guided(case, told))


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
    if row is None or not row.stored_as:
        raise NotThere
    return row, opened(row.stored_as)


def letter_way(party: Party | None) -> str:
    """How a letter reaches the customer if nothing else is chosen: mail | portal."""
    return chosen_channel(party)
