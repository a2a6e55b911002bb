"""Checks every chain of the case file, link by link (CL-4). Reads, never mends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from tingsu.cases._write import fixed
from tingsu.cases.models import Case, Event
from tingsu.core.chain import START, data_hash, link_hash, text_hash


@dataclass(frozen=True)
class Broken:
    """The first broken link of a case. what: gap | link | hash | text | data |
    head."""

    case_id: UUID
    number: str
    seq: int
    what: str


@dataclass
class Report:
    """What was looked at and what was found."""

    cases: int = 0
    events: int = 0
    broken: list[Broken] = field(default_factory=list)


def verify(organisation_id: UUID | None = None) -> Iterator[Broken | Report]:
    """Yields each broken case as it is found, and at the end the report."""
    cases = Case.objects.order_by("id")
    if organisation_id:
        cases = cases.filter(organisation_id=organisation_id)
    report = Report()
    for case in cases.only("id", "number", "version", "head_hash").iterator(chunk_size=500):
        report.cases += 1
        events = list(Event.objects.filter(case_id=case.id).order_by("seq"))
        report.events += len(events)
        if found := _first_broken(case, events):
            report.broken.append(found)
            yield found
    yield report


def verify_case(case: Case) -> Broken | None:
    """The first broken link of one case."""
    return _first_broken(case, list(Event.objects.filter(case_id=case.id).order_by("seq")))


def _first_broken(case: Case, events: list[Event]) -> Broken | None:
    previous = START
    for expected, event in enumerate(events, start=1):
        what = _fault(event, expected, previous)
        if what:
            return Broken(case.id, case.number, expected, what)
        previous = bytes(event.hash)
    if len(events) != case.version or previous != bytes(case.head_hash):
        return Broken(case.id, case.number, len(events) + 1, "head")
    return None


def _fault(event: Event, expected: int, previous: bytes) -> str:
    if event.seq != expected:
        return "gap"
    if bytes(event.previous_hash) != previous:
        return "link"
    if link_hash(previous, fixed(event)) != bytes(event.hash):
        return "hash"
    salt, of_data = bytes(event.text_salt), bytes(event.data_hash or b"")
    if not event.text and not salt:  # erased: nothing may stand there any more
        return "data" if of_data and event.data else ""
    if text_hash(event.text, salt) != bytes(event.text_hash):
        return "text"
    return "data" if of_data and data_hash(event.data, salt) != of_data else ""
