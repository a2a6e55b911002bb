"""The wing of endings in the browser: from the agreement to the last thing that is done."""

import base64
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import factories as f
from hands import stroke
from tingsu.cases.actions.move import move
from tingsu.cases.actions.remedy import propose
from tingsu.cases.models import Agreement, Calculation, Case, Decision, Obligation, Signing
from tingsu.cases.remedies import Asking
from tingsu.core.lifecycle import Move
from tingsu.people.models import new_id
from tingsu.web.ending.card import card

PICTURE = "data:image/png;base64," + base64.b64encode(stroke()).decode()
ROW = {"l.gives": "refund", "l.words": "退还物业费", "l.fen": "300", "l.due": "", "l.by": "house"}


@pytest.fixture
def case(house: f.House) -> Case:
    return f.accepted(f.make_case(house, by="甲"), house)


@pytest.fixture
def browser(house: f.House) -> Client:
    return f.signed_in(house["甲"])


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def step(browser: Client, case: Case, name: str, row: Any = "", **told: Any) -> Any:
    told = {"row": str(row), "ik": new_id().hex, "version": "", **told}
    return browser.post(reverse(f"case_{name}", args=[case.id]), told)


def wing(browser: Client, case: Case) -> str:
    return text(browser.get(reverse("case_ending", args=[case.id])))


def written(browser: Client, case: Case, **more: Any) -> Any:
    told = {"text": "一、退还 300 元。", "ik": new_id().hex, "l.member": "", **ROW, **more}
    return browser.post(reverse("case_agreement_new", args=[case.id, "settlement"]), told)


def signed_by_both(browser: Client, case: Case) -> None:
    for row in Signing.objects.filter(case=case, state="waiting"):
        told = {"how": "drawn", "picture": PICTURE, "name": "某人", "agreed": "on"}
        url = reverse("case_signing", args=[case.id, row.id])
        answer = browser.post(url, told | {"ik": new_id().hex})
        assert answer.status_code == 303
        assert answer["location"] == reverse("case_ending", args=[case.id])


def test_a_case_of_which_nothing_is_on_record_asks_nothing_for_its_card(
    case: Case, house: f.House, django_assert_max_num_queries: Any
) -> None:
    who = house.who("甲")
    with django_assert_max_num_queries(0):
        assert card(who, case, f.NOON) is None


def test_from_the_agreement_to_the_last_thing_done(case: Case, browser: Client) -> None:
    page = text(browser.get(reverse("case_agreement_new", args=[case.id, "settlement"])))
    assert "王小明" in page
    assert "自愿：谁也不能逼对方答应" in page
    assert written(browser, case).status_code == 303
    row = Agreement.objects.get(case=case)
    names = {"title": "和解协议", "complainant_name": "王小明", "respondent_name": "李经理"}
    assert step(browser, case, "agreement_put_up", row.id, **names).status_code == 303
    assert "等签字" in wing(browser, case)
    signed_by_both(browser, case)
    page = wing(browser, case)
    assert "双方已签" in page
    assert "办结前还差这些" in page
    assert "还有 1 项没有履行完" in page
    owed = Obligation.objects.get(case=case)
    told = {"fen": "100", "reference": ""}
    refused = step(browser, case, "owed_perform", owed.id, **told)
    assert refused.status_code == 422
    assert "付款凭证号" in text(refused)
    told["reference"] = "流水 8801"
    assert step(browser, case, "owed_perform", owed.id, **told).status_code == 303
    assert "已付 ¥100.00，共 ¥300.00" in wing(browser, case)
    told["fen"] = "200"
    assert step(browser, case, "owed_perform", owed.id, **told).status_code == 303
    page = wing(browser, case)
    assert "都履行了" in page
    assert "没有未了的事" in page


def test_what_was_typed_is_kept_when_it_is_refused(case: Case, browser: Client) -> None:
    refused = written(browser, case, **{"l.fen": "三百", "text": "我写的协议"})
    assert refused.status_code == 422
    page = text(refused)
    assert "第 1 项" in page
    assert "我写的协议" in page
    assert "退还物业费" in page
    assert not Agreement.objects.exists()


def test_the_agreement_begins_with_the_proposal(
    case: Case, house: f.House, browser: Client
) -> None:
    propose(case, house.actor("甲"), f.NOON, asking=Asking(("cpl.fraud",), {"price": "120"}))
    page = text(browser.get(reverse("case_agreement_new", args=[case.id, "settlement"])))
    assert "¥500.00" in page
    assert 'value="500.00"' in page
    assert "还有 1 个补救方案没有结果" in wing(browser, case)
    row = Calculation.objects.get(case=case)
    assert step(browser, case, "proposal_begin", row.id).status_code == 303
    assert Obligation.objects.get(case=case).fen == 50_000


def test_what_is_missing_stands_in_the_form_of_closing_before_one_asks(
    case: Case, browser: Client
) -> None:
    written(browser, case)
    page = text(browser.get(reverse("case_close", args=[case.id])))
    assert "还有协议没有签完" in page
    refused = step(browser, case, "close", verdict="founded", reason="x")
    assert refused.status_code == 422


def test_mediation_session_by_session(case: Case, browser: Client) -> None:
    assert step(browser, case, "mediation_begin", text="双方电话同意").status_code == 303
    told = {
        "way": "face", "mediators": "甲", "attended": "王小明、李经理", "result": "continue",
        "complainant_said": "退三百", "held_at": "2026-09-21T10:00", "next_at": "",
    }  # fmt: skip
    refused = step(browser, case, "mediation_session", **told)
    assert refused.status_code == 422
    assert "退三百" in text(refused)
    assert (
        step(browser, case, "mediation_session", **told | {"result": "agreed"}).status_code == 303
    )
    page = wing(browser, case)
    assert "写调解协议" in page
    assert "退三百" in page
    told = {"reason": "后来又反悔", "next_step": "decide", "ground": ""}
    assert step(browser, case, "mediation_fail", **told).status_code == 303
    assert f.fresh(case).state == "deciding"


def test_a_decision_is_written_and_makes_it_owed(
    case: Case, house: f.House, browser: Client
) -> None:
    by = house.actor("甲")
    move(case, by, f.NOON, to=Move.INVESTIGATE)
    move(case, by, f.NOON, to=Move.DECIDE)
    url = reverse("case_decision", args=[case.id])
    assert "写决定" in wing(browser, case)
    told = {"found": "停运三次", "reasons": "维保不到位", "basis": "", "terms": "退 300 元"}
    told |= {"amount": "300", "ik": "d", "l.member": "", **ROW}
    refused = browser.post(url, told)
    assert refused.status_code == 422
    assert "停运三次" in text(refused)
    assert browser.post(url, told | {"basis": "条例第三十五条"}).status_code == 303
    assert Decision.objects.get(case=case).amount == 30_000
    assert "退 300 元" in wing(browser, case)


def test_the_customer_is_asked_to_sign_the_result(house: f.House, browser: Client) -> None:
    case = f.answered(f.make_case(house, by="甲"), house)
    assert step(browser, case, "result_sign").status_code == 303
    row = Signing.objects.get(case=case)
    assert row.text.endswith("同意办结。")
    page = wing(browser, case)
    assert "第 1 次" in page
    signed_by_both(browser, case)
    assert f.fresh(case).confirmed_at is not None
    assert "确认了结果" in wing(browser, case)


def test_extra_service_is_planned_and_costed(case: Case, browser: Client) -> None:
    told = {"gives": "gift", "words": "一箱水果", "cost": "99", "reason": "久等了", "member": ""}
    assert step(browser, case, "extra", **told).status_code == 303
    page = wing(browser, case)
    assert "预计花费 ¥99.00" in page
    row = Obligation.objects.get(case=case)
    assert (
        step(browser, case, "owed_perform", row.id, fen="88", how="门卫签收", last="on").status_code
        == 303
    )
    assert "实际花费 ¥88.00" in wing(browser, case)


def test_names_in_the_wing_are_for_those_who_may_see_them(
    case: Case, house: f.House, browser: Client
) -> None:
    step(browser, case, "mediation_begin", text="双方电话同意")
    told = {"way": "face", "mediators": "甲", "attended": "李经理到场", "result": "agreed"}
    step(browser, case, "mediation_session", **told, held_at="2026-09-21T10:00")
    assert "李经理到场" in wing(browser, case)
    assert "李经理到场" not in wing(f.signed_in(house["督查"]), case)
