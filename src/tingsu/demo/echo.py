"""The same matter over another channel, or from a second household: merged or linked. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from tingsu.demo import opening, stages
from tingsu.demo.cast import Cast
from tingsu.demo.ledger import ledger
from tingsu.demo.life import Late, Life
from tingsu.demo.pace import Pace
from tingsu.demo.staff import all_houses
from tingsu.demo.touch import keep_in_touch
from tingsu.demo.walk import Walk

FRESH = timedelta(days=5)  # a linked case goes on by itself, so that it must not be old


class Echoes:
    """Finds complaints that are made twice. numbers: the next number of a life."""

    def __init__(self, rng: Random, pace: Pace, cast: Cast, numbers: Iterator[int]) -> None:
        self.rng, self.pace, self.cast, self.numbers = rng, pace, cast, numbers

    def of(self, lives: list[Life], most: int) -> list[Life]:
        """As many echoes of the lives as are wanted and possible; linked ones for the half."""
        mains = [life for life in lives if life.story.again and len(life.steps) > 1]
        self.rng.shuffle(mains)
        found: list[Life] = []
        for main in sorted(mains, key=lambda life: self.pace.end - life.received > FRESH):
            if len(found) == most:
                break
            linked = sum(echo.target == "linked" for echo in found)
            if (echo := self._echo(main, may_link=2 * linked < most)) is not None:
                found.append(echo)
        return found

    def _echo(self, main: Life, *, may_link: bool) -> Life | None:
        other = main.story.again_by == "other"
        linked = self.pace.end - main.received < FRESH and (other or self.rng.random() < 0.6)
        if (other and not linked) or (linked and not may_link):
            return None
        house = next(house for house in all_houses() if house.slug == main.house)
        person = self.cast.person(house.slug, main.story, new=True) if other else main.person
        channel = "letter" if main.channel != "letter" and self.rng.random() < 0.3 else "web"
        again = (main.story.again,)
        story = replace(main.story, tone="brief", said=again, noted=again)
        target = "linked" if linked else "merged"
        echo = Life(next(self.numbers), main.house, story, person, channel, target, {})
        echo.values = main.values | {"call": person.call, "ta": person.ta}
        echo.handler, echo.main = main.handler, main.number
        walk = Walk(self.rng, self.pace, house, echo)
        walk.at = main.received + timedelta(hours=self.rng.uniform(10, 60))
        try:
            _tell_again(walk)
        except Late:
            return None
        keep_in_touch(walk)
        return echo if self._possible(main, echo) else None

    def _possible(self, main: Life, echo: Life) -> bool:
        """The main case was still open, and a linked one has nothing overdue."""
        ended = main.when("close") or main.when("end")
        if ended and echo.steps[-1].at >= ended:
            return False
        return all(at >= self.pace.end for at in ledger(echo).owed.values())


def _tell_again(walk: Walk) -> None:
    stages.receive(walk, opening.facts(walk))
    stages.to_the_head(walk)
    stages.take(walk)
    walk.wait(0.2, 3)
    if walk.target == "merged":
        walk.do("merge", walk.mine, reason=walk.word("merged"))
        return
    other = walk.story.again_by == "other"
    kind, words = ("related", "related") if other else ("repeat", "linked")
    walk.do("link", walk.mine, kind=kind, reason=walk.word(words))
    stages.call_back(walk)
    stages.settle_promise(walk, must=False)
