"""The coach's card: fed by the customer as read and by the stage of the method, and why it says so
(CO-3)."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from factories import House, make_case, signed_in
from tingsu.cases.models import Case
from tingsu.core.wording.technique import TAGS
from tingsu.packs import available, load
from tingsu.packs.guide import SHOWN
from tingsu.packs.techniques import TECHNIQUES
from tingsu.web.coach import card
from tingsu.web.coach.situations import SITUATIONS

LIBRARY = TECHNIQUES.of(load("telecom"))


def case(**facts: Any) -> Any:
    known: dict[str, Any] = {
        "reading": {}, "anger": None, "narrative": "", "state": "accepted", "verdict": "",
        "severity": "normal", "escalated_at": None, "round": 1, "amount": 0, "channel": "web",
    }  # fmt: skip
    return SimpleNamespace(**known | facts)


def waiting_for(code: str) -> Any:
    """A method whose next open stage waits for this."""
    stage = SimpleNamespace(shown_by={code})
    places = [SimpleNamespace(stage=stage, how="")]
    return SimpleNamespace(standing=SimpleNamespace(places=places))


def first(one: Any, code: str = "answered") -> Any:
    found = card.situation(one, waiting_for(code), [], [])
    return LIBRARY.choose(found)[0]


def test_a_confirmed_reading_chooses_the_card() -> None:
    plain, stubborn = first(case()), first(case(reading={"temper": "stubborn"}), "contacted")
    assert plain.technique.id != stubborn.technique.id
    hesitant = first(case(reading={"attitude": "hesitant", "need": "heard", "temper": "driver"}))
    assert hesitant.technique.id == "forgiving"
    assert {"attitude:hesitant", "need:heard", "temper:driver"} <= set(hesitant.because)


def test_who_is_angry_is_first_met_with_empathy() -> None:
    angry = case(reading={"aim": "compensation", "temper": "driver"}, anger=4)
    assert first(angry, "contacted").technique.id == "empathy"


def test_the_demand_of_a_reading_is_the_pattern_of_a_card() -> None:
    found = card.situation(case(reading={"demand": "tangled"}), None, [], [])
    assert "pattern:tangled" in found


def test_the_stage_of_the_method_chooses_the_card() -> None:
    cards = {
        code: first(case(), code).technique.id for code in ("apologised", "restated", "offered")
    }
    assert len(set(cards.values())) == 3
    assert cards["apologised"] in {"empathy", "own_mistake"}
    assert cards["restated"] == "guided_asking"


@pytest.mark.parametrize("code", sorted(set(SHOWN) - {"summed_up"}))  # said to no customer
def test_every_stage_has_a_tag_with_words_and_a_card(code: str) -> None:
    tag = f"guide:{code}"
    assert tag in TAGS
    assert tag in SITUATIONS
    assert tag in LIBRARY.choose(card.situation(case(), waiting_for(code), [], []))[0].because


def test_every_reason_has_words() -> None:
    fits = {tag for p in available() for one in TECHNIQUES.of(load(p)).techniques.values()
            for tag in one.fits}  # fmt: skip
    assert fits - set(SITUATIONS) == set()


def test_what_nobody_confirmed_is_told_as_a_guess() -> None:
    said = "气死我了！必须退款，赔偿我的损失！"
    assert "aim:compensation" in card.supposed(case(narrative=said))
    assert card.supposed(case(narrative=said, reading={"aim": "respect"})) == frozenset()
    assert not {t for t in card.supposed(case(narrative=said, anger=0)) if t.startswith("anger:")}


@pytest.mark.django_db
def test_the_page_says_why(house: House) -> None:
    said = "气死我了！打了五次电话没人接，今天必须退款，赔偿我的损失！"
    angry: Case = make_case(house, by="甲", narrative=said)
    browser: Client = signed_in(house["甲"])
    page = browser.get(f"/cases/{angry.id}/").content.decode()
    assert "客户生气（看来）" in page
    told = {"anger": "1", "aim": "respect"}
    browser.post(f"/cases/{angry.id}/read/", told)
    page = browser.get(f"/cases/{angry.id}/").content.decode()
    assert "（看来）" not in page
    assert "要尊重" in page
