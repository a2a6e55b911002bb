"""Figures of the clocks: deadlines a second, and how long a new holiday notice takes to reach all
running clocks. In a home: ``python -m benchmarks.clocks 50000`` (cases of two clocks each)."""

import sys
import time
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from benchmarks.table import report  # noqa: E402
from tingsu.cases.actions import calendar  # noqa: E402
from tingsu.cases.actions.receive import receive_many  # noqa: E402
from tingsu.cases.intake import Intake  # noqa: E402
from tingsu.cases.models import CalendarNotice, Case  # noqa: E402
from tingsu.core import clock  # noqa: E402
from tingsu.packs import calendar_of, load, pack_clocks  # noqa: E402
from tingsu.people.actor import CUSTOMER, Actor  # noqa: E402
from tingsu.people.models import Department, Member, Organisation, User  # noqa: E402

DEADLINES = 1_000_000
UNKNOWN = 2027  # a year without a notice: all its deadlines are provisional


def deadlines() -> None:
    """A million deadlines of all rules that run on cases, over a year of starts."""
    pack = load("tourism")
    days_of = calendar_of(pack)
    rules = [
        rule
        for event in ("received", "accepted", "respondent_notified")
        for rule in pack_clocks(pack, event, date(2026, 6, 1))
    ]
    first = datetime(2025, 7, 1, tzinfo=UTC)
    starts = [first + timedelta(minutes=17 * n) for n in range(30_000)]
    rounds = DEADLINES // (len(starts) * len(rules)) + 1
    clock.start(rules[0], first, days_of)  # the tables of the calendar
    began, count = time.process_time(), 0  # of one core: others may be at work beside us
    for _round in range(rounds):
        for rule in rules:
            for at in starts:
                clock.start(rule, at, days_of)
        count += len(starts) * len(rules)
    report("deadlines", count / (time.process_time() - began), "/s", aim="≥ 200,000")


def notice(cases: int) -> None:
    """A notice over two running clocks a case: counted first, then applied with entries."""
    house = _filled(cases)
    head = Member.objects.get(organisation=house, name="head")
    by = Actor("member", head.id, head.name)
    at = now()
    row = calendar.propose(house, by, at, text=_text())
    report("clocks counted over a new notice", *_swept(row, at), aim="")
    calendar.apply(row, by, at)
    later = at + timedelta(minutes=1)
    report("clocks moved, each with its entry", *_swept(row, later), aim="100,000 in 30 s")


def _swept(row: CalendarNotice, at: datetime) -> tuple[float, str]:
    began, used = time.perf_counter(), time.process_time()
    while calendar.sweep(at):
        pass
    taken, used = time.perf_counter() - began, time.process_time() - used
    row.refresh_from_db()
    return taken, f"s ({used:.1f} of our own) for {row.position:,} clocks, {row.moved:,} moved"


def _filled(cases: int) -> Organisation:
    call_command("migrate", verbosity=0)
    house = _house()
    received = datetime(UNKNOWN - 1, 12, 28, 2, 0, tzinfo=UTC)
    have = Case.objects.count()
    for first in range(have, cases, 500):
        rows = [
            Intake(
                channel="file",
                narrative=f"第{n}件：电梯停了三天没人管。",
                received_at=received + timedelta(seconds=n),
                intake_key=f"clock-{n}",
            )
            for n in range(first, min(first + 500, cases))
        ]
        receive_many(house, rows, CUSTOMER, received + timedelta(days=1), acknowledge=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return house


def _house() -> Organisation:
    house, new = Organisation.objects.get_or_create(
        slug="clocks", defaults={"name": "测速", "pack": "general", "packs": ["general"]}
    )
    if new:
        centre = Department.objects.create(organisation=house, name="客服", intake=True)
        user = User.objects.create(username="head-of-clocks")
        Member.objects.create(
            user=user, organisation=house, department=centre, name="head", roles=["head"]
        )
    return house


def _text() -> str:
    """Two more days off at New Year: every clock of the last days of December moves."""
    fixed = {
        "spring_festival": f"{UNKNOWN}-02-05, {UNKNOWN}-02-06, {UNKNOWN}-02-07, {UNKNOWN}-02-08",
        "qingming": f"{UNKNOWN}-04-05",
        "labour_day": f"{UNKNOWN}-05-01, {UNKNOWN}-05-02",
        "dragon_boat": f"{UNKNOWN}-06-09",
        "mid_autumn": f"{UNKNOWN}-09-15",
        "national_day": f"{UNKNOWN}-10-01, {UNKNOWN}-10-02, {UNKNOWN}-10-03",
    }
    blocks = [
        f'[[year.holiday]]\nname = "{name}"\npublic = [{days}]\noff = [{days[:10]}, {days[-10:]}]\n'
        for name, days in fixed.items()
    ]
    return (
        f'[[year]]\nyear = {UNKNOWN}\nsource = "测速"\n\n[[year.holiday]]\nname = "new_year"\n'
        f"off = [{UNKNOWN}-01-01, {UNKNOWN}-01-05]\npublic = [{UNKNOWN}-01-01]\n\n"
        + "\n".join(blocks)
    )


if __name__ == "__main__":
    deadlines()
    notice(int(sys.argv[1]))
