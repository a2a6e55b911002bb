"""Talks as the demo opens: stages of the guide that somebody ticked with a word, calls at a
promised time that nobody answered. Calls actions."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from tingsu.cases._guided import guided, lines
from tingsu.cases.actions import guide, promise_call
from tingsu.cases.actions.promise_call import Told
from tingsu.cases.models import Case, Promise
from tingsu.demo.quiet import AGO, last_of, owner_of, quiet
from tingsu.demo.settle import Home

MOST = 10  # cases of one house
MINUTE, HALF = timedelta(minutes=1), timedelta(minutes=40)
MOOD = "听客户一口气说完，没有打断；他最后说「你们肯听就好」。"
MATTER = "和客户逐条对过，他说没有漏的。"


def talk(homes: Iterable[Home], at: datetime) -> None:
    """What the screens of the guide and of promises show beyond what ticks itself."""
    for home in homes:
        cases = quiet(home.organisation, at, "accepted", "investigating", "screening", ago=HALF)
        for turn, case in enumerate(islice(cases, MOST)):
            _tick(case, at - (12 + turn) * MINUTE, stages=1 + turn % 2)
        for case, row in islice(_called_for(home, at), 2):
            told = Told("unreached", "响了很久没人接，发了短信说一刻钟后再打。")
            promise_call.call(case, owner_of(case), at - 8 * MINUTE, promise_id=row.id, told=told)


def _tick(case: Case, at: datetime, stages: int) -> None:
    """The next stages that the case does not show by itself."""
    found = guided(case, lines(case))
    left = (
        [one for one in found.standing.places if one.how not in ("shown", "ticked")]
        if found
        else []
    )
    for place in left[:stages]:
        words = MOOD if place.stage.mood else MATTER
        guide.tick(case, owner_of(case), at, stage=place.stage.code, text=words)


def _called_for(home: Home, at: datetime) -> Iterator[tuple[Case, Promise]]:
    """Promises that are about due on cases that nobody touched for a while."""
    rows = Promise.objects.filter(
        case__organisation=home.organisation, case__open=True, state="due",
        case__owner__isnull=False, due_at__lt=at + 2 * AGO,
    )  # fmt: skip
    for row in rows.select_related("case").order_by("-due_at"):
        if last_of(row.case) < at - AGO:
            yield row.case, row
