"""A case begins (IN-1 to IN-11). Writes party, case, timeline, clocks, letter, index: at once.

Harmless when repeated: an intake with an ``intake_key`` that the organisation has seen returns
the case that was made then.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tingsu.cases import _numbers
from tingsu.cases._births import Birth, Frame
from tingsu.cases._insert import insert
from tingsu.cases._marks import keep, rows_of
from tingsu.cases._parties import Recogniser
from tingsu.cases.intake import Intake, checked
from tingsu.cases.models import Case
from tingsu.cases.search import index_rows
from tingsu.packs import calendar_of
from tingsu.people.actor import Actor
from tingsu.people.directory import intake_department
from tingsu.people.models import Department, Organisation
from tingsu.people.rulebook import pack_of


@dataclass
class Received:
    """The case of one intake; ``repeated`` when it had been received before."""

    case: Case
    repeated: bool = False


def receive(
    organisation: Organisation,
    intake: Intake,
    by: Actor,
    at: datetime,
    *,
    queue: Department | None = None,
    owned: bool = False,
    acknowledge: bool = True,
) -> Received:
    """Receive one complaint. ``owned``: the member who receives it keeps it (first receiver owns).

    Raises Invalid with a sentence per field.
    """
    return receive_many(
        organisation, [intake], by, at, queue=queue, owned=owned, acknowledge=acknowledge
    )[0]


def receive_many(
    organisation: Organisation,
    intakes: Sequence[Intake],
    by: Actor,
    at: datetime,
    *,
    queue: Department | None = None,
    owned: bool = False,
    acknowledge: bool = True,
) -> list[Received]:
    """Receive a batch in one transaction; the same path for one and for thousands."""
    clean = [checked(intake, at) for intake in intakes]
    frame = Frame(
        organisation, by, at, queue or intake_department(organisation.id), owned, acknowledge
    )
    number = _number_ahead(organisation, clean[0], at) if len(clean) == 1 else []
    try:
        # A single form is nearly always new: it is written at once, and only when its key turns
        # out to be taken is it looked up.
        return _receive(frame, clean, number, look=len(clean) > 1)
    except IntegrityError:
        # Repeated, or two submits with one key at the same instant: the case is there now.
        if not any(intake.intake_key for intake in clean):
            raise
        return _receive(frame, clean, number, look=True)


def _receive(
    frame: Frame, intakes: Sequence[Intake], numbers: Sequence[str], *, look: bool
) -> list[Received]:
    """Everything is thought out before the transaction begins: on SQLite all receivers wait for
    whoever is inside."""
    trusted = frame.by.kind == "member"
    people = Recogniser(frame.organisation.id, intakes, frame.at, trusted=trusted)
    known = _known(frame.organisation, intakes) if look else {}
    results, births = [], []
    for intake in intakes:
        if intake.intake_key and (before := known.get(intake.intake_key)):
            results.append(Received(before, repeated=True))
            continue
        birth = Birth.of(frame, intake, people.party_of(intake))
        births.append(birth)
        results.append(Received(birth.case))
        if intake.intake_key:
            known[intake.intake_key] = birth.case
    marks = [row for birth in births for row in rows_of(birth.case, birth.party, frame.at)]
    with transaction.atomic():
        _write(frame, people, births, numbers)
        keep(marks)
    return results


def _write(
    frame: Frame, people: Recogniser, births: Sequence[Birth], numbers: Sequence[str]
) -> None:
    for party in people.completed.values():
        if party not in people.new:
            party.save()
    _number(frame.organisation, births, numbers)
    insert([*people.new, *(row for birth in births for row in birth.rows())])
    index_rows([row for birth in births for row in birth.searches()])


def _known(organisation: Organisation, intakes: Sequence[Intake]) -> dict[str, Case]:
    keys = [intake.intake_key for intake in intakes if intake.intake_key]
    if not keys:
        return {}
    seen = Case.objects.filter(organisation=organisation, intake_key__in=keys)
    return {str(case.intake_key): case for case in seen}


def _number_ahead(organisation: Organisation, intake: Intake, at: datetime) -> list[str]:
    calendar = calendar_of(pack_of(organisation.id, intake.pack or organisation.pack))
    return _numbers.ahead(organisation, calendar.day_of(intake.received_at or at))


def _number(organisation: Organisation, births: Sequence[Birth], ready: Sequence[str]) -> None:
    """Running numbers of the day each complaint arrived, in the order of the batch."""
    if len(ready) == len(births):
        for birth, number in zip(births, ready, strict=True):
            birth.case.number = number
        return
    waiting: dict[date, list[str]] = defaultdict(list)
    for day, count in sorted(Counter(birth.day for birth in births).items()):
        waiting[day] = _numbers.take(organisation, day, count)[::-1]
    for birth in births:
        birth.case.number = waiting[birth.day].pop()
