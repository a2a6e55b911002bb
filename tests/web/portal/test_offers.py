"""An offer answered by its customer: on the follow page, by the letter's link (HA-6, HA-12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from factories import House, fresh, kinds, make_case
from plans import draft
from tingsu.cases import offer_links
from tingsu.cases.actions.move import move
from tingsu.cases.actions.offer import offer, withdraw
from tingsu.cases.actions.plan import make
from tingsu.cases.models import Calculation, Case, Event, Letter, Offer
from tingsu.core.lifecycle import Move

from .conftest import open_case, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(house: House) -> Offer:
    """An offer whose letter has left."""
    case = make_case(house, by="甲", at=now() - timedelta(days=2), email="wang@example.org")
    by = house.actor("甲")
    move(case, by, now(), to=Move.ACCEPT)
    plan_id = make(fresh(case), by, now(), draft=draft())[1]
    offer(fresh(case), by, now(), plan_id=plan_id, expires_at=now() + timedelta(days=2))
    Letter.objects.filter(case=case).update(state="sent")
    return Offer.objects.select_related("case").get()


def link(row: Offer) -> str:
    return f"/o/yunfan/offer/{offer_links.token_of(row)}/"


def of(row: Offer) -> Case:
    return fresh(row.case)


def test_it_stands_on_the_follow_page_with_its_answer(stranger: Client, given: Offer) -> None:
    page = words(stranger.get(open_case(stranger, of(given))))
    for told in (
        "我们提了一个解决办法",
        "经理当面道歉",
        "合计给您 ¥500.00",
        "不接受",
        "先和我谈谈",
    ):
        assert told in page


def test_before_the_letter_has_left_nobody_sees_it(stranger: Client, given: Offer) -> None:
    Letter.objects.update(state="waiting", claimed_until=None, attempts=0)
    page = words(stranger.get(open_case(stranger, of(given))))
    assert "经理当面道歉" not in page


def test_to_open_the_link_answers_nothing(stranger: Client, given: Offer) -> None:
    """Mail scanners follow links, and look at them with HEAD."""
    before = kinds(of(given))
    for _again in range(3):
        page = stranger.get(link(given))
        stranger.head(link(given))
    assert page.status_code == 200
    assert "打开这一页不算答复" in words(page)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    given.refresh_from_db()
    assert (given.state, kinds(of(given))) == ("out", before)


def test_the_link_opens_the_offer_and_nothing_else(stranger: Client, given: Offer) -> None:
    page = words(stranger.get(link(given)))
    assert "被困二十分钟" not in page, "what the complaint says is behind the code"
    follow = f"/o/yunfan/follow/{given.case_id}/"
    assert stranger.get(follow)["Location"].startswith("/o/yunfan/find/")


def test_accepted_by_the_link(stranger: Client, given: Offer) -> None:
    answer = stranger.post(link(given), {"answer": "accepted", "ik": "a"})
    assert (answer.status_code, answer["Location"]) == (303, link(given))
    page = words(stranger.get(link(given)))
    assert "接受了这个方案，我们正在照办" in page
    assert of(given).state == "executing"
    assert Calculation.objects.get(case=given.case).owed == 50_000
    event = Event.objects.get(kind="offer_accepted")
    assert (event.actor, event.public) == ("customer", True)


def test_a_double_click_is_one_answer(stranger: Client, given: Offer) -> None:
    for key in ("a", "a", "b"):
        answer = stranger.post(link(given), {"answer": "accepted", "ik": key})
        assert answer.status_code == 303
    assert kinds(of(given)).count("offer_accepted") == 1
    assert Calculation.objects.count() == 1
    assert "已经有了答复" in words(stranger.get(link(given)))


def test_refused_on_the_follow_page_with_words(stranger: Client, given: Offer) -> None:
    follow = open_case(stranger, of(given))
    address = f"{follow}offer/{given.id}/"
    answer = stranger.post(address, {"answer": "refused", "text": ""})
    assert answer.status_code == 422
    assert "请写下哪里不合适" in words(answer)
    answer = stranger.post(address, {"answer": "refused", "text": "电梯没修好"})
    assert (answer.status_code, answer["Location"]) == (303, follow)
    page = words(stranger.get(follow))
    assert "您没有接受" in page
    assert "电梯没修好" in page


def test_something_else_or_a_talk(stranger: Client, given: Offer) -> None:
    stranger.post(link(given), {"answer": "talk", "text": "晚上七点后"})
    page = words(stranger.get(link(given)))
    assert "说想先谈谈" in page
    assert "提交我的答复" in page, "it can still be accepted"
    answer = stranger.post(link(given), {"answer": "countered", "wanted": "八百", "text": ""})
    assert answer.status_code == 422
    assert "八百" in words(answer) or 'value="八百"' in answer.content.decode()
    stranger.post(link(given), {"answer": "countered", "wanted": "800"})
    assert "您希望合计得到 ¥800.00" in words(stranger.get(link(given)))


def test_nothing_chosen_is_asked_for(stranger: Client, given: Offer) -> None:
    answer = stranger.post(link(given), {"text": "随便"})
    assert answer.status_code == 422
    assert "请选一项" in words(answer)
    assert "随便" in words(answer)


def test_too_late_is_said_kindly(stranger: Client, given: Offer) -> None:
    Offer.objects.update(expires_at=now() - timedelta(minutes=1))
    page = words(stranger.get(link(given)))
    assert "再提一次就好" in page
    assert "提交我的答复" not in page
    answer = stranger.post(link(given), {"answer": "accepted"})
    assert answer.status_code == 303
    given.refresh_from_db()
    assert given.state == "out"
    assert "期限已经过了" in words(stranger.get(link(given)))


def test_taken_back_it_is_no_longer_there(stranger: Client, given: Offer, house: House) -> None:
    withdraw(of(given), house.actor("甲"), now(), offer_id=given.id, reason="金额写错了")
    assert "不再有效" in words(stranger.get(link(given)))
    page = words(stranger.get(open_case(stranger, of(given))))
    assert "金额写错了" in page
    assert "提交我的答复" not in page


def test_a_wrong_link_leads_to_the_look_up(stranger: Client, given: Offer) -> None:
    for token in ("x", "a" * 50, offer_links.token_of(given)[:-2] + "77"):
        answer = stranger.get(f"/o/yunfan/offer/{token}/")
        assert answer["Location"] == "/o/yunfan/find/?link=1"


def test_another_case_s_code_does_not_open_it(stranger: Client, given: Offer, house: House) -> None:
    other = make_case(house)
    follow = open_case(stranger, other)
    assert stranger.get(f"{follow}offer/{given.id}/").status_code == 404


def test_who_asks_too_often_waits(stranger: Client, given: Offer) -> None:
    for _again in range(60):
        answer = stranger.post(link(given), {"answer": "talk", "text": "谈"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert kinds(of(given)).count("offer_talk") < 60
