"""The rows of one new case, built before they are written. Touches no table itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import models

from tingsu.cases._authority import within
from tingsu.cases._clocks import clocks_from, first_contact_by, quiet_until
from tingsu.cases._fresh import fresh
from tingsu.cases._history import answered_sometime, close_by_history
from tingsu.cases._letters import acknowledgement, letter_row
from tingsu.cases._promises import facts, new_row
from tingsu.cases._sealed import vault
from tingsu.cases._write import Entry, seal, search_rows
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, Clock, Event, Party, Promise
from tingsu.cases.search import SearchRow
from tingsu.core.chain import START
from tingsu.core.investigation import names
from tingsu.core.lifecycle import State
from tingsu.mind.reading import in_danger
from tingsu.packs import Pack, calendar_of
from tingsu.people.actor import Actor
from tingsu.people.models import Department, Organisation, new_id
from tingsu.people.rulebook import case_pack, pack_of

SPOKEN = frozenset({"phone", "visit"})
WRITTEN = frozenset({"letter", "mail"})  # these go to the head of the centre (SC-6)
COPIED = (
    "channel source_ref nature severity category anger language title narrative request reasons"
    " happened_at happened_where respondent_unit respondent_place product order_number"
    " contract_number amount intake_key"
).split()


@dataclass(frozen=True)
class Frame:
    """What the cases of one batch share."""

    organisation: Organisation
    by: Actor
    at: datetime
    queue: Department
    owned: bool
    acknowledge: bool = True

    @property
    def owner_id(self) -> Any:
        return self.by.member_id if self.owned else None


@dataclass
class Birth:
    """One case, its entries and everything that goes with them."""

    frame: Frame
    intake: Intake
    party: Party | None
    case: Case
    clocks: list[Clock]
    entries: list[Entry] = field(default_factory=list)
    others: list[models.Model] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, frame: Frame, intake: Intake, party: Party | None) -> "Birth":
        """Decide everything but the number, which is taken as late as possible."""
        case = _case(frame, intake, party)
        birth = cls(frame, intake, party, case, clocks_from(case, "received", case.received_at))
        birth.entries.append(birth._received())
        birth._spoken()
        if intake.closed_at:
            birth.entries += close_by_history(case, intake, intake.closed_at, birth.clocks)
        else:
            birth.entries += answered_sometime(intake)
            birth._set_next()
        birth.events = seal(case, birth.entries, frame.by, frame.at)
        return birth

    @cached_property
    def day(self) -> date:
        """The local day of arrival, which the number carries."""
        return calendar_of(case_pack(self.case)).day_of(self.case.received_at)

    def rows(self) -> Iterator[models.Model]:
        """Everything to insert, once the case has its number."""
        yield from (self.case, *self.clocks, *self.others, *self.events)
        if self.frame.acknowledge:
            yield self._acknowledgement()

    def searches(self) -> list[SearchRow]:
        """What the case can be found by from its first moment."""
        told = self.entries[0]
        told.extra_search = "\n".join(
            filter(
                None,
                (
                    self.case.number,
                    self.case.product,
                    self.case.respondent_unit,
                    self.case.order_number,
                    self.case.contract_number,
                ),
            )
        )
        if self.intake.name:
            told.name_tokens = vault().name_tokens(self.intake.name)
        return search_rows(self.case, self.entries, self.case.received_at)

    def _received(self) -> Entry:
        case, intake = self.case, self.intake
        told = (intake.title, intake.narrative, intake.request, intake.reasons)
        data: dict[str, Any] = {
            "channel": intake.channel,
            "queue": str(self.frame.queue.id),
            "recorded_at": self.frame.at.isoformat(timespec="seconds"),
            "clocks": [row.rule for row in self.clocks],
        }
        if intake.channel_facts:
            data["facts"] = dict(intake.channel_facts)
        if case.owner_id:
            data["owner"] = str(case.owner_id)
        text = "\n\n".join(filter(None, told))
        return Entry("received", text, data, public=True, at=case.received_at)

    def _spoken(self) -> None:
        """The restatement and the promise of the same talk (HA-3, HA-7)."""
        case, intake, at = self.case, self.intake, self.frame.at
        if intake.restated:
            case.restated_at = at
            self.entries.append(Entry("restated", intake.restated, {"confirmed": True}))
        if intake.promise and intake.promise_due and self.frame.by.member_id:
            within(case, self.frame.by, intake.promise, field="promise")
            made_by = self.frame.by.member_id
            promise = new_row(case, made_by, at, intake.promise, intake.promise_due)
            self.entries.append(Entry("promised", intake.promise, facts(promise), public=True))
            self.others.append(promise)

    def _set_next(self) -> None:
        case = self.case
        dates = [(row.due_at, "clock") for row in self.clocks]
        dates += [(row.due_at, "promise") for row in self.others if isinstance(row, Promise)]
        if case.quiet_until:
            dates.append((case.quiet_until, "quiet"))
        if case.planned_at:
            dates.append((case.planned_at, "plan"))
        case.next_at, case.next_kind = min(dates)

    def _acknowledgement(self) -> models.Model:
        case, frame = self.case, self.frame
        subject, body = acknowledgement(case, frame.organisation)
        letter = letter_row(
            case,
            self.party,
            kind="acknowledgement",
            subject=subject,
            body=body,
            event_id=self.entries[0].id,
            send_after=frame.at,
        )
        written = case.channel in ("sms", "messenger")  # no receipt stands on a screen
        if letter.channel == "portal" and not written:  # it is shown in this very moment
            letter.state, letter.sent_at = "sent", frame.at
        return letter


def _case(frame: Frame, intake: Intake, party: Party | None) -> Case:
    organisation = frame.organisation
    pack = pack_of(organisation.id, intake.pack or organisation.pack)
    arrived = intake.received_at or frame.at
    spoken = intake.channel in SPOKEN and frame.by.kind == "member"
    case = fresh(
        Case,
        id=new_id(),
        organisation_id=organisation.id,
        pack=pack.id,
        pack_version=pack.version,
        variants=_variants(pack, organisation, intake),
        state=State.RECEIVED.value,
        head_hash=START,
        party_id=party.id if party else None,
        # Nobody keeps a complaint that names them: it waits for somebody else (HA-4).
        owner_id=None if names(intake.respondent_person, frame.by.name) else frame.owner_id,
        queue_id=frame.queue.id,
        received_at=arrived,
        received_by_id=frame.by.member_id,
        contacted_at=arrived if spoken else None,
        planned_at=_their_limit(pack, intake, frame.at),
        look_at=frame.at,  # the worker asks the rules of going up, so that nobody waits for them
        for_head=intake.channel in WRITTEN
        or pack.severities[intake.severity].to_head
        or in_danger(f"{intake.narrative}\n{intake.request}"),
        quiet_until=(quiet_until if spoken else first_contact_by)(pack, arrived),
        **{name: getattr(intake, name) for name in COPIED},
    )
    if intake.respondent_person:
        case.respondent_person = intake.respondent_person
    return case


def _variants(pack: Pack, organisation: Organisation, intake: Intake) -> list[str]:
    """The organisation's standing rules, and the circumstances of this complaint."""
    chosen = {*pack.standing(organisation.variants), *intake.variants}
    return [code for code in pack.variants if code in chosen]


def _their_limit(pack: Pack, intake: Intake, at: datetime) -> datetime | None:
    """The end of the day that the body which sent the complaint has set, if it lies ahead."""
    try:
        due = pack.calendar.end_of_day(date.fromisoformat(intake.channel_facts["their_due"]))
    except (KeyError, ValueError):
        return None
    return due if due > at else None
