"""Plans the whole demo: which cases, where they stand, who lives them. Seeded and pure.

The same seed and the same day give the same plan; the ids of the rows may differ.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from tingsu.demo import endings, opening, stages
from tingsu.demo.cast import Cast
from tingsu.demo.life import Late, Life, Step
from tingsu.demo.pace import Pace
from tingsu.demo.staff import House, all_houses
from tingsu.demo.stories import Story, stories
from tingsu.demo.walk import Walk

SEED = 20261121
DAYS = 120
# Where a case stands in the end -> how many of 400, youngest and oldest in days.
TARGETS: dict[str, tuple[int, float, float]] = {
    "received": (34, 0.1, 2.5),
    "screening": (14, 0.6, 4),
    "incomplete": (9, 1, 6),
    "accepted": (24, 1, 7),
    "referred": (5, 3, 15),
    "investigating": (42, 2, 11),
    "negotiating": (14, 4, 16),
    "mediating": (13, 5, 24),
    "deciding": (8, 6, 28),
    "executing": (14, 5, 20),
    "confirming": (26, 4, 18),
    "reopened": (7, 14, 50),
    "asked": (4, 12, 40),
    "refused": (11, 4, 110),
    "transferred": (11, 3, 110),
    "withdrawn": (12, 3, 115),
    "cancelled": (7, 3, 115),
    "archived": (38, 40, 119),
    "closed": (107, 7, 118),
}
FATED = {
    "refused": "refuse",
    "transferred": "transfer",
    "referred": "refer",
}
MAY_BE_FATED = {"withdrawn": "withdraw", "incomplete": "incomplete"}
UNFATED = ("", "withdraw")  # stories whose beginning fits any early state
WHOLE = 400


def plan(today: date, count: int = WHOLE, seed: int = SEED) -> list[Life]:
    """All lives of the demo, in the order in which they were received."""
    pace = pace_of(today, seed)
    rng = pace.rng
    cast = Cast(rng)
    plotter = _Plotter(rng, pace, cast)
    lives = [plotter.life(house, target) for house, target in _places(rng, count)]
    lives += plotter.echoes(lives, round(count * 0.045))
    return sorted(lives, key=lambda life: (life.received, life.number))


def pace_of(today: date, seed: int = SEED) -> Pace:
    """The clock of the demo on a day."""
    return Pace(Random(seed), today)  # noqa: S311 - stories, not secrets


def timeline(lives: list[Life]) -> list[tuple[Life, Step]]:
    """Every step of every life in the order in which the house lived them."""
    every = [(life, step) for life in lives for step in life.steps]
    order = {life.number: n for n, life in enumerate(lives)}
    return sorted(every, key=lambda pair: (pair[1].at, order[pair[0].number]))


def _places(rng: Random, count: int) -> list[tuple[House, str]]:
    """Which house gets which state; every state is there once before any is there twice."""
    firsts = [*TARGETS]
    shares = {name: share for name, (share, _low, _high) in TARGETS.items()}
    own = max(count - round(count * 0.045), len(firsts))
    wanted = firsts + [
        name
        for name, share in shares.items()
        for _turn in range(max(round(share * own / WHOLE) - 1, 0))
    ]
    wanted = (wanted + rng.choices(firsts, [*shares.values()], k=own))[:own]
    houses = all_houses()
    weights = [house.row["share"] for house in houses]
    return [(_house_for(rng, houses, weights, target), target) for target in wanted]


def _house_for(rng: Random, houses: tuple[House, ...], weights: list[int], target: str) -> House:
    while True:
        house = rng.choices(houses, weights)[0]
        if any(_suits(story, house, target) for story in stories()):
            return house


def _suits(story: Story, house: House, target: str) -> bool:
    """Whether the story can stand there in the end."""
    if not house.takes(story):
        return False
    if target in FATED:
        return story.fate == FATED[target]
    if target in MAY_BE_FATED:
        return story.fate in ("", MAY_BE_FATED[target])
    if target in ("received", "screening"):
        return story.fate in UNFATED or story.fate == "transfer"
    return not story.fate


class _Plotter:
    """Deals stories evenly and tries a life until it fits between its beginning and today."""

    def __init__(self, rng: Random, pace: Pace, cast: Cast) -> None:
        self.rng, self.pace, self.cast = rng, pace, cast
        self.numbers = iter(range(1, 1_000_000))
        self.used: dict[str, int] = {}

    def life(self, house: House, target: str) -> Life:
        story = self._story(house, target)
        person = self.cast.person(house.slug, story)
        number = next(self.numbers)
        blank = Life(number, house.slug, story, person, self._channel(story, number), target, {})
        return self._fitting(house, blank)

    def _fitting(self, house: House, blank: Life) -> Life:
        """The life begun at an age at which all its steps lie before today."""
        _share, young, old = TARGETS[blank.target]
        age = self.rng.uniform(young, old)
        while True:
            values = opening.values(self.rng, house, blank.story, blank.person)
            handler = house.one(self.rng, "handler", house.group_of(blank.story.pack))
            life = replace(blank, values=values, handler=handler, steps=[])
            try:
                _live(Walk(self.rng, self.pace, house, life), self._arrival(age, life.channel))
            except Late:
                age = min(age + self.rng.uniform(0.5, 2), DAYS - 0.5)
                continue
            life.steps.sort(key=lambda step: step.at)
            return life

    def _story(self, house: House, target: str) -> Story:
        """One of the least told stories that suit."""
        fitting = [story for story in stories() if _suits(story, house, target)]
        fewest = min(self.used.get(story.id, 0) for story in fitting)
        least = [story for story in fitting if self.used.get(story.id, 0) == fewest]
        story = self.rng.choice(least)
        self.used[story.id] = fewest + 1
        return story

    def _channel(self, story: Story, number: int) -> str:
        if number % 23 == 0:
            return "transfer"
        if number % 57 == 0:
            return "file"
        if "mystery" in story.channels and self.rng.random() < 0.35:
            return "mystery"
        return self.rng.choice([one for one in story.channels if one != "mystery"])

    def _arrival(self, age: float, channel: str) -> datetime:
        moment = self.pace.end - timedelta(days=age)
        if channel in opening.OWN_HANDS:
            return moment
        return min(self.pace.within_day(moment, 8.2, 20.5), self.pace.end - timedelta(minutes=20))

    def echoes(self, lives: list[Life], count: int) -> list[Life]:
        """The same matter over another channel, or from a second household."""
        mains = [life for life in lives if life.story.again and _open_after(life, 4)]
        self.rng.shuffle(mains)
        found: list[Life] = []
        for main in mains:
            if len(found) == count:
                break
            if (echo := self._echo(main)) is not None:
                found.append(echo)
        return found

    def _echo(self, main: Life) -> Life | None:
        house = next(house for house in all_houses() if house.slug == main.house)
        other = main.story.again_by == "other"
        person = self.cast.person(house.slug, main.story, new=True) if other else main.person
        channel = "letter" if main.channel != "letter" and self.rng.random() < 0.3 else "web"
        again = (main.story.again,)
        story = replace(main.story, tone="brief", said=again, noted=again)
        echo = Life(next(self.numbers), main.house, story, person, channel, "merged", {})
        echo.values = main.values | {"call": person.call, "ta": person.ta}
        echo.handler, echo.main = main.handler, main.number
        walk = Walk(self.rng, self.pace, house, echo)
        walk.at = main.received + timedelta(hours=self.rng.uniform(10, 60))
        try:
            self._tell_again(walk, linked=other or self.rng.random() < 0.25)
        except Late:
            return None
        ended = _ended_at(main)
        return None if ended and echo.steps[-1].at >= ended else echo

    def _tell_again(self, walk: Walk, *, linked: bool) -> None:
        _begin(walk)
        stages.take(walk)
        walk.wait(0.2, 3)
        if not linked:
            walk.do("merge", walk.mine, reason=walk.word("merged"))
            return
        other = walk.story.again_by == "other"
        walk.life.target = "linked"
        kind, words = ("related", "related") if other else ("repeat", "linked")
        walk.do("link", walk.mine, kind=kind, reason=walk.word(words))
        stages.call_back(walk)
        walk.promised = None


def _open_after(life: Life, hours: float) -> bool:
    ended = _ended_at(life)
    return ended is None or ended > life.received + timedelta(hours=hours)


def _ended_at(life: Life) -> datetime | None:
    return life.when("close") or life.when("end")


def _begin(walk: Walk) -> None:
    stages.receive(walk, opening.facts(walk))


def _live(walk: Walk, received: datetime) -> None:
    """All stages until the state that the life is to stand in."""
    walk.at = received
    _begin(walk)
    target = walk.target
    if target == "received":
        _fresh(walk)
        return
    stages.take(walk)
    if target in ("screening", "incomplete") or walk.chance(0.25):
        stages.screen(walk)
        if target == "incomplete":
            stages.ask_complete(walk)
        elif target not in ("screening",) and walk.chance(0.15):
            stages.completed(walk)
    if target in ("screening", "incomplete"):
        return
    stages.call_back(walk)
    stages.to_the_head(walk)
    if target in ("refused", "transferred", "referred", "withdrawn", "cancelled"):
        endings.early(walk)
        return
    stages.accept(walk)
    if target == "accepted":
        stages.settle_promise(walk, must=False)
        return
    _work(walk)


def _fresh(walk: Walk) -> None:
    """Just arrived: most wait in the queue, some have been taken."""
    later = walk.pace.later(walk.at, 0.3, 4)
    if walk.chance(0.4) and walk.fits(later) and walk.life.channel not in opening.OWN_HANDS:
        walk.at = later
        walk.do("take", walk.mine)
        if walk.chance(0.3):
            text = walk.word("not_reached")
            walk.do("contact", walk.mine, channel="phone", text=text, reached=False)


def _work(walk: Walk) -> None:
    stages.investigate(walk)
    stages.escalate(walk)
    if walk.target == "investigating":
        if walk.promised is None and walk.chance(0.55):
            endings.second_promise(walk)
        return
    stages.extras(walk)
    if endings.between(walk):
        endings.second_promise(walk)
        return
    endings.answer(walk)
    if walk.target == "confirming":
        return
    endings.close(walk)
    endings.after(walk)
