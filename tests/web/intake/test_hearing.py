"""While a complaint is written down, its likely category is offered (SC-5)."""

import pytest

from factories import House, make_case, signed_in

pytestmark = pytest.mark.django_db
LIFT = "电梯一周停了三次，老人被关在电梯里没人应"


def heard(house: House, by: str = "甲", **told: str) -> str:
    answer = signed_in(house[by]).post("/new/hear/", told)
    assert answer.status_code == 200
    page: str = answer.content.decode()
    assert "{#" not in page
    return page


def test_the_likely_category_is_a_press_away(house: House) -> None:
    page = heard(house, narrative=LIFT)
    assert 'data-category="property:facility.lift"' in page
    assert "%" in page


def test_of_the_chosen_industry(house: House) -> None:
    page = heard(house, narrative="宽带断网三天了，报修没人来，网速很慢", pack="telecom")
    assert 'data-category="telecom:' in page
    assert 'data-category="property:' not in page


def test_an_industry_of_others_is_the_own_one(house: House) -> None:
    assert 'data-category="property:' in heard(house, narrative=LIFT, pack="bank")


def test_nothing_is_offered_for_small_talk(house: House) -> None:
    assert "data-category" not in heard(house, narrative="您好")
    assert "data-category" not in heard(house)


def test_what_was_told_before_is_offered_with_why(house: House) -> None:
    case = make_case(house, by="甲", narrative="伊景园强制捆绑车位，买一套房要加十二万")
    page = heard(house, narrative="在伊景园买房，不买捆绑车位就不签合同")
    assert f"/cases/{case.id}/" in page
    assert "伊景园" in page
    assert f"/cases/{case.id}/" not in heard(house, by="乙", narrative="伊景园捆绑车位")
