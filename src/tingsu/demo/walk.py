"""A pen for one life: keeps the time, the people and the slots while stages add steps. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tingsu.demo.life import Late, Life, Step
from tingsu.demo.pace import CLOSES, Pace
from tingsu.demo.staff import House
from tingsu.demo.stories import Story, common, fill

# Travellers have a plane to catch, and the law gives their clocks five working days.
BRISK = {"tourism": 0.5}


class Walk:
    """Stages call ``wait`` and ``do``; ``do`` raises Late when the step would lie ahead.

    until: the moment at which the story stops; midnight before today unless given.
    """

    def __init__(
        self, rng: Random, pace: Pace, house: House, life: Life, until: datetime | None = None
    ) -> None:
        self.rng, self.pace, self.house, self.life = rng, pace, house, life
        self.at: datetime = pace.end
        self.until = until or pace.end
        self.haste = BRISK.get(life.story.pack, 1.0)
        self.promised: datetime | None = None
        self.asked = False

    @property
    def slow(self) -> bool:
        return self.life.slow

    @property
    def story(self) -> Story:
        return self.life.story

    @property
    def target(self) -> str:
        return self.life.target

    @property
    def mine(self) -> str:
        """The handler."""
        return self.life.handler

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def wait(self, low: float, high: float) -> None:
        """Some hours pass; work goes on in office hours."""
        self.at = self.pace.later(self.at, low * self.haste, high * self.haste)

    def do(self, verb: str, who: str, *, at: datetime | None = None, **facts: Any) -> None:
        moment = at or self.at
        if moment > self.until:
            raise Late
        self.life.steps.append(Step(moment, verb, who, facts))
        self.at = max(self.at, moment + timedelta(seconds=self.rng.randint(40, 200)))

    def aside(self, verb: str, who: str, at: datetime, **facts: Any) -> None:
        """Somebody else does something meanwhile; nothing happens when that would lie ahead."""
        if self.fits(at):
            self.life.steps.append(Step(at, verb, who, facts))

    def fits(self, moment: datetime) -> bool:
        """Whether the story goes on until that moment."""
        return moment <= self.until

    def say(self, text: str, **more: str) -> str:
        """A text of the story with all its slots filled."""
        by = self.pace.day_words(self.at + timedelta(days=self.rng.choice((3, 4, 5, 7))))
        slots: Mapping[str, str] = {
            "by": by,
            "me": self.house.name_of(self.mine),
            "at": self.pace.time_words(self.promised or self.at),
            "dept": self.story.task[0] if self.story.task else "业务部门",
            **self.life.values,
            **more,
        }
        return fill(text, slots)

    def word(self, kind: str, **more: str) -> str:
        """One of the turns of speech of common.toml."""
        return self.say(self.rng.choice(common()["words"][kind]), **more)

    def due(self, low: float, high: float) -> datetime:
        """A date to name, some hours ahead; on another day any hour of it."""
        moment = self.pace.later(self.at, low, high)
        if self.pace.day_of(moment) > self.pace.day_of(self.at):
            moment = self.pace.within_day(moment, 9, CLOSES)
        return self.pace.round_hour(moment)
