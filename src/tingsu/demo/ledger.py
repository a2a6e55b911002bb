"""What one life owes at a moment, counted as the case file counts it. Pure: packs and core only."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from tingsu.core import clock as clocks
from tingsu.core.clock import ClockRule
from tingsu.demo.life import Life, Step
from tingsu.packs import Pack, calendar_of, load, pack_clocks

# What is done -> the state it leads to, which is also what the clocks of packs call it.
REACHED = {
    "screen": "screening",
    "accept": "accepted",
    "investigate": "investigating",
    "negotiate": "negotiating",
    "mediate": "mediating",
    "decide": "deciding",
    "execute": "executing",
    "refuse": "refused",
    "transfer": "transferred",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
    "archive": "archived",
}
NOTHING_YET = frozenset({"decide"})  # deciding has begun, nothing is decided


@dataclass
class Running:
    """One clock. ended: when it was met or stopped."""

    rule: ClockRule
    due: datetime
    ended: datetime | None = None


class Ledger:
    """A life read up to some step: ``take`` the next one."""

    def __init__(self, life: Life) -> None:
        self.pack: Pack = load(life.story.pack)
        self.owner, self.stage, self.open = "", "received", True
        self.heard: datetime | None = None  # when the customer and the house last spoke
        self.quiet: datetime | None = None
        self.plan: datetime | None = None
        self.promise: datetime | None = None
        self.task: datetime | None = None
        self.clocks: list[Running] = []
        self.arrived: date | None = None

    def take(self, step: Step) -> None:
        """Count one step."""
        facts, at = step.facts, step.at
        match step.verb:
            case "receive":
                self._receive(step)
            case "take" | "take_over":
                self.owner = step.who
            case "assign":
                self.owner = facts["to"]
            case "contact" if facts["reached"]:
                self._told(at)
            case "reply":
                self._told(at)
                if facts["kind"] == "final":
                    self._happen("replied", at)
                    self._reach("confirming", at)
            case _:
                self._promised(step)
                self._moved(step)
        if step.verb in ("keep", "move_promise") and self.open:
            self.quiet = silence(self.pack, at)

    def _promised(self, step: Step) -> None:
        match step.verb:
            case "promise" | "move_promise":
                self.promise = step.facts["due_at"]
            case "keep" | "broken":
                self.promise = None
            case "ask" | "send_back":
                self.task = step.facts["due_at"]
            case "answer":
                self.task = None

    def _moved(self, step: Step) -> None:
        facts, at = step.facts, step.at
        match step.verb:
            case "go":
                self._reach(REACHED[facts["to"]], at, silent=facts["to"] in NOTHING_YET)
            case "ask_complete":
                self._reach("incomplete", at)
                self.plan = facts["due_at"]
            case "refer":
                self._reach("referred", at)
                self.plan = facts["due_at"]
            case "add":
                self._added(at)
            case "confirm" if not facts["agreed"]:
                self._reach("investigating", at)
            case "end" | "close":
                self._stop(REACHED.get(facts.get("move", ""), "closed"), at)
            case "merge":
                self._stop("merged", at)
            case "reopen":
                self.open, self.stage = True, "accepted"
                self.quiet = silence(self.pack, at)

    def _added(self, at: datetime) -> None:
        if self.stage == "incomplete":
            self._reach("screening", at)
            self.plan = None
        elif self.open:
            self.plan = at

    @property
    def owed(self) -> dict[str, datetime]:
        """Everything with a date, by what it is; a clock that ran out is owed until it is met."""
        running = [clock.due for clock in self.clocks if clock.ended is None]
        dates = {
            "clock": min(running, default=None),
            "promise": self.promise,
            "task": self.task,
            "quiet": self.quiet,
            "plan": self.plan,
        }
        return {kind: at for kind, at in dates.items() if at} if self.open else {}

    @property
    def next_at(self) -> datetime | None:
        """The earliest date, as the case file has it in ``next_at``."""
        return min(self.owed.values(), default=None)

    def late(self, now: datetime) -> list[Running]:
        """The clocks that were met too late, or not at all in time."""
        return [one for one in self.clocks if (one.ended or now) > one.due]

    def _receive(self, step: Step) -> None:
        spoken = step.facts["intake"]["channel"] in ("phone", "visit") and step.who != "customer"
        self.heard = step.at if spoken else None
        self.quiet = (silence if spoken else _first_contact)(self.pack, step.at)
        self._start("received", step.at)

    def _told(self, at: datetime) -> None:
        self.heard = at
        if self.open:
            self.quiet = silence(self.pack, at)
            self._seen_to(at)

    def _seen_to(self, at: datetime) -> None:
        if self.plan and self.plan <= at:
            self.plan = None

    def _reach(self, stage: str, at: datetime, *, silent: bool = False) -> None:
        self.stage = stage
        self._seen_to(at)
        if not silent:
            happening = "asked_complete" if stage == "incomplete" else stage
            self._happen(happening, at)
            self._start(happening, at)

    def _stop(self, stage: str, at: datetime) -> None:
        self.stage, self.open = stage, False
        self._happen(stage, at)
        for clock in self.clocks:
            if clock.ended is None and clock.due >= at:
                clock.ended = at

    def _start(self, happening: str, at: datetime) -> None:
        day = calendar_of(self.pack).day_of(at)
        self.arrived = self.arrived or day
        rules = pack_clocks(self.pack, happening, day, received_on=self.arrived)
        self.clocks += [Running(rule, _due(self.pack.id, rule, day, at)) for rule in rules]

    def _happen(self, happening: str, at: datetime) -> None:
        for clock in self.clocks:
            if clock.ended is None and happening in clock.rule.met_by:
                clock.ended = at


def ledger(life: Life, until: datetime | None = None) -> Ledger:
    """The ledger after the steps up to a moment, or after all of them."""
    found = Ledger(life)
    for step in life.steps:
        if until is None or step.at <= until:
            found.take(step)
    return found


def silence(pack: Pack, at: datetime) -> datetime:
    """By when somebody who was spoken with must hear from the house again."""
    return _due(pack.id, pack.silence, calendar_of(pack).day_of(at), at)


def _first_contact(pack: Pack, at: datetime) -> datetime:
    return _due(pack.id, pack.first_contact, calendar_of(pack).day_of(at), at)


def _due(pack_id: str, rule: ClockRule, day: date, at: datetime) -> datetime:
    """Counts in days ask only for the day, and many lives have the same days."""
    if rule.unit in clocks.HOUR_UNITS:
        return clocks.start(rule, at, calendar_of(load(pack_id))).due_at
    return _due_by_days(pack_id, rule, day)


@lru_cache(maxsize=4096)
def _due_by_days(pack_id: str, rule: ClockRule, day: date) -> datetime:
    calendar = calendar_of(load(pack_id))
    return clocks.start(rule, calendar.instant(day, 12 * 60), calendar).due_at
