"""The register of complainants and one person's page (HA-2, HA-7, PL-2, SC-7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, make_case, make_outsider, signed_in
from tingsu.cases.actions import promise, watch
from tingsu.cases.models import Case, Look, Party, Promise

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


def page(house: House, path: str, by: str = "甲") -> str:
    answer = signed_in(house[by]).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_register_shows_names_and_masks_numbers(house: House, case: Case) -> None:
    shown = page(house, "/parties/")
    assert "王小明" in shown
    assert "138****1234" in shown
    assert PHONE not in shown
    assert "1 件投诉" in shown


@pytest.mark.parametrize("typed", [PHONE, "138 0000 1234", "王小明", "小明", "王"])
def test_somebody_is_found(typed: str, house: House, case: Case) -> None:
    make_case(house, name="李梅", phone="13900005678", narrative="王小明说这里漏水")
    shown = page(house, f"/parties/?q={typed}")
    assert "王小明" in shown
    assert "李梅" not in shown


@pytest.mark.parametrize("typed", ["1380000", "张三", "%", "\u202e"])
def test_nobody_is_found_and_what_to_do_is_said(typed: str, house: House, case: Case) -> None:
    assert "没有找到这位客户" in page(house, "/parties/?q=" + typed.replace("%", "%25"))


def test_the_pages_of_the_register_meet_without_gap(house: House) -> None:
    for number in range(52):
        make_case(house, name=f"客户{number:02}", phone=f"138000{number:05}")
    first = page(house, "/parties/")
    assert "客户51" in first
    assert "客户01" not in first
    last = Party.objects.order_by("-id")[49]
    second = page(house, f"/parties/?before={last.id}")
    assert "客户01" in second
    assert "客户02" not in second


def test_the_register_costs_the_same_for_one_and_for_many(
    house: House, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_case(house, name=f"客户{number}", phone=f"138000{number:05}")
    client = signed_in(house["甲"])
    client.get("/parties/")
    with django_assert_max_num_queries(9):
        client.get("/parties/")


def test_one_person_with_cases_and_promises(house: House) -> None:
    mine = make_case(house, by="甲", title="电梯停运")
    make_case(house, title="别部门的事", queue=house.second)
    at, due = now(), now() + timedelta(hours=1)
    for _each in range(2):
        promise.promise(mine, house.actor("甲"), at, content="回电", due_at=due)
    promise.keep(mine, house.actor("甲"), at, promise_id=Promise.objects.all()[0].id)
    shown = page(house, f"/parties/{mine.party_id}/")
    assert "电梯停运" in shown
    assert "别部门的事" not in shown
    assert "另有 1 件在别的部门" in shown
    assert "做到 1" in shown
    assert "还欠 1" in shown
    assert "落空 0" in shown


def test_the_watch_list_is_shown_and_says_that_it_blocks_nobody(house: House, case: Case) -> None:
    until = (now() + timedelta(days=30)).date()
    actor = house.actor("甲")
    watch.propose(case, actor, now(), kind="unpaid", reason="欠费三个月", expires_on=until)
    shown = page(house, f"/parties/{case.party_id}/")
    assert "欠费三个月" in shown
    assert "等第二个人批准" in shown
    assert "照样要听" in shown


def test_a_look_is_recorded_before_it_is_shown(house: House, case: Case) -> None:
    path = f"/parties/{case.party_id}/look/"
    answer = signed_in(house["甲"]).post(path, {"field": "phone"}, headers={"hx-request": "true"})
    assert PHONE in answer.content.decode()
    seen = Look.objects.get()
    assert (seen.member_id, seen.fields) == (house["甲"].id, "phone")
    whole = signed_in(house["甲"]).post(path, {"field": "phone"})
    assert PHONE in whole.content.decode()
    assert Look.objects.count() == 2


@pytest.mark.parametrize("field", ["", "name", "password", "phone_index"])
def test_only_what_is_masked_can_be_looked_at(field: str, house: House, case: Case) -> None:
    path = f"/parties/{case.party_id}/look/"
    assert signed_in(house["甲"]).post(path, {"field": field}).status_code == 422
    assert not Look.objects.exists()


def test_who_has_no_case_of_the_person_is_refused(house: House, case: Case) -> None:
    path = f"/parties/{case.party_id}/look/"
    answer = signed_in(house["乙"]).post(path, {"field": "phone"})
    assert answer.status_code == 422
    assert "不在您的范围内" in answer.content.decode()
    assert PHONE not in answer.content.decode()


def test_the_household_is_shown(house: House, case: Case) -> None:
    make_case(house, name="李梅")
    assert "李梅" in page(house, f"/parties/{case.party_id}/")


def test_another_house_sees_nothing(house: House, case: Case) -> None:
    other = make_outsider()
    client = signed_in(other["甲"])
    assert client.get(f"/parties/{case.party_id}/").status_code == 404
    assert client.post(f"/parties/{case.party_id}/look/", {"field": "phone"}).status_code == 404
    assert "王小明" not in client.get(f"/parties/?q={PHONE}").content.decode()


@pytest.mark.parametrize("who", ["督查", "培训师", "被投诉", "管理员", "审计"])
def test_the_register_is_for_those_who_talk_to_customers(
    who: str, house: House, case: Case
) -> None:
    client = signed_in(house[who])
    assert client.get("/parties/").status_code == 403
    assert client.get(f"/parties/{case.party_id}/").status_code == 403
    assert client.post(f"/parties/{case.party_id}/look/").status_code == 403
