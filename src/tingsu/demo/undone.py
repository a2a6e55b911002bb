"""What is owed and what was left undone as today begins: an ordinary day of a good team. Pure.

Some promises fall due today, a few things are overdue, and each of those has a reason.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from tingsu.demo import stages
from tingsu.demo.ledger import Ledger, ledger
from tingsu.demo.life import Life, Step
from tingsu.demo.pace import Pace
from tingsu.demo.staff import all_houses
from tingsu.demo.walk import Walk

PROMISED_TODAY = 0.11  # of the open cases with an owner
FORGOTTEN = {"promise": 0.032, "silence": 0.02, "task": 0.016, "stuck": 0.01}
HOURS = (9.5, 10, 10.5, 11, 11.5, 14, 14.5, 15, 15.5, 16, 16.5, 17)
AT_WORK = frozenset({"accepted", "investigating", "negotiating", "mediating", "executing"})
FIRST = "yunfan"
ASKING = frozenset({"ask", "answer", "send_back", "accept_answer"})
UNREAD = 3  # cases that wait for the head's word
ASKED_OF = ("物业工程部", 3)  # whose desk in the demo shows how many tasks
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def leave_undone(rng: Random, pace: Pace, lives: list[Life]) -> set[int]:
    """Arrange what waits for people today; the numbers of cases that nobody works on today."""
    undone = _Undone(rng, pace, lives)
    undone.for_the_head()
    left = undone.forgotten()
    undone.asked_of_a_department(left)
    undone.promised_for_today(left)
    return left


class _Undone:
    def __init__(self, rng: Random, pace: Pace, lives: list[Life]) -> None:
        self.rng, self.pace = rng, pace
        self.houses = {house.slug: house for house in all_houses()}
        self.counts = {life.number: ledger(life) for life in lives}
        self.open = [life for life in lives if self.counts[life.number].open]
        self.owned = [life for life in self.open if self.counts[life.number].owner]
        rng.shuffle(self.owned)

    def for_the_head(self) -> None:
        """The newest major and written ones of each house wait for the head, older ones do not."""
        waiting: Counter[str] = Counter()
        for life in sorted(self.open, key=lambda life: life.received, reverse=True):
            if not stages.for_head(life):
                continue
            told = [step for step in life.steps if step.verb != "instruct"]
            if waiting[life.house] < (UNREAD if life.house == FIRST else 1):
                waiting[life.house] += 1
                life.steps = told
            elif len(told) == len(life.steps):
                at = max(life.received + HOUR, self.pace.end - 7 * HOUR)
                at = at if at < self.pace.end else self.pace.today_at(8.8, 10)
                stages.instruct(Walk(self.rng, self.pace, self.houses[life.house], life, at), at)
                self._count(life)

    def forgotten(self) -> set[int]:
        """Overdue by hours or a day or two; one or two by a week, for a reason that is told."""
        ways: dict[str, Callable[[Life, Ledger], bool]] = {
            "promise": self._forget_promise,
            "silence": self._stay_silent,
            "task": self._leave_task,
            "stuck": self._get_stuck,
        }
        left: set[int] = set()
        owners: Counter[str] = Counter()
        for way, share in FORGOTTEN.items():
            for _turn in range(round(share * len(self.owned))):
                fair = sorted(self.owned, key=lambda one: owners[self.counts[one.number].owner])
                for life in fair:
                    count = self.counts[life.number]
                    if life.number not in left and ways[way](life, count):
                        left.add(life.number)
                        owners[count.owner] += 1
                        break
        return left

    def asked_of_a_department(self, left: set[int]) -> None:
        """One department has some tasks before it, due today and in the next days."""
        department, wanted = ASKED_OF
        own = (life for life in self.owned if life.house == FIRST and life.story.task)
        near = [life for life in own if life.story.task[0] == department]
        there = sum(1 for life in near if self.counts[life.number].task)
        for life in near:
            if there >= wanted:
                return
            asked = self.pace.at(self.pace.workday_before(self.pace.today), 15 + there / 2)
            asked = max(asked, life.steps[-1].at + HOUR / 2)
            if life.number not in left and asked < self.pace.end and self._can_ask(life, asked):
                days, hours = ((0, 16.5), (1, 11), (3, 15))[there]
                due = self.pace.at(self.pace.today + days * DAY, hours)
                self._ask(life, asked, self.pace.round_hour(due))
                there += 1

    def promised_for_today(self, left: set[int]) -> None:
        """Calls that the owners have promised for this day, from morning to evening."""
        wanted = round(PROMISED_TODAY * len(self.owned))
        day = self.pace.workday_before(self.pace.today)
        hour = 0
        for life in self.owned:
            count = self.counts[life.number]
            if count.promise and self.pace.day_of(count.promise) == self.pace.today:
                wanted -= 1
        for life in self.owned:
            count = self.counts[life.number]
            made = max(life.steps[-1].at + HOUR / 4, self.pace.at(day, 11))
            if wanted <= 0:
                return
            if life.number in left or count.stage not in AT_WORK or count.promise:
                continue
            if made < self.pace.end:
                due = self.pace.at(self.pace.today, HOURS[hour % len(HOURS)])
                self._promise(life, made, due, "today_promise")
                hour, wanted = hour + 5, wanted - 1

    def _forget_promise(self, life: Life, count: Ledger) -> bool:
        """Promised in the morning for the afternoon, and the call was not made."""
        day = self._lately()
        made = self.pace.at(day, self.rng.uniform(8.8, 11.4))
        if count.stage not in AT_WORK or count.promise or life.steps[-1].at >= made:
            return False
        due = self.pace.at(day, self.rng.choice((15, 15.5, 16, 16.5, 17)))
        self._promise(life, made, due, "today_promise")
        return True

    def _stay_silent(self, life: Life, count: Ledger) -> bool:
        """The last call that should have kept the customer in touch was not made."""
        spared = [step for step in life.calls if step is life.steps[-1]]
        if not spared or count.stage == "confirming":
            return False
        before = life.steps
        life.steps = [step for step in before if step is not spared[0]]
        quiet = ledger(life).quiet
        if quiet and self.pace.end - 2 * DAY <= quiet < self.pace.end:
            self._count(life)
            return True
        life.steps = before
        return False

    def _leave_task(self, life: Life, _count: Ledger) -> bool:
        """A department has not answered in time and was reminded."""
        day = self._lately()
        asked = self.pace.at(self.pace.workday_before(self.pace.workday_before(day)), 10.5)
        due = self.pace.at(day, self.rng.choice((15.5, 16, 17)))
        if not self._can_ask(life, asked):
            return False
        self._ask(life, asked, due)
        self._note(life, due - timedelta(minutes=self.rng.randint(20, 70)), "overdue_asked")
        return True

    def _get_stuck(self, life: Life, _count: Ledger) -> bool:
        """A week overdue: the answer hangs on somebody outside, and the customer knows."""
        due = self.pace.at(self.pace.workday_before(self.pace.today - 5 * DAY), 16)
        asked = due - 4 * DAY
        if not self._can_ask(life, asked) or len(life.calls) < 2:
            return False
        self._ask(life, self.pace.office(asked), due)
        self._note(life, due + HOUR, "week_late")
        told = life.calls[-1]
        walk = self._walk(life, told.at)
        step = Step(told.at, told.verb, told.who, {**told.facts, "text": walk.word("week_told")})
        life.steps = [step if one is told else one for one in life.steps]
        self._count(life)
        return True

    def _can_ask(self, life: Life, at: datetime) -> bool:
        """A department that is there, nothing asked at the time, and a case that was at work."""
        house = self.houses[life.house]
        if not life.story.task or not house.has(life.story.task[0]):
            return False
        if any(step.verb in ASKING and step.at >= at for step in life.steps):
            return False
        then = ledger(life, at)
        return then.stage in AT_WORK and not then.task and self.counts[life.number].stage in AT_WORK

    def _lately(self) -> date:
        """Yesterday, or the last working day when that is not long ago."""
        day = self.pace.workday_before(self.pace.today)
        return max(day, self.pace.today - 2 * DAY)

    def _promise(self, life: Life, at: datetime, due: datetime, words: str) -> None:
        who = self.counts[life.number].owner
        facts = {"content": self._walk(life, at).word(words), "due_at": due}
        self._add(life, Step(at, "promise", who, facts))

    def _ask(self, life: Life, at: datetime, due: datetime) -> None:
        department, question, _answer = life.story.task
        walk = self._walk(life, at)
        again = any(step.verb == "ask" for step in life.steps)
        text = walk.word("asked_more") if again else walk.say(question)
        facts = {"department": department, "content": text, "due_at": due}
        self._add(life, Step(at, "ask", ledger(life, at).owner, facts))

    def _note(self, life: Life, at: datetime, words: str) -> None:
        text = self._walk(life, at).word(words)
        self._add(life, Step(at, "note", ledger(life, at).owner, {"text": text}))

    def _add(self, life: Life, step: Step) -> None:
        life.steps.append(step)
        self._count(life)

    def _count(self, life: Life) -> None:
        life.steps.sort(key=lambda step: step.at)
        self.counts[life.number] = ledger(life)

    def _walk(self, life: Life, at: datetime) -> Walk:
        walk = Walk(self.rng, self.pace, self.houses[life.house], life)
        walk.at = at
        return walk
