"""Plans the whole demo: which cases, where they stand, who lives them. Seeded and pure.

The same seed and the same day give the same plan; the ids of the rows may differ. The stories
run up to the beginning of today; what today brings is planned hour by hour in ``today``.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from tingsu.demo import endings, opening, stages
from tingsu.demo.cast import Cast
from tingsu.demo.echo import Echoes
from tingsu.demo.ledger import ledger
from tingsu.demo.life import Late, Life, Step
from tingsu.demo.pace import Pace
from tingsu.demo.staff import House, all_houses
from tingsu.demo.stories import Story, stories
from tingsu.demo.today import Today
from tingsu.demo.touch import keep_in_touch
from tingsu.demo.undone import ASKED_OF, FIRST, leave_undone
from tingsu.demo.walk import Walk

SEED = 20261121
DAYS = 120
# Where a case stands as today begins -> how many of 400, youngest and oldest in days. "waiting":
# received and not taken; "asked": closed, and the customer asks to reopen.
TARGETS: dict[str, tuple[int, float, float]] = {
    "waiting": (15, 0.02, 0.6),
    "received": (10, 0.2, 2),
    "screening": (12, 0.4, 3),
    "incomplete": (8, 0.6, 4),
    "accepted": (24, 0.5, 4),
    "referred": (5, 2, 8),
    "investigating": (48, 1, 7),
    "negotiating": (18, 3, 14),
    "mediating": (13, 5, 19),
    "deciding": (6, 6, 21),
    "executing": (18, 4, 18),
    "confirming": (28, 3, 13),
    "reopened": (5, 9, 24),
    "asked": (2, 8, 25),
    "refused": (11, 4, 110),
    "transferred": (10, 3, 110),
    "withdrawn": (11, 3, 115),
    "cancelled": (6, 3, 115),
    "archived": (38, 40, 119),
    "closed": (112, 5, 118),
}
FATED = {
    "refused": "refuse",
    "transferred": "transfer",
    "referred": "refer",
}
MAY_BE_FATED = {"withdrawn": "withdraw", "incomplete": "incomplete"}
UNFATED = ("", "withdraw")  # stories whose beginning fits any early state
FIRST_HOUSE_ONLY = frozenset({"asked"})
EARLY = frozenset({"waiting", "received", "screening"})
ENDED = frozenset(
    {"refused", "transferred", "withdrawn", "cancelled", "archived", "closed", "asked"}
)
SLOW = 0.3  # of the cases that have ended: the house was not always as good as today
TRIES = 30
ECHOES = 0.045
WHOLE = 400


def plan(today: date, count: int = WHOLE, seed: int = SEED) -> list[Life]:
    """All lives of the demo, in the order in which they were received: as many as wanted until
    today begins, and those that come in today."""
    pace = pace_of(today, seed)
    plotter = _Plotter(pace)
    lives = [plotter.life(house, target) for house, target in _places(pace.rng, count)]
    lives += Echoes(pace.rng, pace, plotter.cast, plotter.numbers).of(lives, round(count * ECHOES))
    left = leave_undone(pace.rng, pace, lives)
    day = Today(pace.rng, pace)
    for life in lives:
        if life.number not in left:
            day.work_on(life)
    lives += plotter.arrivals(day, round(count * day.ARRIVALS))
    return sorted(lives, key=lambda life: (life.received, life.number))


def pace_of(today: date, seed: int = SEED) -> Pace:
    """The clock of the demo on a day."""
    return Pace(Random(seed), today)  # noqa: S311 - stories, not secrets


def timeline(lives: list[Life], until: datetime | None = None) -> list[tuple[Life, Step]]:
    """Every step of every life in the order in which the house lived them, up to a moment."""
    every = [(life, step) for life in lives for step in life.steps]
    order = {life.number: n for n, life in enumerate(lives)}
    past = [pair for pair in every if until is None or pair[1].at <= until]
    return sorted(past, key=lambda pair: (pair[1].at, order[pair[0].number]))


def _places(rng: Random, count: int) -> list[tuple[House, str]]:
    """Which house gets which state; every state is there once before any is there twice."""
    firsts = [*TARGETS]
    shares = {name: share for name, (share, _low, _high) in TARGETS.items()}
    own = max(count - round(count * ECHOES), len(firsts))
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
    if target in FIRST_HOUSE_ONLY:
        return houses[0]
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
    if target in EARLY:
        return story.fate in UNFATED or story.fate == "transfer"
    return not story.fate


class _Plotter:
    """Deals stories evenly and tries a life until it fits between its beginning and today."""

    def __init__(self, pace: Pace) -> None:
        self.rng, self.pace, self.cast = pace.rng, pace, Cast(pace.rng)
        self.numbers = count(1)
        self.used: dict[str, int] = {}
        self.dealt: Counter[tuple[str, str]] = Counter()
        self.asking = ASKED_OF[1] + 1  # cases about which that department can be asked

    def life(self, house: House, target: str) -> Life:
        return self._fitting(house, self._blank(house, target))

    def arrivals(self, day: Today, number: int) -> list[Life]:
        """What comes in today, for the most part where the rest comes in."""
        houses = all_houses()
        weights = [house.row["share"] for house in houses]
        blanks: list[Life] = []
        while len(blanks) < number:
            house = self.rng.choices(houses, weights)[0]
            blank = self._blank(house, "waiting")
            if not stages.for_head(blank):
                blanks.append(day.arrival(house, blank))
        return blanks

    def _blank(self, house: House, target: str) -> Life:
        story = self._story(house, target)
        person = self.cast.person(house.slug, story)
        number = next(self.numbers)
        life = Life(number, house.slug, story, person, self._channel(story, number), target, {})
        life.handler = self._handler(house, story, target)
        self.dealt["", target] += 1
        if target == "waiting" and self.dealt["", target] % 3:
            life.channel = "phone"  # who has been spoken with can wait a little
        life.slow = target in ENDED and self.rng.random() < SLOW
        return life

    def _fitting(self, house: House, blank: Life) -> Life:
        """The life begun at an age at which it may stand where it should as today begins."""
        _share, young, old = TARGETS[blank.target]
        age, tries = self.rng.uniform(young, old), 0
        while True:
            tries += 1
            life = self._try(house, blank, age)
            if life is None:
                age = min(age + self.rng.uniform(0.3, 1.2), DAYS - 0.5)
            elif tries > 5 * TRIES or self._in_order(life):
                return life
            else:
                age = self.rng.uniform(young, old)
            if tries % TRIES == 0:
                blank = self._blank(house, blank.target)  # another story may fit better

    def _try(self, house: House, blank: Life, age: float) -> Life | None:
        """One telling; None when it would run on into today."""
        values = opening.values(self.rng, house, blank.story, blank.person)
        life = replace(blank, values=values, steps=[], calls=[])
        try:
            walk = Walk(self.rng, self.pace, house, life)
            _live(walk, self._arrival(age, life.channel))
        except Late:
            return None
        life.steps.sort(key=lambda step: step.at)
        if life.target not in ENDED:
            keep_in_touch(walk)
        return life

    def _in_order(self, life: Life) -> bool:
        """Nothing is overdue as today begins, and only slow cases broke the law's limits; few
        of those limits end today."""
        count = ledger(life)
        ending = self.pace.end if life.number % 3 == 0 else self.pace.end + timedelta(days=1)
        opens = self.pace.end if count.owner else self.pace.at(self.pace.today, 9.5)
        if any(at < opens for at in count.owed.values()):
            return False
        if count.owed.get("clock", ending) < ending:
            return False
        return life.slow or not count.late(self.pace.end)

    def _handler(self, house: House, story: Story, target: str) -> str:
        """The one of the group who has the fewest of those; no desk is fuller than the next."""
        able = house.all_of("handler", house.group_of(story.pack))
        least = min(able, key=lambda user: (self.dealt[user, target], self.dealt[user, ""]))
        self.dealt[least, target] += 1
        self.dealt[least, ""] += 1
        return least

    def _story(self, house: House, target: str) -> Story:
        """One of the least told stories that suit."""
        fitting = [story for story in stories() if _suits(story, house, target)]
        if target == "investigating" and house.slug == FIRST and self.asking:
            self.asking -= 1
            fitting = [story for story in fitting if story.task[:1] == ASKED_OF[:1]] or fitting
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


def _live(walk: Walk, received: datetime) -> None:
    """All stages until the state that the life is to stand in."""
    walk.at = received
    stages.receive(walk, opening.facts(walk))
    stages.to_the_head(walk)
    target = walk.target
    if target == "waiting":
        return
    stages.take(walk)
    stages.call_back(walk)
    if target == "received":
        stages.settle_promise(walk, must=False)
        return
    if target in ("screening", "incomplete") or walk.chance(0.25):
        stages.screen(walk)
        if target == "incomplete":
            stages.ask_complete(walk)
        elif target != "screening" and walk.chance(0.15):
            stages.completed(walk)
    if target in ("screening", "incomplete"):
        stages.settle_promise(walk, must=False)
        return
    if target in ("refused", "transferred", "referred", "withdrawn", "cancelled"):
        endings.early(walk)
        return
    stages.accept(walk)
    if target == "accepted":
        stages.settle_promise(walk, must=False)
        return
    _work(walk)


def _work(walk: Walk) -> None:
    stages.investigate(walk)
    stages.escalate(walk)
    if walk.target == "investigating":
        if walk.promised is None:
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
