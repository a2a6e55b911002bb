"""What follows when a clock has run out: each step once, until it is met (HA-10, HA-14)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from factories import NOON, House, accepted, fresh, kinds, later, make_case, make_house, make_member
from tingsu import work
from tingsu.cases.actions import close, sweep
from tingsu.cases.actions.happen import happen
from tingsu.cases.models import Case, Clock, Event, Handover, Responsibility, Task
from tingsu.cases.verify import verify_case
from tingsu.core.lifecycle import Move
from tingsu.core.overdue import hour_of
from tingsu.packs import load
from tingsu.packs.overdue import OVERDUE
from tingsu.people.permission import Role

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def case(house: House) -> Case:
    """甲's case, of which only one clock is left to run out."""
    made = make_case(house, by="甲", pack="general")
    Clock.objects.filter(case=made).exclude(rule="cn.cpl.dept").delete()
    return made


def row_of(case: Case) -> Clock:
    return Clock.objects.get(case=case, rule="cn.cpl.dept")


def hours(case: Case) -> list[datetime]:
    """The hour of each step of the ladder."""
    pack = load("general")
    steps = OVERDUE.of(pack).steps("cn.cpl.dept", "house", NOON.date())
    return [hour_of(step, row_of(case).due_at, pack.calendar) for step in steps]


def count(case: Case, *wanted: str) -> list[int]:
    found = kinds(case)
    return [found.count(kind) for kind in wanted]


def test_at_the_end_it_is_reported_and_the_supervisor_is_asked(house: House, case: Case) -> None:
    for _again in range(2):
        work.clocks(row_of(case).due_at + SECOND)
    case = fresh(case)
    assert count(case, "clock_breached", "breach_reported", "escalated") == [1, 1, 1]
    # Until the supervisor accepts, 甲 answers for it (IN-10).
    assert (case.owner_id, case.handed_up_id) == (house["甲"].id, house["主管"].id)
    late = Responsibility.objects.get(case=case)
    assert (late.kind, late.member_id, late.state) == ("lateness", house["甲"].id, "named")
    told = Event.objects.get(case=case, kind="breach_reported").data
    assert told["owner"] == str(house["甲"].id)  # who answered for it when it ran out
    assert verify_case(case) is None


def test_each_step_comes_at_its_hour_and_once(house: House, case: Case) -> None:
    at = hours(case)
    work.clocks(row_of(case).due_at + SECOND)
    work.clocks(at[2])
    assert not Task.objects.filter(case=case).exists()
    for _again in range(2):
        work.clocks(at[2] + SECOND)
    task = Task.objects.get(case=case)
    assert (task.assignee_id, task.state) == (house["丁"].id, "open")
    assert task.due_at > task.asked_at
    for _again in range(2):
        work.clocks(at[3] + SECOND)
    assert fresh(case).handed_up_id == house["丁"].id
    assert row_of(case).breach_next is None
    assert count(case, "breach_reported", "task_asked", "escalated") == [1, 1, 2]


def test_a_worker_that_slept_takes_all_steps_in_their_order(house: House, case: Case) -> None:
    work.clocks(hours(case)[-1] + timedelta(days=30))
    assert kinds(case)[-5:] == [
        "clock_breached", "breach_reported", "escalated", "task_asked", "escalated",
    ]  # fmt: skip
    assert fresh(case).handed_up_id == house["丁"].id
    assert Handover.objects.filter(case=case, state="waiting").count() == 1


def test_two_workers_take_a_step_once(case: Case) -> None:
    row = row_of(case)
    work.clocks(row.due_at + SECOND)
    at = hours(case)[2] + SECOND
    seen = sweep.overdue(at)
    assert sweep.follow(seen[0], at)
    assert sweep.follow(seen[0], at) is None
    assert count(case, "task_asked") == [1]


def test_a_clock_that_is_met_climbs_no_further(house: House, case: Case) -> None:
    work.clocks(row_of(case).due_at + SECOND)
    at = hours(case)[2]
    close.end(accepted(fresh(case), house), house.actor("丁"), at, move=Move.TRANSFER,
              unit="市场监管局", reason="不归我们管")  # fmt: skip
    assert row_of(case).state == "met"
    work.clocks(at + timedelta(days=30))
    assert count(case, "task_asked") == [0]


def test_once_the_clock_is_met_nobody_above_need_see_to_it(house: House, case: Case) -> None:
    work.clocks(hours(case)[2] + SECOND)
    task = Task.objects.get(case=case)
    made = accepted(fresh(case), house)
    close.close(made, house.actor("丁"), later(days=60), verdict="founded", reason="已补救")
    task.refresh_from_db()
    assert (fresh(case).state, task.state) == ("closed", "void")


def test_who_is_high_enough_keeps_the_case(house: House) -> None:
    case = make_case(house, by="丁", pack="general")
    Clock.objects.filter(case=case).exclude(rule="cn.cpl.dept").delete()
    work.clocks(hours(case)[-1] + SECOND)
    assert fresh(case).owner_id == house["丁"].id
    assert count(case, "escalated") == [0]


def test_the_nearest_supervisor_is_asked(house: House, case: Case) -> None:
    near = make_member(house, "组长", Role.SUPERVISOR, house.first)
    work.clocks(row_of(case).due_at + SECOND)
    assert fresh(case).handed_up_id == near.id


def test_without_anybody_above_it_is_reported_all_the_same(house: House, case: Case) -> None:
    for name in ("主管", "丁"):
        member = house[name]
        member.active = False
        member.save()
    work.clocks(hours(case)[-1] + SECOND)
    case = fresh(case)
    assert case.owner_id == house["甲"].id
    assert count(case, "clock_breached", "breach_reported", "escalated", "task_asked") == [
        1, 1, 0, 0,
    ]  # fmt: skip


def test_a_late_respondent_does_not_stop_the_case(house: House) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = accepted(make_case(house, by="甲", pack="tourism"), house)
    happen(case, house.actor("甲"), NOON, event="respondent_notified")
    Clock.objects.filter(case=case).exclude(rule="cn.tour.reply").delete()
    work.clocks(NOON + timedelta(days=60))
    assert fresh(case).owner_id == house["甲"].id
    assert count(case, "breach_reported", "escalated", "task_asked") == [1, 0, 0]


def test_an_end_that_moved_out_of_sight_is_left_alone(case: Case) -> None:
    """A clock met while the worker looks brings nothing."""
    row = row_of(case)
    late, _warned = sweep.due(row.due_at + SECOND)
    Clock.objects.filter(id=row.id).update(state="met")
    assert sweep.breach(late[0], row.due_at + SECOND) is None
    assert count(case, "breach_reported") == [0]


def test_a_pack_may_give_one_clock_a_ladder_of_its_own() -> None:
    overdue = OVERDUE.of(load("general"))
    other = replace(overdue, by_clock={"cn.cpl.dept": overdue.by_duty["respondent"]})
    assert [one.do for one in other.steps("cn.cpl.dept", "house", NOON.date())] == ["report"]
    assert len(other.steps("cn.samr.accept", "house", NOON.date())) == 4
