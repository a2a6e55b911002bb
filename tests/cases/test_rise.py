"""What words and time do by themselves: up by rule, to whom it fits, reminders (HA-10, HA-13)."""

from datetime import timedelta

import pytest

from factories import NOON, House, fresh, kinds, later, make_case
from tingsu import work
from tingsu.cases import assigning
from tingsu.cases.actions import contact, customer, facts, needs, rise, take_over, task
from tingsu.cases.models import Case, Handover, Task
from tingsu.people.models import Organisation

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def case(house: House) -> Case:
    """甲's case, looked at and found calm."""
    made = make_case(house, by="甲", narrative="电梯今天停了一次，请看一下。")
    work.sharing(NOON)
    return fresh(made)


def risen(case: Case) -> list[str]:
    rows = Handover.objects.filter(case=case, kind="up").order_by("id")
    return [row.cause.partition(":")[0] for row in rows]


def test_a_calm_case_is_looked_at_and_left_alone(case: Case) -> None:
    assert risen(case) == []
    assert case.look_at
    assert case.look_at > NOON  # when its silence may be too long


def test_an_angry_call_goes_up_once_for_its_cause(house: House, case: Case) -> None:
    by = house.actor("甲")
    contact.contact(case, by, later(hours=1), channel="phone", direction="in", text="大骂", mood=4)
    for _again in range(3):
        work.sharing(later(hours=1, seconds=2))
    case = fresh(case)
    assert (case.owner_id, case.handed_up_id) == (house["甲"].id, house["主管"].id)
    assert risen(case) == ["anger"]
    row = Handover.objects.get(case=case)
    assert "非常愤怒" in row.reason
    take_over.send_back(case, house.actor("主管"), later(hours=1), handover_id=row.id, reason="x")
    contact.contact(fresh(case), by, later(hours=2), channel="phone", direction="in", text="又骂",
                    mood=4)  # fmt: skip
    work.sharing(later(hours=2, seconds=2))
    assert risen(case) == ["anger"]


def test_what_the_customer_writes_is_read(case: Case) -> None:
    customer.add(case, later(hours=1), text="你们太过分了，我要找记者曝光，跟你们没完！")
    work.sharing(later(hours=1, seconds=2))
    assert len(risen(fresh(case))) == 1


def test_a_person_in_danger_goes_to_the_head_at_once(house: House) -> None:
    case = make_case(house, by="甲", narrative="再不解决我就不想活了，从楼上跳下去。")
    work.sharing(NOON)
    assert fresh(case).handed_up_id == house["丁"].id


def test_silence_goes_up_and_a_word_begins_it_anew(house: House, case: Case) -> None:
    work.sharing(later(days=6))  # 5 working days and more
    assert risen(case) == []
    work.sharing(later(days=9))
    assert risen(case) == ["quiet"]
    for _again in range(2):
        work.sharing(later(days=9, hours=1))
    assert risen(case) == ["quiet"]
    row = Handover.objects.get(case=case)
    take_over.send_back(fresh(case), house.actor("主管"), later(days=10), handover_id=row.id,
                        reason="在等鉴定")  # fmt: skip
    # Returning is no progress: silence that goes on long enough goes to the head.
    work.sharing(later(days=25))
    assert risen(case)[-1] == "quiet_long"


def test_the_third_complaint_of_the_same_person_goes_up(house: House) -> None:
    made = [make_case(house, by="甲", at=later(days=n), narrative="水费不对") for n in range(3)]
    work.sharing(later(days=2, seconds=1))
    assert [risen(one) for one in made] == [[], [], ["repeat"]]


def test_amount_counts_once_it_is_known(house: House, case: Case) -> None:
    facts.change(case, house.actor("甲"), NOON, values={"amount": 6_000_000}, reason="客户报来")
    work.sharing(later(seconds=5))
    assert risen(case) == ["amount"]


def test_who_needs_care_waits_less_long(house: House, case: Case) -> None:
    needs.mark(case, house.actor("甲"), NOON, kinds=["elderly"], words="耳背", consent="yes")
    assert "needs_marked" in kinds(case)
    assert "耳背" not in str(list(case.events.values_list("text", "data")))
    work.sharing(later(days=4))
    assert risen(case) == ["vulnerable"]


def test_who_stands_high_enough_keeps_it(house: House) -> None:
    case = make_case(house, by="主管", narrative="气死我了，你们这帮骗子，跟你们没完，我要曝光！")
    work.sharing(NOON)
    assert risen(case) == []


def test_an_ended_case_is_not_looked_at(house: House, case: Case) -> None:
    Case.objects.filter(id=case.id).update(open=False, state="closed")
    assert rise.waiting(later(days=90)) == []
    del house


def test_a_word_during_the_look_is_not_lost(house: House, case: Case) -> None:
    seen = rise.waiting(later(days=6))
    at = later(days=6, hours=1)
    contact.contact(case, house.actor("甲"), at, channel="phone", direction="in", text="骂", mood=4)
    rise.look(seen, later(days=6))
    assert fresh(case).look_at == at


def test_nobody_is_assigned_where_it_is_not_wished(house: House) -> None:
    case = make_case(house)
    work.sharing(NOON)
    assert fresh(case).owner_id is None


def test_a_new_case_goes_to_whoever_fits_best(house: House) -> None:
    Organisation.objects.filter(id=house.organisation.id).update(assigns_itself=True)
    case = make_case(house)
    work.sharing(NOON)
    case = fresh(case)
    assert case.owner_id == house["甲"].id  # the only one in the department where it waits
    told = case.events.get(kind="assigned")
    assert told.actor == "system"
    assert [one[0] for one in told.data["by_rule"]][:1] == ["load"]


def test_the_offer_says_who_and_why(house: House) -> None:
    for _busy in range(3):
        make_case(house, by="甲")
    case = make_case(house, phone="13900000000", name="别人")
    house["乙"].skills = ["property"]
    house["乙"].save()
    found = assigning.best(fresh(case), NOON)
    assert next(one.candidate.name for one in found) == "乙"
    assert {one.look for one in found[0].reasons} == {"load", "skill"}


def test_an_offer_costs_the_same_for_many(
    house: House, django_assert_max_num_queries: object
) -> None:
    for _busy in range(5):
        make_case(house, by="甲")
    case = Case.objects.select_related("party").get(id=make_case(house).id)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assigning.best(case, NOON)


def test_reminders_come_before_at_and_after_and_stop_with_the_answer(
    house: House, case: Case
) -> None:
    by = house.actor("甲")
    task.ask(case, by, NOON, department=house.second, content="查监控", due_at=later(days=1))
    row = Task.objects.get(case=case)
    hours = []
    for _turn in range(4):
        row.refresh_from_db()
        if row.remind_at is None:
            break
        hours.append(row.remind_at)
        for _again in range(2):
            work.sharing(row.remind_at)
    assert len(hours) == 3
    assert hours[0] < row.due_at
    assert hours[1] == row.due_at
    assert hours[2] > row.due_at
    assert kinds(case).count("task_reminded") == 3
    task.ask(fresh(case), by, NOON, department=house.second, content="再查", due_at=later(days=2))
    other = Task.objects.exclude(id=row.id).get(case=case)
    task.answer(fresh(case), house.actor("乙"), NOON, task_id=other.id, text="没有录像")
    work.sharing(later(days=30))
    assert kinds(case).count("task_reminded") == 3
