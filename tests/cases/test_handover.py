"""Taking over: asked, accepted, given on, returned, left lying; nobody ever loses a case by it
(HA-10, HA-13, IN-10)."""

from datetime import date, timedelta

import pytest

from factories import NOON, House, fresh, kinds, later, make_case, make_member, make_outsider
from tingsu import work
from tingsu.cases.actions import (
    assign,
    contact,
    escalate,
    pass_on,
    promise,
    rise,
    take_over,
    task,
)
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Handover
from tingsu.cases.queries import access_case
from tingsu.cases.queries.lists import Filter, page
from tingsu.cases.queries.numbers import numbers
from tingsu.cases.verify import verify_case
from tingsu.people.models import Absence
from tingsu.people.permission import Can, NotThere, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: House) -> Case:
    """甲's case."""
    return make_case(house, by="甲")


def asked(house: House, case: Case) -> Handover:
    """The supervisor was asked."""
    escalate.escalate(case, house.actor("甲"), NOON, to=house["主管"], reason="客户要求见领导")
    return Handover.objects.get(case=case, state="waiting")


def queue(house: House, name: str) -> list[str]:
    return [one.number for one in page(house.who(name), Filter(queue="takeover")).rows]


def test_until_the_supervisor_accepts_the_owner_answers_for_it(house: House, case: Case) -> None:
    row = asked(house, case)
    case = fresh(case)
    assert (case.owner_id, case.handed_up_id) == (house["甲"].id, house["主管"].id)
    assert queue(house, "主管") == [case.number]
    assert numbers(house.who("主管"), NOON, NOON).queues["takeover"] == 1
    take_over.accept(case, house.actor("主管"), later(hours=1), handover_id=row.id)
    case = fresh(case)
    assert (case.owner_id, case.handed_up_id) == (house["主管"].id, None)
    assert kinds(case)[-2:] == ["escalated", "takeover_accepted"]
    assert verify_case(case) is None


def test_it_is_returned_with_why_and_stays(house: House, case: Case) -> None:
    row = asked(house, case)
    with pytest.raises(Invalid):
        take_over.send_back(case, house.actor("主管"), NOON, handover_id=row.id, reason=" ")
    take_over.send_back(case, house.actor("主管"), NOON, handover_id=row.id, reason="先回电话")
    row.refresh_from_db()
    assert (fresh(case).owner_id, row.state, row.answer) == (house["甲"].id, "returned", "先回电话")
    assert queue(house, "主管") == []
    with pytest.raises(Refusal, match="ended"):
        take_over.accept(case, house.actor("主管"), NOON, handover_id=row.id)


def test_nobody_else_answers_but_who_stands_as_high(house: House, case: Case) -> None:
    row = asked(house, case)
    for name in ("甲", "乙"):
        with pytest.raises(Refusal, match="not_asked"):
            take_over.accept(case, house.actor(name), NOON, handover_id=row.id)
    take_over.accept(case, house.actor("丁"), NOON, handover_id=row.id)
    assert fresh(case).owner_id == house["丁"].id


def test_a_supervisor_gives_it_to_whom_it_should_go(house: House, case: Case) -> None:
    row = asked(house, case)
    take_over.accept(
        case, house.actor("主管"), NOON, handover_id=row.id, to=house["乙"], text="乙懂工程"
    )
    case = fresh(case)
    assert (case.owner_id, case.queue_id) == (house["乙"].id, house.second.id)


def test_not_accepted_in_time_it_goes_further_up(house: House, case: Case) -> None:
    row = asked(house, case)
    assert row.due_at
    work.sharing(row.due_at)
    assert kinds(case).count("takeover_lapsed") == 0  # to the last second it is in time
    for _again in range(2):
        work.sharing(row.due_at + timedelta(seconds=1))
    case = fresh(case)
    assert (case.owner_id, case.handed_up_id) == (house["甲"].id, house["丁"].id)
    head = Handover.objects.get(case=case, state="waiting")
    assert head.due_at
    for _again in range(2):
        work.sharing(head.due_at + timedelta(seconds=1))
    assert kinds(case).count("takeover_lapsed") == 2
    # At the top it waits on, and is told once.
    found = Handover.objects.get(id=head.id)
    assert (found.state, found.due_at) == ("waiting", None)
    assert fresh(case).owner_id == house["甲"].id


def test_the_deputy_is_asked_for_who_is_away(house: House, case: Case) -> None:
    deputy = make_member(house, "副主管", Role.SUPERVISOR, house.centre)
    Absence.objects.create(
        organisation=house.organisation, member=house["主管"], deputy=deputy,
        from_on=date(2026, 9, 20), until_on=date(2026, 9, 25), made_by=house["主管"], made_at=NOON,
    )  # fmt: skip
    row = asked(house, case)
    assert (row.to_member_id, row.in_place_of_id) == (deputy.id, house["主管"].id)


def test_whoever_is_asked_sees_a_case_out_of_reach(house: House) -> None:
    make_member(house, "另一主管", Role.SUPERVISOR, house.second)
    case = make_case(house, by="甲")
    who = house.who
    house.people["另"] = house.organisation.members.get(name="另一主管")
    with pytest.raises(NotThere):
        access_case(who("另"), case.id, Can.READ)
    escalate.escalate(case, house.actor("甲"), NOON, to=house["另"], reason="工程部的事")
    assert access_case(who("另"), case.id, Can.HANDLE).id == case.id


def test_the_sheet_says_all_and_is_frozen(house: House, case: Case) -> None:
    by = house.actor("甲")
    contact.contact(case, by, NOON, channel="phone", direction="out", text="说明了情况", mood=3)
    contact.contact(case, by, NOON, channel="phone", direction="in", text="又来催了", mood=4)
    promise.promise(case, by, NOON, content="今天 17 点回电", due_at=later(hours=5))
    task.ask(case, by, NOON, department=house.second, content="查电梯", due_at=later(days=1))
    sheet = asked(house, case).sheet
    assert "电梯" in sheet["narrative"]
    assert [one["state"] for one in sheet["promises"]] == ["due"]
    assert [one["text"] for one in sheet["talks"]] == ["说明了情况", "又来催了"]
    assert (sheet["moods"], sheet["trend"]) == ([3, 4], 1)
    assert sheet["tasks"][0]["department"] == "工程部"
    assert sheet["clocks"]
    assert any(one["kind"] == "promised" for one in sheet["told"])
    assert "13800001234" not in str(sheet)  # sealed values stay sealed
    assert "王小明" not in str(sheet)
    contact.contact(fresh(case), by, NOON, channel="phone", direction="out", text="后来的事")
    assert "后来的事" not in str(Handover.objects.get(case=case).sheet)


def test_another_department_is_asked_and_accepts(house: House, case: Case) -> None:
    pass_on.pass_on(case, house.actor("甲"), NOON, department=house.second, reason="电梯归工程部")
    case = fresh(case)
    assert (case.owner_id, case.queue_id) == (house["甲"].id, house.first.id)
    assert queue(house, "乙") == [case.number]
    row = Handover.objects.get(case=case)
    take_over.accept(case, house.actor("乙"), NOON, handover_id=row.id)
    case = fresh(case)
    assert (case.owner_id, case.queue_id) == (house["乙"].id, house.second.id)


def test_a_dispute_goes_to_the_supervisor_who_decides(house: House, case: Case) -> None:
    pass_on.pass_on(case, house.actor("甲"), NOON, department=house.second, reason="归工程部")
    row = Handover.objects.get(case=case)
    take_over.send_back(case, house.actor("乙"), NOON, handover_id=row.id, reason="已过保修期")
    case = fresh(case)
    assert (case.owner_id, case.handed_up_id) == (house["甲"].id, house["主管"].id)
    waits = Handover.objects.get(case=case, state="waiting")
    assert waits.cause.startswith("dispute:")
    assert "已过保修期" in waits.reason
    take_over.accept(
        case, house.actor("主管"), NOON, handover_id=waits.id, queue=house.second, text="由工程部办"
    )
    case = fresh(case)
    assert (case.owner_id, case.queue_id) == (None, house.second.id)


def test_no_more_to_and_fro_than_the_pack_allows(house: House, case: Case) -> None:
    for place, by, takes in ((house.second, "甲", "乙"), (house.first, "乙", "甲")):
        pass_on.pass_on(fresh(case), house.actor(by), NOON, department=place, reason="归他们")
        row = Handover.objects.get(case=case, state="waiting")
        take_over.accept(fresh(case), house.actor(takes), NOON, handover_id=row.id)
    with pytest.raises(Refusal, match="too_often"):
        pass_on.pass_on(
            fresh(case), house.actor("甲"), NOON, department=house.second, reason="再转一次"
        )


def test_a_department_that_does_not_answer_is_decided_upon_above(house: House, case: Case) -> None:
    pass_on.pass_on(case, house.actor("甲"), NOON, department=house.second, reason="归工程部")
    row = Handover.objects.get(case=case)
    assert row.due_at
    work.sharing(row.due_at + timedelta(seconds=1))
    case = fresh(case)
    assert (case.handed_up_id, case.handed_across_id) == (house["主管"].id, None)
    assert case.owner_id == house["甲"].id


def test_given_to_somebody_or_over_nobody_need_answer(house: House, case: Case) -> None:
    row = asked(house, case)
    assign.assign(fresh(case), house.actor("主管"), NOON, to=house["乙"])
    row.refresh_from_db()
    assert (row.state, fresh(case).handed_up_id) == ("void", None)


def test_not_to_another_house_and_not_to_oneself(house: House, case: Case) -> None:
    outside = make_outsider()
    with pytest.raises(Refusal):
        pass_on.pass_on(case, house.actor("甲"), NOON, department=outside.first, reason="x")
    with pytest.raises(Refusal, match="same"):
        pass_on.pass_on(case, house.actor("甲"), NOON, department=house.first, reason="x")
    asked(house, case)
    with pytest.raises(Refusal, match="asked"):
        escalate.escalate(fresh(case), house.actor("甲"), NOON, to=house["主管"], reason="再问")


def test_two_workers_move_an_asking_once(house: House, case: Case) -> None:
    row = asked(house, case)
    assert row.due_at
    at = row.due_at + timedelta(seconds=1)
    seen = rise.late(at)
    assert rise.lapse(seen[0], at)
    assert rise.lapse(seen[0], at) is None
    assert kinds(case).count("takeover_lapsed") == 1
