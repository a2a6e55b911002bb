"""The plans wing of a case: side by side, edited, offered, answered, its record (HA-6, HA-17)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factories import House, fresh, make_member, signed_in
from plans import FRAUD, UNTIL, made, offered, ripe, says
from tingsu.cases.actions import remedy
from tingsu.cases.actions.bargain import bargain
from tingsu.cases.models import Approval, BottomLine, Case, Event, Offer, RemedyPlan
from tingsu.cases.plan_draft import Wanted
from tingsu.cases.queries import lists
from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift
from tingsu.people.permission import Role

FORM = {
    "name": "赔付并道歉", "s": "cpl.fraud", "f.price": "120",
    "g.gives": "gift", "g.value": "50", "g.words": "果篮", "own_cost": "30",
    "own_cost_for": "快递", "feasible": "easy", "benefit": "快", "risk": "",
}  # fmt: skip


@pytest.fixture
def case(house: House) -> Case:
    return ripe(house, email="wang@example.org")


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house["甲"])


def at(case: Case, *parts: object) -> str:
    return "/".join(["/cases", str(case.id), "plans", *map(str, parts), ""])


def text(response: Any) -> str:
    shown: str = response.content.decode()
    return shown


def test_nothing_yet_says_how_to_begin(client: Client, case: Case) -> None:
    shown = text(client.get(at(case)))
    assert "还没有方案" in shown
    assert "拟第一个方案" in shown


def test_a_first_plan_begins_with_what_the_rules_owe(
    client: Client, case: Case, house: House
) -> None:
    shown = text(client.get(at(case, "new")))
    assert "当面或来电道歉" in shown
    remedy.propose(case, house.actor("甲"), UNTIL, asking=FRAUD)
    shown = text(client.get(at(case, "new")))
    assert 'value="120"' in shown
    assert "已按上次试算填好" in shown
    assert "¥500.00" in shown


def test_made_and_seen_beside_the_others(client: Client, case: Case, house: House) -> None:
    assert client.post(at(case, "new"), FORM).status_code == 303
    made(fresh(case), house, name="只道歉", asking=Asking())
    shown = text(client.get(at(case)))
    for told in ("赔付并道歉", "只道歉", "¥550.00", "¥580.00", "马上能做到", "另外 ¥30.00：快递"):
        assert told in shown
    assert shown.count('<article class="plan') == 2
    assert "把“赔付并道歉”提给客户" in shown


def test_a_refused_form_keeps_what_was_typed(client: Client, case: Case, house: House) -> None:
    told = FORM | {"name": "", "own_cost_for": "", "who.other": "厂家", "strengths": "一次治本"}
    answer = client.post(at(case, "new"), told)
    shown = text(answer)
    assert answer.status_code == 422
    for kept in ("果篮", "厂家", "一次治本", 'value="120"'):
        assert kept in shown
    assert "给方案起个短名字" in shown
    answer = client.post(at(case, "new"), FORM | {"f.price": "一百", "who": "role:king"})
    assert answer.status_code == 422
    assert "请只写数字" in text(answer)
    assert not RemedyPlan.objects.exists()


def test_who_must_agree_is_chosen_and_says_so(client: Client, case: Case, house: House) -> None:
    who = [f"department:{house.second.id}", "role:head", ""]
    client.post(at(case, "new"), FORM | {"who": who})
    row = RemedyPlan.objects.get()
    shown = text(client.get(at(case)))
    assert "还有人没有表示同意" in shown
    say = {"code": f"department:{house.second.id}", "text": "电话里同意", "agreed": "yes"}
    client.post(at(case, row.id, "consent"), say)
    signed_in(house["丁"]).post(at(case, row.id, "consent"), {"code": "role:head", "agreed": "yes"})
    row.refresh_from_db()
    assert {one["state"] for one in row.consents} == {"agreed"}


@pytest.mark.parametrize("day", ["", "2099-01-01T18:00", "2026-01-01T18:00", "明天"])
def test_an_offer_names_a_day_that_can_be(client: Client, case: Case, day: str) -> None:
    client.post(at(case, "new"), FORM)
    row = RemedyPlan.objects.get()
    assert "在您的权限 ¥200.00 以内" in text(client.get(at(case, row.id, "offer")))
    told = {"expires_at": day, "text": "您受累了", "tactics": ["same_side"], "seen": "1"}
    answer = client.post(at(case, row.id, "offer"), told)
    assert answer.status_code == 422
    assert "您受累了" in text(answer)
    assert not Offer.objects.exists()


def test_a_plan_changed_meanwhile_is_not_offered_unread(
    client: Client, case: Case, house: House
) -> None:
    row = made(case, house)
    RemedyPlan.objects.filter(id=row.id).update(version=2)
    answer = client.post(at(case, row.id, "offer"), {"expires_at": _soon(), "seen": "1"})
    assert answer.status_code == 422
    assert "改过了" in text(answer)


def test_the_whole_way_by_the_pages(client: Client, case: Case, house: House) -> None:
    row = made(case, house)
    assert client.post(at(case, row.id, "offer"), {"expires_at": _soon()}).status_code == 303
    offer = Offer.objects.get()
    shown = text(client.get(at(case)))
    assert "等客户答复" in shown
    assert "记下客户的答复" in shown
    page = text(client.get(at(case, "offers", offer.id, "answer")))
    assert "经理当面道歉" in page
    answer = client.post(
        at(case, "offers", offer.id, "answer"), {"answer": "refused", "way": "phone"}
    )
    assert answer.status_code == 422
    told = {"answer": "countered", "way": "phone", "text": "钱少了", "wanted": "800"}
    assert client.post(at(case, "offers", offer.id, "answer"), told).status_code == 303
    shown = text(client.get(at(case)))
    assert "照还价改" in shown
    assert "希望得到 ¥800.00" in shown
    form = text(client.get(at(case, row.id) + "?counter=1"))
    assert 'value="300.00"' in form, "what is missing to the sum that was asked for"
    assert "钱少了" in form


def test_more_than_the_authority_goes_to_be_signed(
    client: Client, case: Case, house: House
) -> None:
    row = made(case, house, asking=Asking(), gifts=(Gift("gift", 20_001, "送一个月物业费"),))
    assert "提请审批" in text(client.get(at(case, row.id, "offer")))
    client.post(at(case, row.id, "offer"), {"expires_at": _soon()})
    assert Approval.objects.get(case=case).step == "offer"
    assert not Offer.objects.exists()


def test_taken_back_dropped_and_put_in_order(client: Client, case: Case, house: House) -> None:
    first, second = made(case, house), made(fresh(case), house, name="只道歉")
    client.post(at(case, second.id, "order"), {"to": "earlier"})
    client.post(at(case, second.id, "offer"), {"expires_at": _soon()})
    offer = Offer.objects.get()
    client.post(at(case, "offers", offer.id, "withdraw"), {"reason": "写错了"})
    client.post(at(case, first.id, "drop"), {"reason": "太贵"})
    offer.refresh_from_db()
    first.refresh_from_db()
    assert (offer.state, first.state) == ("withdrawn", "dropped")
    assert Event.objects.filter(case=case, kind="plan_dropped", text="太贵").exists()


def test_a_talk_with_its_tactics_stands_in_the_record(
    client: Client, case: Case, house: House
) -> None:
    made(case, house)
    told = {"text": "客户要换整梯", "channel": "visit", "tactics": ["hold_the_line"]}
    assert client.post(at(case, "talk"), told).status_code == 303
    assert client.post(at(case, "talk"), {"text": "", "channel": "visit"}).status_code == 422
    shown = text(client.get(at(case)))
    assert "客户要换整梯" in shown
    assert "守住原则" in shown


def test_colleagues_read_and_do_not_offer(case: Case, house: House) -> None:
    row = made(case, house)
    inspector = signed_in(house["督查"])
    assert "提给客户</a>" not in text(inspector.get(at(case)))
    assert inspector.post(at(case, row.id, "offer"), {"expires_at": _soon()}).status_code == 403


def test_offering_belongs_to_those_who_negotiate(case: Case, house: House) -> None:
    """Somebody of the same group works on the case and does not speak for it."""

    Case.objects.filter(id=case.id).update(queue=house.first)
    beside = signed_in(make_member(house, "组员", Role.HANDLER, house.first))
    row = made(fresh(case), house)
    answer = beside.post(at(case, row.id, "offer"), {"expires_at": _soon()})
    assert answer.status_code == 422
    assert "承办人或主管" in text(answer)
    assert beside.post(at(case, "line"), {"most": "1"}).status_code == 404
    assert not BottomLine.objects.exists()


def test_the_wing_asks_few_questions(
    client: Client, case: Case, house: House, django_assert_max_num_queries: Any
) -> None:
    for n in range(4):
        made(fresh(case), house, name=f"方案{n}", consents=(Wanted("role", "head"),))
    says(case, offered(case, house, _agreed()), "refused", text="太少")
    for n in range(5):
        bargain(fresh(case), house.actor("甲"), UNTIL, text=f"第{n}次")
    client.get(at(case))
    with django_assert_max_num_queries(24):
        client.get(at(case))


def _agreed() -> RemedyPlan:
    row = RemedyPlan.objects.order_by("place")[0]
    row.consents = []
    row.save(update_fields=["consents"])
    return row


def _soon() -> str:

    return (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def test_reception_notes_a_yes_by_telephone_and_the_owner_hears_of_it(
    case: Case, house: House
) -> None:
    """HA-6: whoever takes the call writes down the words; it is known who heard them."""
    offer = offered(case, house, made(case, house))
    reception = signed_in(house["接待"])
    assert "记下客户的答复" in text(reception.get(at(case)))
    told = {"answer": "accepted", "way": "phone", "text": "可以，就这样办"}
    assert reception.post(at(case, "offers", offer.id, "answer"), told).status_code == 303
    offer.refresh_from_db()
    assert (offer.state, offer.heard_by_id) == ("accepted", house["接待"].id)
    entry = Event.objects.get(case=case, kind="offer_accepted")
    assert (entry.text, entry.member_id) == ("可以，就这样办", house["接待"].id)
    assert entry in lists.news(house.who("甲"), timezone.now())
