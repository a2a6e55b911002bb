"""A letter leaves the house: claimed, sent, marked (the worker's side of the outbox)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tingsu.cases._read import rows_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Attachment, Case, Letter, Task
from tingsu.people.actor import SYSTEM
from tingsu.people.models import Member, new_id
from tingsu.people.rulebook import case_pack

CLAIM = timedelta(minutes=2)
PAUSES = (1, 5, 15, 60, 240, 720)  # minutes between attempts, growing


def claim(at: datetime, most: int = 50) -> list[Letter]:
    """Letters that are due, claimed for this worker. A crashed worker's claim runs out."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    due = Letter.objects.filter(free, state="waiting", send_after__lte=at).order_by("send_after")
    claimed = {"claimed_until": at + CLAIM}
    found = list(due[:most])
    with transaction.atomic():  # one commit for all: each costs as much as receiving a complaint
        return [
            letter
            for letter in found
            if Letter.objects.filter(free, id=letter.id, state="waiting").update(**claimed)
        ]


def enclosed(letter: Letter) -> list[tuple[str, bytes, str]]:
    """Name, content and type of what goes with a letter: the public files of its entry, such as a
    paper that is served by it. Only notices have any. Raises OSError when a file is gone."""
    if letter.kind != "notice":
        return []
    found = []
    for row in rows_of(Attachment, case_id=letter.case_id, event_id=letter.event_id, public=True):
        with default_storage.open(row.stored_as) as file:
            found.append((row.name, file.read(), row.content_type))
    return found


def delivered(letter: Letter, at: datetime) -> Written | None:
    """Mark as sent. The acknowledgement is part of receiving and gets no entry of its own."""
    sent = {"state": "sent", "sent_at": at}
    if not update(Letter, sent, id=letter.id, state="waiting") or letter.kind == "acknowledgement":
        return None
    entry = Entry("letter_sent", data={"letter": str(letter.id), "channel": letter.channel})
    (case,) = rows_of(Case, id=letter.case_id)
    return write(case, SYSTEM, at, lambda _case: Plan([entry]))


def shown(letters: Sequence[Letter], at: datetime) -> None:
    """Acknowledgements that leave by no wire are marked together: their page shows them."""
    if letters:
        sent = {"state": "sent", "sent_at": at}
        update(Letter, sent, id=tuple(one.id for one in letters), state="waiting")


def not_delivered(letter: Letter, at: datetime, error: str, *, lasting: bool = False) -> None:
    """Try again later, with growing pauses; after the last one the owner has a task. lasting: the
    other side said that there is no use in trying again."""
    attempt = letter.attempts + 1
    waiting = Letter.objects.filter(id=letter.id, state="waiting")
    if attempt <= len(PAUSES) and not lasting:
        later = at + timedelta(minutes=PAUSES[attempt - 1])
        waiting.update(attempts=attempt, error=error[:200], send_after=later, claimed_until=None)
        return
    with transaction.atomic():  # or a kill in between leaves a failure that nobody is told of
        if waiting.update(state="failed", attempts=attempt, error=error[:200]):
            _tell(letter, at, error)


def came_back(letter: Letter, at: datetime, error: str) -> None:
    """It was sent and the other side says that it did not arrive."""
    sent = Letter.objects.filter(id=letter.id, state="sent")
    with transaction.atomic():
        if sent.update(state="failed", error=error[:200]):
            _tell(letter, at, error)


def _tell(letter: Letter, at: datetime, error: str) -> None:
    """An entry; while the case is open also a task for its owner, and a date at once."""

    def plan(case: Case) -> Plan:
        failed = Entry("letter_failed", data={"letter": str(letter.id), "error": error[:200]})
        if not case.open:
            return Plan([failed])
        row = _task(case, letter, at)
        data = {"task": str(row.id), "department": str(row.department_id)}
        asked = Entry("task_asked", row.content, data | {"due": _seconds(row.due_at)})
        return Plan([failed, asked], {"planned_at": at}, [row])

    write(Case.objects.get(id=letter.case_id), SYSTEM, at, plan)


def _task(case: Case, letter: Letter, at: datetime) -> Task:
    """For the owner, else for the queue; until the end of the next working day."""
    home: Any = case.queue_id
    if case.owner_id:
        home = Member.objects.values_list("department_id", flat=True).get(id=case.owner_id)
    days = case_pack(case).calendar
    words = _("信「%(subject)s」没有送达。请核对地址，换一种方式告诉客户。")
    return Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        department_id=home,
        assignee_id=case.owner_id,
        content=words % {"subject": letter.subject},
        asked_at=at,
        due_at=days.end_of_day(days.add_workdays(days.day_of(at), 1)),
    )


def _seconds(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
