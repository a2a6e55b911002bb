"""Prepared solutions of the demo: written when a case has ended well, released and used when the
same trouble comes again (IM-5). Calls actions."""

from datetime import datetime, timedelta

from tingsu.cases.actions import solution
from tingsu.cases.actions.solution import Article
from tingsu.cases.models import Case, Solution
from tingsu.demo.life import Life
from tingsu.demo.stories import fill
from tingsu.people.actor import Actor

MOST = 14
LATER = timedelta(minutes=10)
WHO = {"call": "○先生／女士", "me": "（您的姓名）", "line": "（您的电话）", "ta": "客户"}


class Library:
    """What one house has learned so far, by the story that taught it."""

    def __init__(self, house: str, releasing: Actor) -> None:
        self.house, self.releasing = house, releasing
        self.found: dict[str, Solution] = {}
        self.used: set[int] = set()

    def ended(self, life: Life, case: Case, by: Actor, at: datetime) -> None:
        """The handler writes down what worked."""
        known = len(self.found) >= MOST or life.story.id in self.found
        if life.house != self.house or known or not life.story.reply:
            return
        if case.verdict != "founded" or (case.rating or 0) < 4:
            return
        solution.compose(case, by, at + LATER, article=_article(life, case))
        row = Solution.objects.get(case=case)
        row.case = case
        self.found[life.story.id] = row

    def begun(self, life: Life, case: Case, by: Actor, at: datetime) -> None:
        """It is looked for when the next one is looked into; what waits is released then."""
        row = self.found.get(life.story.id) if life.house == self.house else None
        if row is None or life.number in self.used:
            return
        self.used.add(life.number)
        if row.state == "proposed":
            solution.release(row, self.releasing, at)
            row.state = "released"
        solution.use(case, by, at, solution=row)


def _article(life: Life, case: Case) -> Article:
    story, slots = life.story, {**life.values, **WHO}
    slots |= {name: "某天某时" for name in ("at", "by", "due") if name not in life.values}
    return Article(
        title=case.title,
        situation=_told(story.noted[0], slots),
        cause=_told(story.task[2], slots) if story.task else _told(story.note, slots),
        worked=_told(story.call[0], slots),
        wording=_told(story.reply, slots),
        cost=case.amount,
    )


def _told(text: str, slots: dict[str, str]) -> str:
    return fill(text, slots)
