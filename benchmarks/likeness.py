"""How long it takes to find a matter told before, among how many cases.

`python -m benchmarks.likeness [cases]` fills the database of TINGSU_DATA or DATABASE_URL, which
should be a scratch one, with made-up complaints through the real action, learns how rare words
are, and asks. The figures of docs/rules/likeness.md come from here.
"""

import random
import sys
import time
from datetime import datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from benchmarks.inside import organisation  # noqa: E402
from tingsu.cases import learned, tidy  # noqa: E402
from tingsu.cases.actions.learn import learn  # noqa: E402
from tingsu.cases.actions.receive import receive_many  # noqa: E402
from tingsu.cases.intake import Intake  # noqa: E402
from tingsu.cases.models import Case  # noqa: E402
from tingsu.cases.queries.alike import Told, alike  # noqa: E402
from tingsu.packs import available, load  # noqa: E402
from tingsu.people.actor import SYSTEM  # noqa: E402
from tingsu.people.directory import as_who  # noqa: E402
from tingsu.people.models import Member  # noqa: E402

BATCH = 500
DAYS = 390  # over which the complaints are spread
ASKED = 200
SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 1_500)]


def _stories(number: int, chance: random.Random) -> list[str]:
    """Made-up complaints: four sayings of the packs around a name that about twelve share."""
    sayings = [
        text
        for pack in available()
        for category in load(pack).categories.values()
        for text in category.examples
    ]
    names = ["".join(chance.choices(SIGNS, k=4)) for _ in range(number // 12 + 1)]
    return [
        f"{chance.choice(names)}：{'，'.join(chance.choices(sayings, k=4))}，请尽快处理并答复。"
        for _ in range(number)
    ]


def _fill(stories: list[str], at: datetime) -> float:
    """Seconds that receiving them took."""
    step = timedelta(days=DAYS) / len(stories)
    begun = time.perf_counter()
    for start in range(0, len(stories), BATCH):
        batch = [
            Intake("file", text, received_at=at - step * (len(stories) - start - number))
            for number, text in enumerate(stories[start : start + BATCH])
        ]
        receive_many(organisation(), batch, SYSTEM, at, acknowledge=False)
    return time.perf_counter() - begun


def main(number: int) -> None:
    """Fill, learn, ask, print."""
    call_command("migrate", verbosity=0)
    chance, at = random.Random(7), now()
    stories = _stories(number, chance)
    if missing := stories[Case.objects.count() :]:
        rate = len(missing) / _fill(missing, at)
        print(f"{connection.vendor}: {len(missing):,} cases received, {rate:,.0f} a second")
    tidy.learn_sizes()
    learn(organisation().id, learned.WORDS, at)
    learned.forget()
    who = as_who(Member.objects.get(organisation=organisation(), name="head"))
    asked = [Told(text, "general") for text in chance.choices(stories, k=ASKED + 1)]
    alike(who, asked.pop(), at)
    times = []
    for told in asked:
        begun = time.perf_counter()
        alike(who, told, at)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    middle, late = times[ASKED // 2], times[ASKED * 95 // 100]
    print(f"among {Case.objects.count():,}: median {middle:.1f} ms, 95 of 100 in {late:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
