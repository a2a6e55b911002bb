"""A complaint is registered by hand, whatever way it came (IN-1, IN-2, IN-3, IN-5, IN-6, IN-7)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime, now

from factories import STORY, House, fresh, kinds, signed_in
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case, Event, Promise

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
Made = Callable[[Any], Case]
FACTS: dict[str, dict[str, str]] = {
    "call": {},
    "visit": {"fact_room": "二楼接待室"},
    "letter": {"fact_letter_arrived": "2026-09-01"},
    "mail": {},
    "chat": {},
    "messenger": {"fact_handle": "微信 小王"},
    "sms": {},
    "forum": {"fact_source_address": "https://example.com/t/1"},
    "press": {"fact_medium": "城市晚报"},
    "transfer": {
        "fact_from_body": "市场监管局",
        "fact_their_number": "12345-77",
        "fact_their_due": "2026-12-31",
    },
    "mystery": {"fact_visited_on": "2026-09-01"},
    "file": {},
}
CHANNEL = {"call": "phone"}


@pytest.mark.parametrize("route", FACTS)
def test_every_channel_opens_and_ends_in_a_case(
    route: str, house: House, send: Send, made: Made
) -> None:
    page = signed_in(house["甲"]).get(f"/new/{route}/")
    assert page.status_code == 200
    case = made(send(route, **FACTS[route]))
    assert case.channel == CHANNEL.get(route, route)
    assert case.received_by_id == house["甲"].id
    kept = Event.objects.get(case=case, kind="received").data.get("facts", {})
    wanted = {name.removeprefix("fact_"): value for name, value in FACTS[route].items()}
    assert wanted.items() <= kept.items()


@pytest.mark.parametrize(
    "route", [route for route, facts in FACTS.items() if facts and route != "letter"]
)
def test_what_a_channel_needs_is_asked_for(route: str, send: Send) -> None:
    answer = send(route)
    assert answer.status_code == 422
    assert "这个渠道需要这一项" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("route", ["web", "nothing", "recognise"])
def test_there_is_no_form_for_other_words(route: str, house: House) -> None:
    assert signed_in(house["甲"]).get(f"/new/{route}/").status_code in (404, 405)


def test_a_call_in_full(house: House, send: Send, made: Made) -> None:
    due = localtime(now() + timedelta(hours=3))
    case = made(
        send(
            name="王小明",
            phone="138 0000 1234",
            address="城东区 1 号",
            happened_on="2026-09-01",
            happened_time="15:30",
            happened_where="城东店",
            respondent_unit="城东店",
            respondent_person="工号 12",
            request="退款",
            anger="3",
            product="电饭煲",
            order_number="A-1",
            amount="1,280.50",
            restated="您是说电饭煲冒烟，希望退款。",
            restated_ok="on",
            promise="查清后回电",
            promise_due=f"{due:%Y-%m-%dT%H:%M}",
            nature="questioning",
            severity="serious",
            taken_by="me",
            fact_agent_named="on",
            fact_call_seconds="95",
        )
    )
    assert (case.party.name, case.party.phone) == ("王小明", "138 0000 1234")  # type: ignore[union-attr]
    assert localtime(case.happened_at).hour == 15
    assert (case.amount, case.anger, case.severity) == (128050, 3, "serious")
    assert case.respondent_person == "工号 12"
    assert case.owner_id == house["甲"].id
    assert case.restated_at is not None
    assert Promise.objects.get(case=case).content == "查清后回电"
    assert kinds(case) == ["received", "restated", "promised"]
    facts = Event.objects.get(case=case, kind="received").data["facts"]
    assert facts == {"agent_named": "投诉处理一组 甲", "call_seconds": "95"}


def test_the_receipt_tells_what_to_tell_the_customer(house: House, send: Send, made: Made) -> None:
    case = made(send(name="王小明"))
    page = signed_in(house["甲"]).get(f"/new/done/{case.id}/").content.decode()
    assert case.number in page
    assert code_of(case) in page
    assert "最晚" in page
    assert signed_in(house["乙"]).get(f"/new/done/{case.id}/").status_code == 404


def test_a_promise_within_the_hour_is_said_with_its_time(
    house: House, send: Send, made: Made
) -> None:
    due = localtime(now() + timedelta(minutes=30))
    case = made(send(promise="回电", promise_due=f"{due:%Y-%m-%dT%H:%M}"))
    page = signed_in(house["甲"]).get(f"/new/done/{case.id}/").content.decode()
    assert f"最晚{due:%H:%M}，" in page


def test_the_story_is_all_that_must_be_there(send: Send, made: Made) -> None:
    assert made(send()).party is None
    answer = send(narrative=" \u200b ")
    assert answer.status_code == 422
    assert "一句话也可以" in answer.content.decode()


def test_reception_puts_it_into_the_queue_that_takes_in(
    house: House, send: Send, made: Made
) -> None:
    case = made(send(by="接待", taken_by=str(house.centre.id)))
    assert (case.owner_id, case.queue_id) == (None, house.centre.id)
    other = made(send(by="甲", taken_by=str(house.second.id)))
    assert (other.owner_id, other.queue_id) == (None, house.second.id)


def test_who_may_not_handle_cannot_keep_it(send: Send) -> None:
    answer = send(by="接待", taken_by="me")
    assert answer.status_code == 422
    assert "请从列出的选项中选择" in answer.content.decode()


def test_a_category_brings_its_industry(send: Send, made: Made) -> None:
    case = made(send(pack="property", category="general:quality.defect"))
    assert (case.pack, case.category) == ("general", "quality.defect")
    assert send(category="hotel:nothing").status_code == 422
    assert made(send(pack="telecom")).pack == "telecom"


@pytest.mark.parametrize(
    ("route", "severity", "for_head"),
    [("call", "ordinary", False), ("call", "major", True), ("letter", "ordinary", True)],
)
def test_major_and_written_ones_go_to_the_head(
    route: str, severity: str, for_head: bool, send: Send, made: Made
) -> None:
    assert made(send(route, severity=severity, **FACTS[route])).for_head is for_head


def test_a_letter_counts_from_the_day_it_arrived(send: Send, made: Made) -> None:
    day = localtime(now() - timedelta(days=3)).date()
    case = made(send("letter", fact_letter_arrived=day.isoformat(), fact_letter_dated="2026-01-02"))
    assert localtime(case.received_at).date() == day
    today = localtime(now()).date()
    assert made(send("letter", fact_letter_arrived=today.isoformat())).received_at > (
        now() - timedelta(minutes=5)
    )


def test_missing_material_is_asked_for_with_a_date(send: Send, made: Made) -> None:
    day = localtime(now() + timedelta(days=7)).date()
    today = localtime(now()).date().isoformat()
    told = {"fact_letter_arrived": today, "missing": "购物小票"}
    case = made(send("letter", missing_due=day.isoformat(), **told))
    assert case.state == "incomplete"
    assert localtime(case.planned_at).date() == day
    answer = send("letter", **told)
    assert answer.status_code == 422
    assert "最晚哪一天" in answer.content.decode()


def test_a_restatement_the_customer_did_not_confirm_is_kept_as_such(send: Send, made: Made) -> None:
    case = made(send(restated="您是说冒烟。"))
    entry = Event.objects.get(case=case, kind="restated")
    assert (entry.text, entry.data["confirmed"]) == ("您是说冒烟。", False)
    assert fresh(case).restated_at is None
    assert send(restated_ok="on").status_code == 422


def test_one_sending_makes_one_case(house: House, send: Send, made: Made) -> None:
    first = made(send(ik="a" * 32, restated="您是说冒烟。"))
    again = made(send(ik="a" * 32, restated="您是说冒烟。"))
    assert first.id == again.id
    assert kinds(first) == ["received", "restated"]
    other = send(ik="a" * 32, narrative="另外，电视机也坏了。")
    assert other.status_code == 409
    page = other.content.decode()
    assert first.number in page
    assert "另外，电视机也坏了。" in page
    assert 'name="ik" value="' + "a" * 32 not in page


WRONG = [
    ({"happened_on": "上周三"}, "请写成 2026-05-03 这样的日期"),
    ({"happened_on": "1970-01-01"}, "这个时间太早了"),
    ({"happened_on": "2099-01-01"}, "这个时间还没到"),
    ({"happened_on": "2026-02-30"}, "请写成"),
    ({"happened_on": "2026-09-01", "happened_time": "25:00"}, "请写成 18:30"),
    ({"amount": "很多"}, "请只写数字"),
    ({"email": "没有"}, "邮箱地址看起来不完整"),
    ({"request": "退" * 5_001}, "最多 5,000 字"),
    ({"name": "长" * 61}, "最多 60 字"),
    ({"promise": "回电"}, "承诺要有时间"),
    ({"promise_due": "2026-09-01T10:00"}, "请写下答应了客户什么"),
    ({"promise": "回电", "promise_due": "2020-01-01T10:00"}, "承诺的时间已经过去"),
    ({"promise": "回电", "promise_due": "2099-01-01T10:00"}, "一年以后"),
    ({"promise": "回电", "promise_due": "明天"}, "例如 2026-05-03"),
    ({"severity": "enormous"}, "请从列出的选项中选择"),
]


@pytest.mark.parametrize(("told", "words"), WRONG)
def test_what_is_wrong_is_said_and_all_is_kept(
    told: dict[str, str], words: str, send: Send
) -> None:
    answer = send(**{"name": "王小明", "phone": "13800001234", **told})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert STORY in page
    assert "data-form-errors" in page
    name, typed = next(iter(told.items()))
    assert typed in page or name == "severity"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "name", ["𠮷野家㐂", "👩‍🍳小美", "Zoë O’Brien", "محمد", "买买提·艾力", "<b>王</b>"]
)
def test_every_name_is_taken(name: str, house: House, send: Send, made: Made) -> None:
    case = made(send(name=name))
    assert case.party is not None
    assert case.party.name == name
    page = signed_in(house["甲"]).get(f"/parties/{case.party_id}/").content.decode()
    assert "<b>王</b>" not in page


def test_control_characters_do_no_harm(send: Send, made: Made) -> None:
    assert made(send(narrative="坏了\x00\u202e。")).narrative == "坏了。"


@pytest.mark.parametrize("who", ["督查", "培训师", "被投诉", "管理员", "审计"])
def test_those_who_do_not_receive_are_told(who: str, house: House) -> None:
    client = signed_in(house[who])
    for path in ("/new/call/", "/new/visit/", "/new/letter/", "/new/press/"):
        assert client.get(path).status_code == 403


def test_opening_the_form_asks_little_of_the_database(
    house: House, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(house["甲"])
    client.get("/new/call/")
    with django_assert_max_num_queries(12):
        client.get("/new/call/")


def test_a_source_that_came_earlier_keeps_its_time(send: Send, made: Made) -> None:
    case = made(send("sms", received_on="2026-09-01", received_time="08:05"))
    assert localtime(case.received_at).replace(tzinfo=None) == datetime(2026, 9, 1, 8, 5)  # noqa: DTZ001
