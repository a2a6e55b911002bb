"""The customer as read, beside the case: offered, confirmed or corrected (CO-4, SC-3)."""

import pytest

from factories import House, fresh, make_case, signed_in
from tingsu.cases.models import Case, Event

pytestmark = pytest.mark.django_db
SAID = "气死我了！打了五次电话没人接，今天必须退款，赔偿我的损失！"


@pytest.fixture
def case(house: House) -> Case:
    return make_case(house, by="甲", narrative=SAID)


def card(house: House, case: Case, by: str = "甲") -> str:
    return signed_in(house[by]).get(f"/cases/{case.id}/customer/").content.decode()


def test_the_card_comes_after_the_page_and_says_why(house: House, case: Case) -> None:
    page = signed_in(house["甲"]).get(f"/cases/{case.id}/").content.decode()
    assert f"/cases/{case.id}/customer/" in page
    part = card(house, case)
    assert "求补偿" in part
    assert "<q>退款</q>" in part
    assert "猜测" in part
    assert "compensation" not in part.replace('value="compensation"', "")


def test_one_press_confirms_and_the_timeline_says_so(house: House, case: Case) -> None:
    told = {"anger": "4", "aim": "compensation", "need": "quick", "ik": "1" * 32}
    assert signed_in(house["甲"]).post(f"/cases/{case.id}/read/", told).status_code in (302, 303)
    kept = fresh(case)
    assert kept.reading == {"aim": "compensation", "need": "quick"}
    assert kept.anger == 4
    entry = Event.objects.get(case=case, kind="customer_read")
    assert "aim" not in entry.data["corrected"]
    assert "求补偿" in signed_in(house["甲"]).get(f"/cases/{case.id}/").content.decode()
    assert "已确认" in card(house, case)


def test_a_correction_is_kept_as_one(house: House, case: Case) -> None:
    told = {"aim": "respect", "nature": "suggestion"}
    signed_in(house["甲"]).post(f"/cases/{case.id}/read/", told)
    assert "aim" in Event.objects.get(case=case, kind="customer_read").data["corrected"]
    assert fresh(case).nature == "communicative"
    part = card(house, case)
    assert "求尊重" in part
    assert "求补偿" not in part


def test_made_up_values_are_refused(house: House, case: Case) -> None:
    client = signed_in(house["甲"])
    for told in ({"aim": "gold"}, {"anger": "9"}, {}):
        assert client.post(f"/cases/{case.id}/read/", told).status_code == 422
    assert fresh(case).reading == {}


def test_a_mood_written_down_counts_more_than_words(house: House, case: Case) -> None:
    told = {"text": "客户说可以等到明天。", "mood": "1", "direction": "in", "channel": "phone"}
    signed_in(house["甲"]).post(f"/cases/{case.id}/contact/", told | {"reached": "yes"})
    assert "在平复" in card(house, case)


def test_talk_of_death_goes_to_the_head_at_once(house: House) -> None:
    case = make_case(house, by="甲", narrative="你们再不管，我就不想活了。")
    assert fresh(case).for_head
    assert 'role="alert"' in card(house, case)


def test_while_it_is_written_down(house: House) -> None:
    page = signed_in(house["甲"]).post("/new/hear/", {"narrative": SAID}).content.decode()
    assert "求补偿" in page
    answer = signed_in(house["甲"]).post("/new/hear/", {"narrative": "我不想活了，你们看着办"})
    assert 'role="alert"' in answer.content.decode()
