"""Keeping in touch: calls between the steps, so that nobody waits in silence (HA-12). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tingsu.demo.ledger import Ledger, silence
from tingsu.demo.life import Step
from tingsu.demo.stories import common
from tingsu.demo.walk import Walk

SHORTLY = timedelta(minutes=4)
AHEAD = 0.8


def keep_in_touch(walk: Walk) -> None:
    """Add the calls that the rule of silence asks for, up to the morning of today.

    The first talk belongs to the story; what is added comes after it.
    """
    life = walk.life
    line = _Line(walk, Ledger(life), life.received)
    for step in [*life.steps, None]:
        until = step.at if step else walk.pace.end
        while (made := line.call_before(until)) is not None:
            life.calls.append(made)
            line.go_on(made)
        if step:
            line.go_on(step)
    if line.count.owner and line.count.heard and (early := line.call_ahead()) is not None:
        life.calls.append(early)
    life.steps = sorted([*life.steps, *life.calls], key=lambda step: step.at)


def call(walk: Walk, count: Ledger, at: datetime) -> Step:
    """The owner tells the customer where the case stands."""
    walk.at = at
    words = common()["touch"].get(count.stage) or common()["words"]["more_calls"]
    turn = walk.life.number + len(walk.life.calls)
    text = walk.say(words[turn % len(words)])
    return Step(at, "contact", count.owner, {"channel": "phone", "text": text, "reached": True})


@dataclass
class _Line:
    """How far the life has been read, and when something last happened."""

    walk: Walk
    count: Ledger
    last: datetime

    def go_on(self, step: Step) -> None:
        self.count.take(step)
        self.last = max(self.last, step.at)

    def call_ahead(self) -> Step | None:
        """A good owner does not wait for the last day, where a call in time wins a day."""
        walk, quiet, pace = self.walk, self.count.quiet, self.walk.pace
        if not self.count.open or quiet is None or pace.day_of(quiet) > pace.today:
            return None
        at = pace.at(pace.workday_before(pace.today), walk.rng.uniform(13.5, 17.4))
        if at < self.last + SHORTLY or silence(self.count.pack, at) <= quiet:
            return None
        return call(walk, self.count, at) if walk.chance(AHEAD) else None

    def call_before(self, until: datetime) -> Step | None:
        """The next call, if the customer would wait too long for what comes at ``until``."""
        pace, quiet = self.walk.pace, self.count.quiet
        if not (self.count.open and self.count.owner and self.count.heard and quiet):
            return None
        day = pace.day_of(quiet)
        if not pace.works(day) and pace.workday_before(day) > pace.day_of(self.last):
            day = pace.workday_before(day)
        at = max(pace.at(day, self.walk.rng.uniform(8.8, 16.6)), self.last + SHORTLY)
        if quiet >= until or at > quiet or at >= until - SHORTLY:
            return None
        return call(self.walk, self.count, at)
