"""Tasks that go on, responsibility that is disputed, limits that are set (HA-11, HA-13, IM-2)."""

import pytest

from factories import NOON, House, fresh, kinds, later, make_case
from tingsu.cases.actions import limits, needs, responsible, task
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Party, Responsibility, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: House) -> Case:
    """甲's case."""
    return make_case(house, by="甲")


@pytest.fixture
def asked(house: House, case: Case) -> Task:
    """乙's department was asked."""
    task.ask(case, house.actor("甲"), NOON, department=house.second, content="查监控",
             due_at=later(days=2))  # fmt: skip
    return Task.objects.get(case=case)


def test_a_task_is_declined_and_sent_on(house: House, case: Case, asked: Task) -> None:
    with pytest.raises(Invalid):
        task.decline(case, house.actor("乙"), NOON, task_id=asked.id, reason="")
    task.decline(case, house.actor("乙"), NOON, task_id=asked.id, reason="归客服中心")
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("declined", "归客服中心")
    assert fresh(case).next_at is not None
    task.redirect(fresh(case), house.actor("甲"), NOON, task_id=asked.id, department=house.centre,
                  assignee=house["接待"], reason="他们有监控")  # fmt: skip
    asked.refresh_from_db()
    assert (asked.state, asked.department_id, asked.assignee_id, asked.redirected) == (
        "open", house.centre.id, house["接待"].id, 1,
    )  # fmt: skip
    assert kinds(case)[-2:] == ["task_declined", "task_redirected"]


def test_whoever_is_asked_sends_it_on_no_more_than_twice(
    house: House, case: Case, asked: Task
) -> None:
    places = [house.centre, house.first]
    for place in places:
        task.redirect(fresh(case), house.actor("乙"), NOON, task_id=asked.id, department=place,
                      reason="归他们")  # fmt: skip
    with pytest.raises(Refusal, match="too_often"):
        task.redirect(fresh(case), house.actor("乙"), NOON, task_id=asked.id,
                      department=house.second, reason="又来")  # fmt: skip
    task.decline(fresh(case), house.actor("甲"), NOON, task_id=asked.id, reason="不归我们")
    task.redirect(fresh(case), house.actor("甲"), NOON, task_id=asked.id, department=house.second,
                  reason="就请你们办")  # fmt: skip


def test_a_task_is_taken_back(house: House, case: Case, asked: Task) -> None:
    task.withdraw(case, house.actor("甲"), NOON, task_id=asked.id, reason="客户已找到票据")
    asked.refresh_from_db()
    assert asked.state == "void"
    with pytest.raises(Refusal, match="ended"):
        task.answer(fresh(case), house.actor("乙"), NOON, task_id=asked.id, text="查到了")


def test_the_three_responsibilities_are_told_apart(house: House, case: Case) -> None:
    by = house.actor("甲")
    for kind, place in (("cause", house.second), ("handling", house.first)):
        responsible.name(fresh(case), by, NOON, kind=kind, department=place, reason="见监控")
    with pytest.raises(Refusal, match="same"):
        responsible.name(fresh(case), by, NOON, kind="cause", department=house.second, reason="x")
    with pytest.raises(Refusal, match="outside"):
        responsible.name(fresh(case), by, NOON, kind="cause", department=house.second,
                         member=house["甲"], reason="x")  # fmt: skip
    found = Responsibility.objects.filter(case=case).values_list("kind", "department__name")
    assert set(found) == {("cause", "工程部"), ("handling", "投诉处理一组")}


def test_the_unit_disputes_and_the_supervisor_settles(house: House, case: Case) -> None:
    responsible.name(case, house.actor("甲"), NOON, kind="cause", department=house.second,
                     member=house["乙"], reason="漏检一次")  # fmt: skip
    row = Responsibility.objects.get(case=case)
    with pytest.raises(Refusal, match="not_asked"):
        responsible.answer(case, house.actor("甲"), NOON, row_id=row.id, agrees=True)
    with pytest.raises(Invalid):
        responsible.answer(case, house.actor("乙"), NOON, row_id=row.id, agrees=False)
    responsible.answer(fresh(case), house.actor("乙"), NOON, row_id=row.id, agrees=False,
                       text="当天不归我巡检")  # fmt: skip
    responsible.settle(fresh(case), house.actor("主管"), NOON, row_id=row.id, stands=False,
                       text="排班表属实")  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.ruling) == ("lifted", "排班表属实")
    # Named anew after it was lifted, on better grounds.
    responsible.name(fresh(case), house.actor("甲"), NOON, kind="cause", department=house.second,
                     member=house["乙"], reason="补充的证据")  # fmt: skip


def test_nobody_settles_what_is_said_of_them(house: House, case: Case) -> None:
    responsible.name(case, house.actor("甲"), NOON, kind="handling", department=house.centre,
                     member=house["主管"], reason="没有及时接手")  # fmt: skip
    row = Responsibility.objects.get(case=case)
    with pytest.raises(Refusal, match="own"):
        responsible.settle(fresh(case), house.actor("主管"), NOON, row_id=row.id, stands=False,
                           text="x")  # fmt: skip


def test_abuse_is_kept_a_limit_set_and_another_appointment_made(house: House, case: Case) -> None:
    by = house.actor("甲")
    with pytest.raises(Refusal, match="no_appointment"):
        limits.set_limit(case, by, NOON, happened="骂人", words="请您别骂", ended=True)
    limits.set_limit(case, by, NOON, happened="骂人", words="再骂我就先挂了，明天上午再打给您",
                     ended=True, again_at=later(hours=20))  # fmt: skip
    case = fresh(case)
    assert kinds(case)[-3:] == ["abused", "limit_set", "appointed"]
    assert case.planned_at == later(hours=20)
    assert not any(event.public for event in case.events.filter(kind__in=("abused", "limit_set")))


def test_breaks_and_turns_are_part_of_the_record(house: House, case: Case) -> None:
    by = house.actor("甲")
    limits.take_break(case, by, NOON, minutes=10, words="请客户喝口水")
    limits.take_turns(fresh(case), by, NOON, to=house["乙"], words="换个人听听")
    with pytest.raises(Refusal, match="own"):
        limits.take_turns(fresh(case), by, NOON, to=house["甲"])
    assert kinds(case)[-2:] == ["break_taken", "turn_taken"]
    assert fresh(case).owner_id == house["甲"].id


def test_needs_are_kept_with_consent_and_taken_away(house: House, case: Case) -> None:
    by = house.actor("甲")
    with pytest.raises(Invalid):
        needs.mark(case, by, NOON, kinds=["elderly"], words="耳背")
    with pytest.raises(Invalid):
        needs.mark(case, by, NOON, kinds=["rich"], consent="yes")
    needs.mark(case, by, NOON, kinds=["elderly", "language"], words="只说宁波话", consent="yes")
    party = Party.objects.get(cases=case)
    assert (party.need_kinds, party.needs) == (["elderly", "language"], "只说宁波话")
    needs.mark(fresh(case), by, NOON, kinds=[], words="")
    party.refresh_from_db()
    assert (party.need_kinds, party.needs) == ([], "")
