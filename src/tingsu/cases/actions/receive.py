"""A case begins (IN-1 to IN-11). Writes party, case, timeline, clocks, letter, index: at once.

Harmless when repeated: an intake with an ``intake_key`` that the organisation has seen returns
the case that was made then.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from tingsu.cases import _numbers
from tingsu.cases._births import Birth, Frame
from tingsu.cases._insert import insert, one_round_trip
from tingsu.cases._marks import keep, rows_of
from tingsu.cases._parties import Recogniser
from tingsu.cases._together import Together
from tingsu.cases.intake import Intake, checked
from tingsu.cases.models import Case
from tingsu.cases.search import index_rows
from tingsu.packs import calendar_of
from tingsu.people.actor import CUSTOMER, Actor
from tingsu.people.directory import intake_department
from tingsu.people.models import Department, Organisation
from tingsu.people.rulebook import pack_of

TOGETHER = 32  # complaints of one transaction at the public door


@dataclass
class Received:
    """The case of one intake; ``repeated`` when it had been received before."""

    case: Case
    repeated: bool = False


@dataclass(frozen=True)
class Arrival:
    """A complaint at the door, and what it shares with others that may be written with it."""

    frame: Frame
    intake: Intake

    @property
    def kind(self) -> tuple[object, ...]:
        """Those of one kind differ in their instant alone."""
        told = self.frame
        return told.organisation.id, told.by, told.queue.id, told.owned, told.acknowledge


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
    # What comes by itself is nearly always new: it is written at once, and only when its key
    # turns out to be taken is it looked up. A file is often brought a second time.
    return _received(frame, clean, look=len(clean) > 1)


def receive_public(organisation: Organisation, intake: Intake, at: datetime) -> Received:
    """Receive what somebody sent over the public page, together with those of the same moment.

    Raises Invalid with a sentence per field.
    """
    return receive_together(organisation, intake, CUSTOMER, at)


def receive_together(
    organisation: Organisation,
    intake: Intake,
    by: Actor,
    at: datetime,
    *,
    queue: Department | None = None,
    owned: bool = False,
    acknowledge: bool = True,
) -> Received:
    """As ``receive``, for where many come at once: those of the same moment and kind are written in
    one transaction; each stands or falls by itself.

    Raises Invalid with a sentence per field.
    """
    queue = queue or intake_department(organisation.id)
    frame = Frame(organisation, by, at, queue, owned, acknowledge)
    arrival = Arrival(frame, checked(intake, at))
    if connection.in_atomic_block:  # the others would wait for the caller's transaction
        return _arrived([arrival])[0]
    return _door(arrival)


def _arrived(arrivals: Sequence[Arrival]) -> list[Received]:
    """All of one moment, a transaction per kind, each with its own instant."""
    kinds: dict[tuple[object, ...], list[Arrival]] = defaultdict(list)
    for one in arrivals:
        kinds[one.kind].append(one)
    answers: dict[int, Received] = {}
    for group in kinds.values():
        intakes = [
            replace(one.intake, received_at=one.intake.received_at or one.frame.at) for one in group
        ]
        frame = replace(group[0].frame, at=max(one.frame.at for one in group))
        answers |= dict(zip(map(id, group), _received(frame, intakes), strict=True))
    return [answers[id(one)] for one in arrivals]


# A database in trouble is in trouble for all who wait.
_door = Together(_arrived, most=TOGETHER, hopeless=(OperationalError, InterfaceError))


def _received(frame: Frame, intakes: Sequence[Intake], *, look: bool = False) -> list[Received]:
    numbers = [] if look else _numbers_ahead(frame, intakes)
    try:
        return _receive(frame, intakes, numbers, look=look)
    except IntegrityError:
        # Repeated, or two submits with one key at the same instant: the case is there now.
        if not any(intake.intake_key for intake in intakes):
            raise
        return _receive(frame, intakes, [], look=True)


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
        for party in people.completed.values():
            if party not in people.new:
                party.save()
        _number(frame.organisation, births, numbers)
        with one_round_trip() if len(births) <= TOGETHER else nullcontext():
            insert([*people.new, *(row for birth in births for row in birth.rows())])
            index_rows([row for birth in births for row in birth.searches()])
            keep(marks)
    return results


def _known(organisation: Organisation, intakes: Sequence[Intake]) -> dict[str, Case]:
    keys = [intake.intake_key for intake in intakes if intake.intake_key]
    if not keys:
        return {}
    seen = Case.objects.filter(organisation=organisation, intake_key__in=keys)
    return {str(case.intake_key): case for case in seen}


def _numbers_ahead(frame: Frame, intakes: Sequence[Intake]) -> list[str]:
    """The numbers of the batch, where taking them early is worth it and all are of one day."""
    house = frame.organisation
    packs = [pack_of(house.id, one.pack or house.pack) for one in intakes]
    days = {
        calendar_of(pack).day_of(one.received_at or frame.at)
        for pack, one in zip(packs, intakes, strict=True)
    }
    return _numbers.ahead(house, days.pop(), len(intakes)) if len(days) == 1 else []


def _number(organisation: Organisation, births: Sequence[Birth], ready: Sequence[str]) -> None:
    """Running numbers of the day each complaint arrived, in the order of the batch."""
    if len(ready) >= len(births):  # a repeated one among them leaves a number unused
        for birth, number in zip(births, ready, strict=False):
            birth.case.number = number
        return
    waiting: dict[date, list[str]] = defaultdict(list)
    for day, count in sorted(Counter(birth.day for birth in births).items()):
        waiting[day] = _numbers.take(organisation, day, count)[::-1]
    for birth in births:
        birth.case.number = waiting[birth.day].pop()
