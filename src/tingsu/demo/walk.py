"""A pen for one life: keeps the time, the people and the slots while stages add steps. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tingsu.demo.life import Late, Life, Step
from tingsu.demo.pace import Pace
from tingsu.demo.staff import House
from tingsu.demo.stories import Story, common, fill


class Walk:
    """Stages call ``wait`` and ``do``; ``do`` raises Late when the step would lie ahead."""

    def __init__(self, rng: Random, pace: Pace, house: House, life: Life) -> None:
        self.rng, self.pace, self.house, self.life = rng, pace, house, life
        self.at: datetime = pace.end
        self.slow = rng.random() < 0.12
        self.promised: datetime | None = None
        self.asked = False

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
        self.at = self.pace.later(self.at, low, high)

    def do(self, verb: str, who: str, *, at: datetime | None = None, **facts: Any) -> None:
        moment = at or self.at
        if moment > self.pace.end:
            raise Late
        self.life.steps.append(Step(moment, verb, who, facts))
        self.at = max(self.at, moment + timedelta(seconds=self.rng.randint(40, 200)))

    def fits(self, moment: datetime) -> bool:
        """Whether the moment is past already."""
        return moment <= self.pace.end

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
        """A date to name, some hours ahead."""
        return self.pace.round_hour(self.pace.later(self.at, low, high))
