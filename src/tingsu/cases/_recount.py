"""Running clocks over a new holiday notice: what would move, and the move itself (HA-14).

Writes notices, clock moves, clocks; timelines through ``_many``. A pass looks at every clock that
a notice can touch, batch by batch, and remembers where it is: killed at any moment, it goes on.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tingsu.cases._anew import New, Recounting
from tingsu.cases._fresh import fresh
from tingsu.cases._insert import insert
from tingsu.cases._many import READ, Lost, update_many, write_many
from tingsu.cases._read import columns_of, parts_of
from tingsu.cases._write import Entry
from tingsu.cases.models import CalendarNotice, Case, Clock, ClockMove
from tingsu.packs.notices import with_notices
from tingsu.people.actor import Actor
from tingsu.people.models import new_id
from tingsu.people.rulebook import pack_of

BATCH = 500
LOOKED_AHEAD = 4_000  # clocks named at once, so that finding them costs little
SCOPE = ("running", "paused", "resting")


class Old(NamedTuple):
    """A clock as it stands: the columns that are read."""

    id: UUID
    case_id: UUID
    rule: str
    due_at: datetime
    warned_at: datetime | None
    state: str
    explanation: str


@dataclass
class Outcome:
    """What became of one batch: clocks that end at another time, and those that only lose the
    provisional mark."""

    moved: list[tuple[Old, New]] = field(default_factory=list)
    settled: list[tuple[Old, New]] = field(default_factory=list)

    def rows(self, notice: CalendarNotice, *, applied: bool) -> list[ClockMove]:
        """The moves as they are kept."""
        return [
            fresh(
                ClockMove,
                id=new_id(),
                notice_id=notice.id,
                clock_id=clock.id,
                case_id=clock.case_id,
                rule=clock.rule,
                was=clock.due_at,
                due=deadline.due_at,
                applied=applied,
            )
            for clock, deadline in self.moved
        ]


class Pass:
    """One look of the worker at the clocks that a notice touches."""

    def __init__(self, notice: CalendarNotice, texts: tuple[str, ...]) -> None:
        self.notice = notice
        self.texts = texts
        self.counts: dict[str, Recounting] = {}

    def step(self, at: datetime) -> bool:
        """Some thousand clocks; False when there were no more."""
        if self.notice.total is None:
            self._begin()
        ahead = self._ahead()
        for first in range(0, len(ahead), BATCH):
            began = time.monotonic()
            batch = ahead[first : first + BATCH]
            with transaction.atomic():
                if self.notice.state == "applying":
                    self._applied(batch, at)
                else:
                    self._counted(batch)
                self._move_on(batch, began)
        return len(ahead) == LOOKED_AHEAD

    def _touched(self) -> Any:
        notice = self.notice
        rows = Clock.objects.filter(organisation_id=notice.organisation_id, state__in=SCOPE)
        return rows.filter(due_at__gte=notice.since)

    def _begin(self) -> None:
        self.notice.total = self._touched().count()
        CalendarNotice.objects.filter(id=self.notice.id).update(total=self.notice.total)

    def _ahead(self) -> list[tuple[UUID, UUID, str]]:
        rows = self._touched()
        if self.notice.cursor:
            rows = rows.filter(id__gt=self.notice.cursor)
        return list(rows.order_by("id").values_list("id", "case_id", "case__pack")[:LOOKED_AHEAD])

    def _move_on(self, batch: Sequence[tuple[UUID, UUID, str]], began: float) -> None:
        taken = round((time.monotonic() - began) * 1000)
        self.notice.cursor = batch[-1][0]
        CalendarNotice.objects.filter(id=self.notice.id).update(
            cursor=self.notice.cursor,
            position=F("position") + len(batch),
            busy_ms=F("busy_ms") + taken,
            moved=self.notice.moved,
            settled=self.notice.settled,
            summary=self.notice.summary,
        )

    # Counting -------------------------------------------------------------------------------

    def _counted(self, batch: Sequence[tuple[UUID, UUID, str]]) -> None:
        outcome = self._outcome(batch)
        insert(outcome.rows(self.notice, applied=False))
        self._tell(outcome)

    def _outcome(self, batch: Sequence[tuple[UUID, UUID, str]]) -> Outcome:
        packs = {clock_id: pack for clock_id, _case, pack in batch}
        outcome = Outcome()
        for clock in map(Old._make, columns_of(Clock, Old._fields, id=tuple(packs))):
            if clock.state not in SCOPE:
                continue
            new = self._count(packs[clock.id]).anew(clock.explanation)
            if new.due_at != clock.due_at:
                outcome.moved.append((clock, new))
            elif new.changed:
                outcome.settled.append((clock, new))
        return outcome

    def _count(self, pack_id: str) -> Recounting:
        if pack_id not in self.counts:
            pack = pack_of(self.notice.organisation_id, pack_id)
            same = pack.calendar.id == self.notice.calendar
            pack = with_notices(pack, self.texts) if same else pack
            self.counts[pack_id] = Recounting(pack.calendar)
        return self.counts[pack_id]

    def _tell(self, outcome: Outcome) -> None:
        notice = self.notice
        notice.moved += len(outcome.moved)
        notice.settled += len(outcome.settled)
        for clock, deadline in outcome.moved:
            later, earlier = notice.summary.get(clock.rule, (0, 0))
            after = deadline.due_at > clock.due_at
            notice.summary[clock.rule] = [later + after, earlier + (not after)]

    # Applying -------------------------------------------------------------------------------

    def _applied(self, batch: Sequence[tuple[UUID, UUID, str]], at: datetime) -> None:
        while True:
            # The cases first: whatever is done to a clock after that moves its case's version.
            cases = _cases({case_id for _clock, case_id, _pack in batch})
            outcome = self._outcome(batch)
            try:
                self._write(cases, outcome, at)
            except Lost:
                continue
            self._tell(outcome)
            return

    def _write(self, cases: dict[UUID, Case], outcome: Outcome, at: datetime) -> None:
        entries: dict[UUID, list[Entry]] = {}
        for clock, deadline in outcome.moved:
            entries.setdefault(clock.case_id, []).append(self._entry(clock, deadline))
        by = Actor("member", self.notice.applied_by_id, "")
        with transaction.atomic():
            update_many(Clock, [_new_end(clock, deadline) for clock, deadline in outcome.settled])
            write_many(
                [cases[case_id] for case_id in sorted(entries)],
                entries, by, at,
                lambda: self._move(outcome),
            )  # fmt: skip

    def _move(self, outcome: Outcome) -> None:
        if update_many(Clock, [_new_end(*one) for one in outcome.moved]) != len(outcome.moved):
            raise Lost
        ids = [clock.id for clock, _deadline in outcome.moved]
        shown = ClockMove.objects.filter(notice_id=self.notice.id, clock_id__in=ids)
        if shown.update(applied=True) == len(ids):
            return
        known = set(shown.values_list("clock_id", flat=True))
        rows = outcome.rows(self.notice, applied=True)
        insert([row for row in rows if row.clock_id not in known])

    def _entry(self, clock: Old, deadline: New) -> Entry:
        data = {
            "clock": str(clock.id),
            "rule": clock.rule,
            "was": clock.due_at.isoformat(timespec="seconds"),
            "due": deadline.due_at.isoformat(timespec="seconds"),
            "notice": str(self.notice.id),
        }
        return Entry("clock_recounted", data=data)


def _cases(ids: set[UUID]) -> dict[UUID, Case]:
    return {case.id: case for case in parts_of(Case, READ, id=tuple(ids))}


def _new_end(clock: Old, new: New) -> tuple[dict[str, Any], dict[str, Any]]:
    """The warning comes again where the end moved; a clock that changed since stays as it is."""
    warned, warn_at = clock.warned_at, new.warn_at
    says = {
        "due_at": new.due_at,
        "warn_at": warn_at,
        "provisional": new.provisional,
        "explanation": new.told,
        "warned_at": None if warned and warn_at and warn_at > warned else warned,
    }
    return says, {"id": clock.id, "state": clock.state, "due_at": clock.due_at}
