"""Surges are found by the worker, kept as one row, shown to those who lead, and end (IM-3)."""

from datetime import timedelta

import pytest

from factories import NOON, House, make_case, make_house, make_outsider
from tingsu.cases import learned
from tingsu.cases.actions import surge
from tingsu.cases.models import Case, Surge
from tingsu.cases.queries import surges
from tingsu.people.permission import NotThere

pytestmark = pytest.mark.django_db

EVERYDAY = (
    "电梯停了没有人来修，老人下不了楼",
    "水管漏水好几天没有人管，打电话没人接",
    "停车位被占，物业不处理",
    "楼下跳舞太吵，孩子没法睡",
    "快递柜收费，没有通知业主",
    "路灯坏了，晚上看不见路",
)


@pytest.fixture
def house() -> House:
    learned.forget()
    return make_house()


def everyday(house: House, number: int = 60) -> None:
    for n in range(number):
        place = chr(0x4E00 + 37 * n) + chr(0x4E10 + 91 * n)
        make_case(
            house, narrative=f"{place}：{EVERYDAY[n % 6]}", title="", name=f"客{n}",
            phone=f"137{n:08}", at=NOON - timedelta(days=n % 50),
            received_at=NOON - timedelta(days=n % 50),
        )  # fmt: skip


def rush(house: House, people: int, *, first: int = 0, by: str = "甲") -> list[Case]:
    return [
        make_case(
            house, by=by, narrative=f"伊景园捆绑销售车位，第{n}户，买房要加钱，请查处伊景园",
            title="", name=f"户{n}", phone=f"136{n:08}", happened_where="伊景园", product="车位",
        )
        for n in range(first, first + people)
    ]  # fmt: skip


def look(house: House, days: int = 0) -> list[Surge]:
    return surge.look(house.organisation.id, NOON + timedelta(days=days))


def test_it_is_found_with_place_product_words_and_cases(house: House) -> None:
    everyday(house)
    cases = rush(house, 12)
    assert surge.waiting(NOON) == [house.organisation.id]
    (row,) = look(house)
    assert (row.state, row.people, row.place, row.product) == ("new", 12, "伊景园", "车位")
    assert any("伊景园" in words for words in row.words)
    assert set(row.cases) == {str(case.id) for case in cases}
    assert surges.fresh(house.who("主管")) == [row]


def test_everyday_complaints_are_none(house: House) -> None:
    everyday(house)
    rush(house, 3)
    assert look(house) == []


def test_found_again_it_is_the_same_and_new_only_when_it_has_grown(house: House) -> None:
    everyday(house)
    rush(house, 10)
    (row,) = look(house)
    surge.see(house.who("主管"), row, NOON)
    rush(house, 2, first=10)
    (again,) = look(house)
    assert (again.id, again.state, again.people) == (row.id, "seen", 12)
    rush(house, 4, first=12)
    (grown,) = look(house)
    assert (grown.id, grown.state) == (row.id, "new")
    assert Surge.objects.count() == 1


def test_after_a_quiet_month_it_is_over(house: House) -> None:
    everyday(house)
    rush(house, 12)
    look(house)
    assert look(house, days=29) != []
    assert look(house, days=31) == []
    assert Surge.objects.get().state == "over"
    assert surges.fresh(house.who("主管")) == []


def test_without_new_complaints_nobody_looks(house: House) -> None:
    rush(house, 1)
    assert surge.waiting(NOON + timedelta(hours=2)) == []


def test_another_house_is_never_counted_nor_shown(house: House) -> None:
    other = make_outsider()
    everyday(house)
    rush(house, 4)
    rush(other, 8)
    assert look(house) == []
    everyday(other)
    (row,) = look(other)
    with pytest.raises(NotThere):
        surges.one(house.who("丁"), row.id)
    assert surges.listed(house.who("丁")) == []


def test_only_cases_within_reach_are_shown(house: House) -> None:
    everyday(house)
    rush(house, 8)
    for case in rush(house, 4, first=8, by="乙"):
        Case.objects.filter(id=case.id).update(queue=house.second)
    (row,) = look(house)
    assert len(surges.behind(house.who("丁"), row).cases) == 12
    narrow = surges.behind(house.who("甲"), row)
    assert (len(narrow.cases), narrow.others) == (8, 4)
