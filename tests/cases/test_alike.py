"""The same matter told before is found, with why; never another house's, never out of reach."""

from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, later, make_case, make_house
from tingsu.cases import tidy
from tingsu.cases.models import Case, CaseMark
from tingsu.cases.queries.alike import Told, alike, told_of

pytestmark = pytest.mark.django_db

ROOM = "望湖苑 3 幢 2 单元 501 室"
ESTATE = "伊景园强制捆绑车位，买一套房要加十二万"
AGAIN = "我在伊景园买房，销售说不买捆绑车位就不签合同"
OTHER = "晚上楼下跳舞太吵，孩子没法睡觉"


@pytest.fixture
def house() -> House:
    return make_house()


def test_other_words_another_person_another_channel(house: House) -> None:
    first = make_case(house, by="甲", narrative=ESTATE, phone="13800000001", name="张三")
    make_case(house, by="甲", narrative=OTHER, phone="13800000002", name="李四")
    found = alike(house.who("甲"), Told(AGAIN, "property"), later(days=3))
    assert [one.case.id for one in found.same] == [first.id]
    assert any("伊景园" in words for words in found.same[0].words)


@pytest.mark.parametrize(
    ("sign", "before", "now"),
    [
        ("address", ROOM, "望湖苑３幢２单元５０１室"),
        ("order_number", "TB-2026 0001", "tb20260001"),
        ("contract_number", "HT/2026/77", "HT-2026-77"),
    ],
)
def test_an_equal_sign_is_found_however_it_is_written(
    house: House, sign: str, before: str, now: str
) -> None:
    signs: Any = {sign: before}
    make_case(house, by="甲", narrative=OTHER, phone="13800000001", **signs)
    found = alike(house.who("甲"), Told("电梯停了三天", "property", **{sign: now}), NOON)
    assert [one.signs for one in found.same] == [[sign]]


def test_a_street_alone_is_no_household(house: House) -> None:
    make_case(house, by="甲", narrative=OTHER, address="人民路望湖苑小区")
    assert not alike(house.who("甲"), Told("停水", "property", address="人民路望湖苑小区"), NOON)


def test_addresses_are_kept_as_numbers_of_a_key(house: House) -> None:
    make_case(house, by="甲", address=ROOM)
    assert CaseMark.objects.exists()
    assert {field.name for field in CaseMark._meta.fields} == {"id", "mark", "day", "about"}


def test_after_ninety_days_it_is_another_matter_and_an_ended_one_still_teaches(
    house: House,
) -> None:
    case = make_case(house, by="甲", narrative=ESTATE)
    Case.objects.filter(id=case.id).update(
        state="closed", open=False, closed_at=NOON, next_at=None, rating=5
    )
    found = alike(house.who("甲"), Told(AGAIN, "property"), later(days=91))
    assert found.same == []
    assert [one.case.id for one in found.helped] == [case.id]


def test_neither_another_house_nor_out_of_reach(house: House) -> None:
    make_case(make_house("other", "另一家"), narrative=ESTATE)
    assert not alike(house.who("甲"), Told(ESTATE, "property"), NOON)
    make_case(house, by="甲", narrative=ESTATE)
    assert not alike(house.who("乙"), Told(ESTATE, "property"), NOON)


def test_what_is_known_is_not_said_again(house: House) -> None:
    case = make_case(house, by="甲", narrative=ESTATE)
    assert not alike(house.who("甲"), told_of(case), NOON, {case.id})


def test_marks_go_when_they_are_too_old(house: House) -> None:
    make_case(house, narrative=ESTATE)
    tidy.tidy(NOON + timedelta(days=399))
    assert CaseMark.objects.exists()
    tidy.tidy(NOON + timedelta(days=402))
    assert not CaseMark.objects.exists()


def test_an_old_record_brought_in_leaves_no_marks(house: House) -> None:
    make_case(house, narrative=ESTATE, received_at=NOON - timedelta(days=500))
    assert not CaseMark.objects.exists()
