"""The coach beside the keyboard: marks, better words, what a letter lacks (CO-1, CO-2)."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from factories import House, make_case, make_outsider, signed_in

pytestmark = pytest.mark.django_db


def ask(browser: Client, **told: Any) -> Any:
    return browser.post(reverse("coach_words"), json.dumps(told), content_type="application/json")


def test_words_that_hurt_come_back_with_why_and_better_ones(house: House) -> None:
    case = make_case(house)
    answer = ask(signed_in(house["甲"]), text="您好。这不归我管！再见", case=str(case.id)).json()
    (mark,) = answer["marks"]
    assert "您好。这不归我管！再见"[mark["start"] : mark["end"]] == "不归我管"
    assert "您好。这不归我管！再见"[mark["from"] : mark["to"]] == "这不归我管！"
    assert mark["grade"] == "forbidden"
    assert mark["why"]
    assert "同事" in mark["better"]
    assert answer["check"] == []


def test_places_are_counted_as_scripts_count(house: House) -> None:
    (mark,) = ask(signed_in(house["甲"]), text="😀😀不归我管").json()["marks"]
    assert (mark["start"], mark["end"]) == (4, 8)


def test_a_letter_is_told_what_it_lacks(house: House) -> None:
    case = make_case(house)
    answer = ask(
        signed_in(house["甲"]), text="电梯修好了。", case=str(case.id), about="reply"
    ).json()
    lacks = {one["code"]: one for one in answer["check"]}
    assert {"regret", "contact", "date"} <= set(lacks)
    assert "抱歉" in lacks["regret"]["mend"]


def test_one_press_puts_the_right_name_and_number(house: House) -> None:
    case = make_case(house)
    text = "赵钱先生您好，编号 TS-20200101-0001 已办好。"
    answer = ask(signed_in(house["甲"]), text=text, case=str(case.id), about="reply").json()
    lacks = {one["code"]: one for one in answer["check"]}
    assert lacks["name"]["blocks"]
    assert lacks["number"]["mend"] == case.number
    for code, wrong in (("name", "赵钱先生"), ("number", "TS-20200101-0001")):
        assert text[lacks[code]["start"] : lacks[code]["end"]] == wrong
        assert lacks[code]["at"] == "instead"


@pytest.mark.parametrize("code", ["regret", "restated", "next", "date", "contact", "request"])
def test_what_is_missing_can_be_mended_with_one_press(house: House, code: str) -> None:
    case = make_case(house, request="修好电梯")
    told = {"case": str(case.id), "about": "reply"}
    browser = signed_in(house["甲"])
    lacks = {one["code"]: one for one in ask(browser, text="收悉。", **told).json()["check"]}
    mended = "收悉。" + lacks[code]["mend"]
    assert lacks[code]["at"] in ("start", "end")
    assert code not in {one["code"] for one in ask(browser, text=mended, **told).json()["check"]}


def test_slots_are_filled_from_the_case(house: House) -> None:
    case = make_case(house)
    (mark,) = ask(signed_in(house["甲"]), text="这不是我们的责任", case=str(case.id)).json()[
        "marks"
    ]
    assert "{date}" not in mark["better"]
    assert "2026-" in mark["better"]


def test_another_house_s_case_is_not_there(house: House) -> None:
    case = make_case(house)
    assert ask(signed_in(make_outsider()["甲"]), text="好", case=str(case.id)).status_code == 404
    assert ask(signed_in(house["甲"]), text="好", case=str(uuid4())).status_code == 404


@pytest.mark.parametrize("body", ["", "[]", '{"text": 3}', "\xff", '{"text": "' + "x" * 20_001])
def test_what_cannot_be_read_is_refused_kindly(house: House, body: str) -> None:
    answer = signed_in(house["甲"]).post(
        reverse("coach_words"), body, content_type="application/json"
    )
    assert answer.status_code == 400


def test_nothing_is_kept_anywhere_on_the_way(house: House) -> None:
    assert ask(signed_in(house["甲"]), text="不归我管").headers["Cache-Control"] == "no-store"


def test_too_many_questions_are_asked_to_wait(
    house: House, settings: Any, monkeypatch: Any
) -> None:
    from tingsu.web.coach import views
    from tingsu.web.limits import Limit

    settings.PUBLIC_LIMITS = True
    monkeypatch.setattr(views, "TYPING", Limit("coach-test", 2, 3600))
    browser = signed_in(house["甲"])
    answers = [ask(browser, text="好").status_code for _time in range(4)]
    assert answers[-1] == 429
    assert answers[0] == 200
