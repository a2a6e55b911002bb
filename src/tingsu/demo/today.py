"""Today, hour by hour: what comes in, who is called, which promises are kept. Pure.

A demo that is loaded at noon shows the morning's work as done and the afternoon's as due.
"""

from datetime import datetime, timedelta
from random import Random

from tingsu.demo import opening, stages
from tingsu.demo.ledger import Ledger, ledger
from tingsu.demo.life import Late, Life, Step
from tingsu.demo.pace import CLOSES, Pace
from tingsu.demo.staff import House, all_houses
from tingsu.demo.touch import call
from tingsu.demo.walk import Walk

SPARE = timedelta(minutes=4)
NIGHT = 0.3  # the share of what comes in before anybody is at work
TAKEN = 2  # of so many that can wait, one is taken in the course of the day
SOON = 0.6  # hours
NOT_TODAY = frozenset({"letter", "mail", "file"})  # for the head, or from old lists


class Today:
    """The work of the day on lives that were planned until it begins."""

    ARRIVALS = 0.035  # of all cases of four months

    def __init__(self, rng: Random, pace: Pace) -> None:
        self.rng, self.pace = rng, pace
        self.houses = {house.slug: house for house in all_houses()}
        self.waiting = 0

    def work_on(self, life: Life) -> None:
        """What is done on one case today, if anything is."""
        count = ledger(life)
        if not count.open:
            return
        if not count.owner:
            self._picked_up(life)
            return
        self._promise(life, count)
        self._task(life, count)
        self._talk(life, ledger(life))
        life.steps.sort(key=lambda step: step.at)

    def arrival(self, house: House, blank: Life) -> Life:
        """A case that comes in today; most are taken and called back soon."""
        life = blank
        by_night = self.rng.random() < NIGHT
        if by_night or life.channel in NOT_TODAY:
            life.channel = "web"
        life.values = opening.values(self.rng, house, life.story, life.person)
        walk = self._walk(life)
        walk.at = self.pace.today_at(0.3, 7.4) if by_night else self.pace.today_at(8.2, 17.2)
        stages.receive(walk, opening.facts(walk))
        if self._is_urgent(life) or self._has_its_turn():
            self._taken(walk)
        return life

    def _walk(self, life: Life) -> Walk:
        evening = self.pace.at(self.pace.today, CLOSES + 0.8)
        return Walk(self.rng, self.pace, self.houses[life.house], life, until=evening)

    def _taken(self, walk: Walk) -> None:
        try:
            stages.take(walk, SOON)
            stages.call_back(walk, SOON)
        except Late:
            return  # it got late; tomorrow, then

    def _picked_up(self, life: Life) -> None:
        """Before the customer has waited too long, or some time during the day."""
        walk, count = self._walk(life), ledger(life)
        if self._is_urgent(life):
            walk.at = self.pace.today_at(8.6, 9.2)
        elif count.quiet and self._is_today(count.quiet):
            walk.at = self.pace.today_at(13.4, 15.8)
        elif self._has_its_turn():
            walk.at = self.pace.today_at(8.6, 15.5)
        else:
            return
        self._taken(walk)

    def _promise(self, life: Life, count: Ledger) -> None:
        """The call that was promised for today, nearly always a little before its time."""
        due = count.promise
        if due is None or not self._is_today(due):
            return
        early = timedelta(minutes=self.rng.randint(6, 35))
        walk = self._walk(life)
        walk.at = max(due - early, self.pace.at(self.pace.today, 8.3))
        owner, life.handler = life.handler, count.owner
        stages.keep(walk, due, walk.at)
        life.handler = owner

    def _task(self, life: Life, count: Ledger) -> None:
        """The department answers on the day on which it should."""
        due = count.task
        if due is None or not self._is_today(due):
            return
        department, _question, answer = life.story.task
        walk = self._walk(life)
        walk.at = max(
            due - timedelta(minutes=self.rng.randint(8, 90)), self.pace.at(self.pace.today, 8.7)
        )
        who = walk.house.one(self.rng, "respondent", department)
        walk.do("answer", who, text=walk.say(answer))

    def _talk(self, life: Life, count: Ledger) -> None:
        """Those who would otherwise hear nothing are called, most of them in the morning."""
        at = self._hour_of_call(count)
        if at is None or (life.steps and at <= life.steps[-1].at + SPARE):
            return
        life.steps.append(call(self._walk(life), count, at))
        if count.stage == "confirming" and not life.when("confirm") and self.rng.random() < 0.25:
            life.steps.append(self._agreed(life, at + timedelta(minutes=self.rng.randint(9, 90))))

    def _hour_of_call(self, count: Ledger) -> datetime | None:
        if count.plan and self._is_today(count.plan):
            return count.plan + timedelta(minutes=self.rng.randint(5, 40))
        if count.quiet is None or not self._is_today(count.quiet) or self.rng.random() < 0.04:
            return None
        morning = self.rng.random() < 0.85
        return self.pace.today_at(8.6, 11.6) if morning else self.pace.today_at(13.3, 17.2)

    def _agreed(self, life: Life, at: datetime) -> Step:
        walk = self._walk(life)
        walk.at = at
        facts = {"agreed": True, "text": walk.say(life.story.yes), "rating": 5}
        return Step(at, "confirm", "customer", facts)

    def _has_its_turn(self) -> bool:
        self.waiting += 1
        return self.waiting % TAKEN == 0

    def _is_urgent(self, life: Life) -> bool:
        """Whether the customer is to hear from a person for the first time today."""
        count = ledger(life)
        return count.heard is None and count.quiet is not None and self._is_today(count.quiet)

    def _is_today(self, moment: datetime) -> bool:
        return self.pace.day_of(moment) == self.pace.today
