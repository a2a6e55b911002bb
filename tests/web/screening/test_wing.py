"""The screening wing: facts shown, weighed as one answers, concluded with one button."""

import re
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, fresh, make_case, signed_in
from tingsu.cases.models import Approval, Case, Joined, Screening
from tingsu.cases.queries import screening
from tingsu.core.lifecycle import State


@pytest.fixture
def case(house: House) -> Case:
    """A complaint at a tourism authority."""
    house.organisation.kind = "authority"
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    return make_case(
        house, by="甲", at=now(), pack="tourism", channel="phone", request="退门票",
        respondent_unit="明州旅行社",
    )  # fmt: skip


def met(case: Case, **others: str) -> dict[str, str]:
    items = screening.checklist(case).items
    return {f"a-{item.code}": "yes" for item in items} | {
        f"a-{code}": value for code, value in others.items()
    }


def url(case: Case, part: str = "") -> str:
    return f"/cases/{case.id}/screening/{part}"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_shows_each_item_with_its_fact_and_article(house: House, case: Case) -> None:
    html = text(signed_in(house["甲"]).get(url(case)))
    for words in ("属于旅游主管部门管辖", "被投诉方：明州旅行社", "诉求：退门票", "第9条"):
        assert words in html
    assert "还要先问清" in html


def test_the_next_step_of_the_case_is_first_review(house: House, case: Case) -> None:
    browser = signed_in(house["甲"])
    browser.post(f"/cases/{case.id}/restate/", {"ik": "r", "text": "少景点", "confirmed": "yes"})
    assert f'href="{url(case)}">' in text(browser.get(f"/cases/{case.id}/"))


def test_weighing_tells_the_outcome_and_why_and_keeps_nothing(house: House, case: Case) -> None:
    told = met(case, **{"tour.court": "no"})
    answer = signed_in(house["甲"]).get(url(case, "weigh/"), told, headers={"HX-Request": "true"})
    html = text(answer)
    assert "看来可以：不予受理" in html
    assert "人民法院已经受理" in html
    assert 'value="accept"' not in html
    assert not Screening.objects.exists()


def test_a_day_is_counted_unless_the_person_says_otherwise(house: House, case: Case) -> None:
    browser = signed_in(house["甲"])
    told = met(case) | {"on-tour.in_time": "2020-01-05", "was-tour.in_time": "yes"}
    counted = text(browser.get(url(case, "weigh/"), told, headers={"HX-Request": "true"}))
    assert "收到时已经超过" in counted
    assert "看来可以：不予受理" in counted
    said = told | {"was-tour.in_time": "no"}
    html = text(browser.get(url(case, "weigh/"), said, headers={"HX-Request": "true"}))
    assert "看来可以：受理" in html


def test_one_button_accepts_and_puts_it_up_for_signature(house: House, case: Case) -> None:
    browser = signed_in(house["甲"])
    told = met(case) | {"outcome": "accept", "ik": "c1", "version": str(case.version)}
    assert browser.post(url(case, "conclude/"), told).status_code == 303
    assert Screening.objects.get().outcome == "accept"
    assert Approval.objects.get().kind == "filing"
    assert "初审结论" in text(browser.get(f"/cases/{case.id}/"))


def test_at_a_company_it_is_accepted_at_once(house: House) -> None:
    case = make_case(house, by="甲", at=now(), request="修电梯", channel="phone")
    told = met(case) | {"outcome": "accept", "ik": "c1"}
    answer = signed_in(house["甲"]).post(url(case, "conclude/"), told)
    assert answer.headers["Location"] == f"/cases/{case.id}/"
    assert fresh(case).state == State.ACCEPTED


def test_a_refusal_opens_its_form_with_reasons_and_other_ways(house: House, case: Case) -> None:
    browser = signed_in(house["主管"])
    told = met(case, **{"tour.scope": "no"}) | {"outcome": "refuse", "ik": "c2"}
    answer = browser.post(url(case, "conclude/"), told)
    assert answer.headers["Location"].startswith(f"/cases/{case.id}/refuse/?")
    html = text(browser.get(answer.headers["Location"]))
    assert "不属于旅游投诉的受理范围" in html
    assert "向人民法院提起诉讼" in html


def test_a_handler_puts_the_refusal_up_and_the_head_signs_it(house: House, case: Case) -> None:
    told = met(case, **{"tour.scope": "no"}) | {"outcome": "refuse", "ik": "c3"}
    browser = signed_in(house["甲"])
    assert browser.post(url(case, "conclude/"), told).headers["Location"] == url(case)
    assert "理由和其他途径一并送审" in text(browser.get(url(case)))
    row = Approval.objects.get(kind="refusal")
    head = signed_in(house["丁"])
    assert "向人民法院提起诉讼" in text(head.get(f"/approvals/{row.id}/"))
    head.post(f"/approvals/{row.id}/", {"do": "approve", "ik": "s"})
    assert fresh(case).state == State.REFUSED


def test_a_handler_leaves_the_hand_over_to_those_who_may(house: House, case: Case) -> None:
    told = met(case, **{"tour.power": "no"}) | {"outcome": "transfer", "ik": "c3"}
    browser = signed_in(house["甲"])
    assert browser.post(url(case, "conclude/"), told).headers["Location"] == url(case)
    assert "请主管或负责人接着办" in text(browser.get(url(case)))
    assert f"/cases/{case.id}/transfer/" in text(signed_in(house["主管"]).get(url(case)))


def test_asking_for_papers_opens_with_what_is_missing(house: House, case: Case) -> None:
    browser = signed_in(house["甲"])
    told = met(case, **{"tour.evidence": "no"}) | {"outcome": "ask_complete", "ik": "c4"}
    answer = browser.post(url(case, "conclude/"), told)
    assert "请补充合同、行程单、票据、照片等证据" in text(browser.get(answer.headers["Location"]))


@pytest.mark.parametrize("outcome", ["accept", "", "nonsense"])
def test_an_outcome_that_does_not_fit_keeps_the_answers(
    house: House, case: Case, outcome: str
) -> None:
    told = met(case, **{"tour.scope": "no"}) | {"outcome": outcome, "ik": "c5"}
    answer = signed_in(house["甲"]).post(url(case, "conclude/"), told)
    assert answer.status_code == 422
    picked = r'name="a-tour.scope" value="no" checked'
    assert re.search(picked, answer.content.decode())


def test_joint_complainants_are_added_and_masked(house: House, case: Case) -> None:
    browser = signed_in(house["甲"])
    told = {"name": "李一", "phone": "13900001111", "representative": "1", "ik": "j1"}
    assert browser.post(url(case, "join/"), told).status_code == 303
    html = text(browser.get(url(case)))
    assert "李一" in html
    assert "13900001111" not in html
    assert "2 人共同投诉" in text(browser.get(f"/cases/{case.id}/"))
    seen = text(signed_in(house["督查"]).get(url(case)))
    assert "李一" not in seen
    row = Joined.objects.get()
    browser.post(url(case, "joined/"), {"row": str(row.id), "do": "leave"})
    assert fresh(case).people == 1


def test_a_finished_list_is_only_read(house: House) -> None:
    case = make_case(house, by="甲", at=now(), request="修电梯")
    browser = signed_in(house["甲"])
    browser.post(f"/cases/{case.id}/accept/", {"ik": "a"})
    html = text(browser.get(url(case)))
    assert 'name="outcome"' not in html
    assert '<fieldset class="check-item" disabled>' in html
