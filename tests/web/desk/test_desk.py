"""The desk: what waits, what comes first, who sees what (IN-10, PL-1)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import NOON, House, later, make_case, make_outsider, signed_in
from tingsu.cases.actions import assign, escalate, facts, needs, promise, task
from tingsu.cases.models import Case
from tingsu.cases.queries import lists
from tingsu.cases.queries.numbers import numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(house: House) -> Client:
    """甲's browser."""
    return signed_in(house["甲"])


def test_strangers_are_asked_to_sign_in(house: House) -> None:
    answer = Client().get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/account/login/?next=/desk/",
    )


def test_the_case_due_first_is_the_biggest_thing(client: Client, house: House) -> None:
    make_case(house, by="甲", narrative="晚到期的一件", at=later(days=1))
    urgent = make_case(house, by="甲", narrative="先到期的一件")
    page = client.get("/desk/").content.decode()
    first = page.index('class="first"')
    assert page.index(urgent.title) > first
    assert page.index(urgent.title) < page.index("晚到期的一件")


def test_each_queue_holds_its_own(house: House) -> None:
    mine = make_case(house, by="甲", narrative="我的")
    waiting = make_case(house, narrative="没人接")
    promise.promise(mine, house.actor("甲"), NOON, content="回电", due_at=later(hours=1))
    task.ask(
        waiting,
        house.actor("主管"),
        NOON,
        department=house.second,
        content="查",
        due_at=later(hours=1),
    )
    facts.change(waiting, house.actor("主管"), NOON, values={"severity": "major"})

    def queue(who: str, code: str) -> set[Case]:
        return set(lists.queue_of(house.who(who), code))

    assert queue("甲", "mine") == queue("甲", "promises") == {mine}
    assert queue("甲", "waiting") == {waiting}
    assert queue("甲", "all") == {mine, waiting}
    assert queue("被投诉", "tasks") == queue("乙", "tasks") == {waiting}
    assert queue("丁", "head") == {waiting}
    assert queue("乙", "mine") == queue("乙", "waiting") == set()


def test_nobody_sees_another_house(house: House) -> None:
    stranger = make_case(make_outsider(), narrative="别家的投诉")
    for who in house.people:
        if who not in ("管理员",):
            page = signed_in(house[who]).get("/cases/").content.decode()
            assert stranger.title not in page


def test_an_administrator_reads_no_cases(house: House, case: Case) -> None:
    client = signed_in(house["管理员"])
    assert case.title not in client.get("/desk/").content.decode()
    assert client.get("/cases/").status_code == 403


@pytest.mark.parametrize("who", ["督查", "审计"])
def test_names_are_masked_for_those_who_do_not_talk(house: House, case: Case, who: str) -> None:
    page = signed_in(house[who]).get("/cases/").content.decode()
    assert case.title in page
    assert "王小明" not in page


def test_pages_follow_one_another(client: Client, house: House) -> None:
    for number in range(lists.PAGE + 3):
        make_case(house, by="甲", narrative=f"第 {number} 件", at=later(minutes=number))
    who = house.who("甲")
    first = lists.page(who, lists.Filter(queue="mine"))
    second = lists.page(who, lists.Filter(queue="mine"), after=first.following)
    assert (len(first.rows), len(second.rows), second.following) == (lists.PAGE, 3, "")
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}
    assert client.get("/desk/", {"queue": "mine", "after": first.following}).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "~", "2026~zz", "2026-09-21T00:00:00+00:00~1"])
def test_a_made_up_cursor_is_the_beginning(client: Client, house: House, cursor: str) -> None:
    make_case(house, by="甲")
    page = client.get("/desk/", {"queue": "mine", "after": cursor})
    assert (page.status_code, b"TS-20260921-0001" in page.content) == (200, True)


def test_the_desk_asks_a_fixed_number_of_questions(
    client: Client,
    house: House,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for number in range(30):
        make_case(house, by="甲", narrative=f"第 {number} 件")
    with django_assert_max_num_queries(16):
        client.get("/desk/")
    with django_assert_max_num_queries(16):
        client.get("/cases/")


@pytest.mark.parametrize("address", ["/desk/", "/cases/", "/cases/?q=电梯"])
def test_care_and_level_stand_on_the_line_and_cost_no_question(
    client: Client, house: House, address: str
) -> None:
    """HA-10, HA-11: who wants care, and how high a case is, before it is opened."""

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asking:
            client.get(address)
        return len(asking)

    _in_need(house, "电梯第一件")
    one = asked()
    for number in range(8):
        _in_need(house, f"电梯又停第 {number} 件")
    assert asked() == one
    page = client.get(address).content.decode()
    assert page.count("年长") >= 9
    assert page.count("请上级接手") >= 9


def _in_need(house: House, told: str) -> None:
    case, by = make_case(house, by="甲", narrative=told), house.actor("甲")
    needs.mark(case, by, NOON, kinds=["elderly"], words=f"{told}，说慢一点", consent="yes")
    escalate.escalate(case, by, NOON, to=house["丁"], reason="客户要求见负责人。")


def test_needs_are_for_those_who_talk_with_customers(house: House) -> None:
    _in_need(house, "电梯第一件")
    audit = signed_in(house["审计"]).get("/cases/").content.decode()
    assert "电梯第一件" in audit
    assert "年长" not in audit


def test_counts_stop_counting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    for number in range(5):
        make_case(house, by="甲", narrative=f"第 {number} 件")
    assert numbers(house.who("甲"), NOON, NOON).queues["mine"] == 3


def test_several_at_once_obey_the_same_rules(house: House) -> None:
    one, two = make_case(house, narrative="一"), make_case(house, narrative="二")
    foreign = make_case(make_outsider(), narrative="别家")
    client = signed_in(house["主管"])
    asked = {"case": [one.id, two.id, foreign.id], "to": house["甲"].id, "back": "/cases/"}
    page = client.post("/desk/together/", asked, follow=True).content.decode()
    assert set(Case.objects.filter(owner=house["甲"])) == {one, two}
    assert "2 件已交给甲" in page
    assert "有一件不在您的范围内" in page
    assert signed_in(house["甲"]).post("/desk/together/", asked).status_code == 403


def test_the_way_back_stays_in_the_house(house: House) -> None:
    client = signed_in(house["主管"])
    for evil in ("https://evil.example/", "//evil.example/"):
        answer = client.post("/desk/together/", {"to": "x", "back": evil})
        assert answer.headers["Location"] == "/desk/"


def test_news_tell_what_others_did(house: House, case: Case) -> None:
    assign.take(case, house.actor("甲"), NOON)
    task.ask(
        case, house.actor("甲"), NOON, department=house.second, content="查", due_at=later(hours=1)
    )
    asked = case.tasks.get()
    task.answer(case, house.actor("乙"), later(hours=1), task_id=asked.id, text="门机故障")
    told = [event.kind for event in lists.news(house.who("甲"), later(hours=2))]
    assert told == ["task_answered"]


def test_what_waits_at_the_centre_is_taken_by_its_groups(house: House) -> None:
    at_the_centre = make_case(house, queue=house.centre, narrative="等在中心")
    assert set(lists.queue_of(house.who("甲"), "waiting")) == {at_the_centre}
    assert not lists.queue_of(house.who("乙"), "waiting").exists()
    assign.take(at_the_centre, house.actor("丁"), NOON)
    assert not lists.queue_of(house.who("甲"), "all").exists()


def test_the_day_begins_where_something_waits(house: House, case: Case) -> None:
    facts.change(case, house.actor("主管"), NOON, values={"severity": "major"})
    task.ask(
        case,
        house.actor("主管"),
        NOON,
        department=house.second,
        content="查",
        due_at=later(hours=1),
    )
    assert (
        'queue=head" aria-current="page"' in signed_in(house["丁"]).get("/desk/").content.decode()
    )
    asked = signed_in(house["被投诉"]).get("/desk/").content.decode()
    assert 'queue=tasks" aria-current="page"' in asked
    assert "填写答复" in asked
