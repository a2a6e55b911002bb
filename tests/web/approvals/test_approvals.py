"""Signing in the browser: put up, inbox, sign, return, away."""

import re
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, fresh, make_case, signed_in
from tingsu.cases.actions import screen
from tingsu.cases.models import Approval, Case
from tingsu.cases.queries import screening
from tingsu.core.lifecycle import State
from tingsu.core.screening import Outcome
from tingsu.people import absence
from tingsu.people.models import Absence


@pytest.fixture
def case(house: House) -> Case:
    """A case of 甲 at a tourism authority."""
    house.organisation.kind = "authority"
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    found = make_case(
        house, by="甲", at=now(), pack="tourism", respondent_unit="明州旅行社", channel="phone"
    )
    return reviewed(house, found)


def reviewed(house: House, case: Case) -> Case:
    """After 甲's first review, which found nothing against it."""
    met = {item.code: {"answer": "yes"} for item in screening.checklist(case).items}
    screen.conclude(case, house.actor("甲"), now(), answers=met, outcome=Outcome.ACCEPT)
    return case


@pytest.fixture
def row(house: House, case: Case) -> Approval:
    """Its filing, put up by 甲 with the button of the page."""
    browser = signed_in(house["甲"])
    browser.post(f"/cases/{case.id}/accept/", {"ik": "a1", "version": case.version})
    assert "已提请负责人审批" in browser.get(f"/cases/{case.id}/").content.decode()
    return Approval.objects.get(case=case)


def page(house: House, name: str, url: str) -> str:
    answer = signed_in(house[name]).get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(house: House, name: str, url: str, **data: Any) -> Any:
    return signed_in(house[name]).post(url, {"ik": "s1", **data})


def test_the_form_says_beforehand_who_signs(house: House, case: Case) -> None:
    html = page(house, "甲", f"/cases/{case.id}/accept/")
    assert "要负责人审批" in html
    assert "提请审批</button>" in html


def test_the_big_button_says_so_too_and_then_waits(house: House, case: Case) -> None:
    signed_in(house["甲"]).post(
        f"/cases/{case.id}/restate/", {"ik": "r", "text": "少了两个景点", "confirmed": "yes"}
    )
    big = r'class="btn btn-primary btn-lg".*?</svg>([^<]+)<'
    found = re.search(big, page(house, "甲", f"/cases/{case.id}/"), re.S)
    assert found
    assert found[1] == "提请审批"
    signed_in(house["甲"]).post(f"/cases/{case.id}/accept/", {"ik": "a"})
    html = page(house, "甲", f"/cases/{case.id}/")
    found = re.search(big, html, re.S)
    assert found
    assert found[1] == "看审批"
    assert "等负责人批：受理立案" in html


def test_the_head_finds_it_on_the_desk_and_in_the_inbox(house: House, row: Approval) -> None:
    assert re.search(r"<strong>1</strong>\s*等我签批", page(house, "丁", "/desk/"))
    html = page(house, "丁", "/approvals/")
    assert f"/approvals/{row.id}/" in html
    assert "甲 提请" in html


def test_one_request_shows_what_is_needed_to_decide(house: House, row: Approval) -> None:
    html = page(house, "丁", f"/approvals/{row.id}/")
    for words in (
        "受理立案",
        "明州旅行社",
        "老人被困二十分钟",
        "审查决定",
        "王小明",
        "<dt>初审</dt>",
    ):
        assert words in html
    assert "13800001234" not in html


def test_signed_with_an_instruction_it_is_done(house: House, row: Approval) -> None:
    answer = post(house, "丁", f"/approvals/{row.id}/", do="approve", text="先取合同")
    assert answer.status_code == 303
    assert fresh(row.case).state == State.ACCEPTED
    html = page(house, "甲", f"/cases/{row.case_id}/approvals/")
    assert "先取合同" in html
    assert "已批准" in html


def test_a_return_without_a_reason_is_asked_for_one(house: House, row: Approval) -> None:
    answer = post(house, "丁", f"/approvals/{row.id}/", do="return", text="")
    assert answer.status_code == 422
    assert "请写明为什么退回" in answer.content.decode()
    assert post(house, "丁", f"/approvals/{row.id}/", do="return", text="缺合同").status_code == 303
    assert "缺合同" in page(house, "甲", f"/cases/{row.case_id}/")


def test_a_case_that_moved_on_keeps_the_words_and_says_what_changed(
    house: House, row: Approval
) -> None:
    signed_in(house["甲"]).post(
        f"/cases/{row.case_id}/facts/",
        {"ik": "f", "version": row.case.version + 1, "title": "新标题", "narrative": "新的经过",
         "nature": "questioning", "severity": "ordinary"},
    )  # fmt: skip
    answer = post(house, "丁", f"/approvals/{row.id}/", do="approve", text="同意")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "更正事实" in html
    assert ">同意</textarea>" in html


def test_who_asked_takes_it_back(house: House, row: Approval) -> None:
    url = f"/cases/{row.case_id}/approvals/{row.id}/withdraw/"
    assert post(house, "甲", url).status_code == 303
    assert Approval.objects.get(id=row.id).state == "withdrawn"


def test_others_are_not_let_in(house: House, row: Approval) -> None:
    assert signed_in(house["甲"]).get("/approvals/").status_code == 403
    assert signed_in(house["主管"]).get(f"/approvals/{row.id}/").status_code == 404


def test_the_head_is_away_and_the_supervisor_signs_in_their_place(
    house: House, row: Approval
) -> None:
    today = absence.local_day(house.organisation.id, now()).isoformat()
    told = {"from_on": today, "until_on": today, "deputy": str(house["主管"].id)}
    assert post(house, "丁", "/absence/", **told).status_code == 303
    assert "由主管代批" in page(house, "丁", "/absence/")
    assert "现在也替丁代批" in page(house, "主管", "/approvals/")
    assert "丁不在岗" in page(house, "主管", f"/approvals/{row.id}/")
    post(house, "主管", f"/approvals/{row.id}/", do="approve")
    assert "代丁" in page(house, "甲", f"/cases/{row.case_id}/")


def test_what_is_wrong_with_an_absence_stands_at_its_field(house: House) -> None:
    answer = post(house, "丁", "/absence/", from_on="明天", until_on="")
    assert answer.status_code == 422
    assert "请写成 2026-11-21" in answer.content.decode()


def test_an_administrator_sets_it_for_somebody_and_takes_it_back(house: House) -> None:
    url = f"/house/members/{house['丁'].id}/absence/"
    today = absence.local_day(house.organisation.id, now()).isoformat()
    told = {"from_on": today, "until_on": today, "deputy": str(house["主管"].id)}
    assert post(house, "管理员", url, **told).status_code == 303
    row = Absence.objects.get()
    assert post(house, "管理员", url, end=str(row.id)).status_code == 303
    assert not Absence.objects.exists()


@pytest.mark.parametrize("number", [1, 12])
def test_the_inbox_costs_the_same_for_one_and_for_many(
    house: House, case: Case, number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        one = reviewed(house, make_case(house, by="甲", at=now(), pack="tourism", phone=""))
        signed_in(house["甲"]).post(f"/cases/{one.id}/accept/", {"ik": f"n{n}"})
    browser = signed_in(house["丁"])
    browser.get("/approvals/")
    with django_assert_max_num_queries(11):
        assert browser.get("/approvals/").content.count(b"row-approval") == number
