"""Figures taken inside a process with Django: import rate, search, and the data for the rest."""

import random
import sys
import time
from datetime import timedelta
from statistics import quantiles

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from benchmarks.notices import notices  # noqa: E402
from benchmarks.table import report  # noqa: E402
from tingsu.cases import search, tidy  # noqa: E402
from tingsu.cases.actions.receive import receive_many  # noqa: E402
from tingsu.cases.intake import Intake  # noqa: E402
from tingsu.cases.models import Case, Event  # noqa: E402
from tingsu.people.actor import CUSTOMER  # noqa: E402
from tingsu.people.models import Department, Member, Organisation, User  # noqa: E402

BATCH = 500
PLACES = "东湖西苑南岭北辰金桂银杏春晓秋实江畔山语云台花溪"
THINGS = [
    "电梯",
    "供水",
    "宽带",
    "房费",
    "发票",
    "空调",
    "保修",
    "退款",
    "导游",
    "停车",
    "噪音",
    "押金",
]
DEEDS = [
    "停了三天没人管",
    "多收了钱不肯退",
    "答应的事没有做到",
    "打了五次电话没人接",
    "修了两回还是坏的",
]
WISHES = ["请尽快处理并给个说法", "要求退款并道歉", "希望今天之内有人联系我", "请查清楚是谁的责任"]


def fill(size: int) -> None:
    """Grow the database to ``size`` cases through the real receive path."""
    call_command("migrate", verbosity=0)
    house = organisation()
    have = Case.objects.count()
    chance = random.Random(have)
    start = now() - timedelta(days=100)
    began = time.perf_counter()
    for first in range(have, size, BATCH):
        rows = [_intake(chance, n, start) for n in range(first, min(first + BATCH, size))]
        receive_many(house, rows, CUSTOMER, now(), acknowledge=False)
    taken = time.perf_counter() - began
    if size - have >= 1_000:
        report("import, whole receive path", (size - have) / taken, "cases/s", aim="≥ 1,000")
    search.tidy()
    tidy.learn_sizes()


def figures() -> None:
    """What is measured in here: searches, and papers."""
    house = organisation()
    _searches(house)
    notices(house)


def _searches(organisation: Organisation) -> None:
    """Two characters, rare and common, against a scan of every text (recall), and how long."""
    chance = random.Random(7)
    times, complete, asked = [], 0, 0
    pairs = {text[i : i + 2] for text in [*THINGS, *DEEDS, *WISHES] for i in range(len(text) - 1)}
    for pair in chance.sample(sorted(pairs), 30):
        began = time.perf_counter()
        search.find(organisation.id, pair, limit=50)
        times.append((time.perf_counter() - began) * 1000)
    for pair in chance.sample(sorted(pairs), 5):
        truth = set(Event.objects.filter(text__contains=pair).values_list("case_id", flat=True))
        found: set[object] = set()
        before = None
        while len(found) < min(len(truth), 2_000):
            hits = search.find(organisation.id, pair, limit=200, before=before)
            found |= {hit.case_id for hit in hits}
            if not hits:
                break
            before = hits[-1].cursor
        asked += min(len(truth), 2_000)
        complete += min(len(found & truth), 2_000)
    report("search of two characters, p50", quantiles(times, n=20)[9], "ms", aim="≤ 20")
    report("search of two characters, p95", quantiles(times, n=20)[18], "ms", aim="≤ 20")
    report("search recall against a scan", complete / asked if asked else 1.0, "", aim="1.0")


def organisation() -> Organisation:
    """The house of the figures, made when it is first asked for."""
    organisation, new = Organisation.objects.get_or_create(
        slug="bench", defaults={"name": "测速", "pack": "general", "packs": ["general"]}
    )
    if new:
        centre = Department.objects.create(organisation=organisation, name="客服", intake=True)
        for role in ("handler", "head"):
            user = User.objects.create(username=role)
            Member.objects.create(
                user=user, organisation=organisation, department=centre, name=role, roles=[role]
            )
    return organisation


def _intake(chance: random.Random, number: int, start: object) -> Intake:
    thing, deed, wish = chance.choice(THINGS), chance.choice(DEEDS), chance.choice(WISHES)
    place = "".join(chance.sample(PLACES, 2))
    story = f"我住{place}小区{chance.randint(1, 40)}栋，{thing}{deed}。" * chance.randint(1, 4)
    return Intake(
        channel="file",
        narrative=f"{story}第{number}号记录。{wish}。",
        request=wish,
        name=f"{chance.choice('赵钱孙李周吴郑王')}{chance.choice(PLACES)}{chance.choice(PLACES)}",
        phone=f"1{chance.randint(30, 89)}{number:08d}",
        received_at=start + timedelta(minutes=number % 140_000),  # type: ignore[operator]
        intake_key=f"bench-{number}",
    )


if __name__ == "__main__":
    fill(int(sys.argv[2]))
    if sys.argv[1] == "figures":
        figures()
