"""Complaining in public, the receipt, and all that can go wrong before it (IN-1, IN-7)."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from factories import House, make_outsider
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case, Event, Letter
from tingsu.people import limits as counting
from tingsu.web import limits

from .conftest import words

pytestmark = pytest.mark.django_db
Complain = Callable[..., Any]


def test_a_complaint_becomes_a_case_with_a_receipt(
    stranger: Client, house: House, complain: Complain
) -> None:
    answer = complain(
        request="赔偿 200 元",
        happened_on="2026-05-03",
        happened_time="18:30",
        happened_where="南门驿站",
        respondent_unit="南门驿站",
        pack="telecom",
        amount="¥1,280.50",
        name="王小明",
        phone="138 0000 1234",
        preferred_channel="phone",
    )
    case = Case.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/o/yunfan/receipt/{case.id}/"
    assert (case.channel, case.pack, case.amount) == ("web", "telecom", 128050)
    assert case.happened_at is not None
    assert f"{case.happened_at:%Y-%m-%d %H:%M}" == "2026-05-03 10:30"
    assert case.queue == house.centre
    assert case.party is not None
    assert case.party.name == "王小明"
    assert Event.objects.get(case=case, seq=1).actor == "customer"
    assert Letter.objects.get(case=case).kind == "acknowledgement"

    receipt = stranger.get(answer["Location"])
    page = words(receipt)
    for told in (case.number, code_of(case), "专人与您联系", "决定是否受理", "400-000-0000"):
        assert told in page
    assert "<svg viewBox" in receipt.content.decode()
    assert " style=" not in receipt.content.decode()
    assert receipt["Cache-Control"] == "no-store"


def test_one_sentence_without_a_name_is_enough(
    stranger: Client, house: House, complain: Complain
) -> None:
    answer = complain(narrative="电梯又停了")
    case = Case.objects.get()
    assert case.party is None
    assert "您没有留联系方式" in words(stranger.get(answer["Location"]))


def test_the_qr_code_opens_the_follow_page(
    stranger: Client, house: House, complain: Complain
) -> None:
    complain()
    case = Case.objects.get()
    other = Client()
    answer = other.get(f"/o/yunfan/open/{case.number}/{code_of(case)}/")
    assert answer["Location"] == f"/o/yunfan/follow/{case.id}/"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert other.get(answer["Location"]).status_code == 200


def test_errors_stand_at_their_fields_and_all_is_kept(house: House, complain: Complain) -> None:
    answer = complain(
        narrative="", request="退款", phone="12", email="nobody", happened_on="昨天", name="王小明"
    )
    assert answer.status_code == 422
    assert not Case.objects.exists()
    page = answer.content.decode()
    for told in (
        "请写下发生了什么",
        "这个号码看起来不完整",
        "这个邮箱地址看起来不完整",
        "这样的日期",
    ):
        assert page.count(told) == 2  # in the summary and at the field
    for kept in ("退款", 'value="12"', 'value="nobody"', 'value="昨天"', 'value="王小明"'):
        assert kept in page
    assert 'href="#id_narrative"' in page
    assert 'aria-invalid="true"' in page
    assert "data-form-errors autofocus" in page


@pytest.mark.parametrize(("way", "field"), [("phone", "请留下号码"), ("mail", "请留下邮箱地址")])
def test_a_wished_answer_needs_a_way(
    house: House, complain: Complain, way: str, field: str
) -> None:
    answer = complain(preferred_channel=way)
    assert answer.status_code == 422
    assert field in words(answer)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("1970-01-01", "太早了"),
        ("2099-12-31", "还没到"),
        ("0001-01-01", "这样的日期"),
        ("2026-02-30", "这样的日期"),
        ("99999-01-01", "这样的日期"),
    ],
)
def test_impossible_days_are_asked_again(
    house: House, complain: Complain, day: str, told: str
) -> None:
    answer = complain(happened_on=day)
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("day", ["2026/5/3", "2026.05.03", "2026年5月3日", "２０２６-０５-０３"])
def test_days_are_read_as_people_write_them(house: House, complain: Complain, day: str) -> None:
    complain(happened_on=day)
    happened = Case.objects.get().happened_at
    assert happened is not None
    assert f"{happened + timedelta(hours=8):%Y-%m-%d}" == "2026-05-03"


def test_too_long_is_said_with_both_numbers(house: House, complain: Complain) -> None:
    answer = complain(narrative="长" * 20_001)
    assert answer.status_code == 422
    assert "最多 20,000 字，现在是 20,001 字" in words(answer)
    assert "长" * 20_001 in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("漏水\x00三天\x07了", "漏水三天了"),
        ("退款\u202e元百三", "退款元百三"),
        ("气死了😡👨‍👩‍👧𠮷", "气死了😡👨‍👩‍👧𠮷"),
        ("شكوى: المصعد معطل", "شكوى: المصعد معطل"),
        ("一\r\n二", "一\n二"),
    ],
)
def test_odd_characters_do_no_harm(
    stranger: Client, house: House, complain: Complain, told: str, kept: str
) -> None:
    answer = complain(narrative=told, name=told)
    case = Case.objects.get()
    assert case.narrative == kept
    assert stranger.get(answer["Location"]).status_code == 200


def test_only_unseen_characters_are_nothing(house: House, complain: Complain) -> None:
    answer = complain(narrative="\u202e \x00 \n")
    assert answer.status_code == 422
    assert "请写下发生了什么" in words(answer)


def test_markup_is_shown_as_it_was_typed(
    stranger: Client, house: House, complain: Complain
) -> None:
    answer = complain(narrative='<script>alert(1)</script>"><b>', name="<i>")
    page = stranger.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_wrong_encodings_end_in_words(stranger: Client, house: House) -> None:
    body = b"narrative=" + "电梯停了".encode("gb18030")
    kind = "application/x-www-form-urlencoded"
    answer = stranger.post("/o/yunfan/new/", body, content_type=kind)
    assert answer.status_code in (303, 422)
    answer = stranger.generic("POST", "/o/yunfan/new/", body, f"{kind}; charset=gb18030")
    assert answer.status_code == 400
    assert "没能读懂这次提交" in words(answer)


def test_a_double_submit_is_one_case(house: House, complain: Complain) -> None:
    key = uuid.uuid4().hex
    first, second = complain(ik=key), complain(ik=key)
    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_going_back_and_writing_something_else_is_asked_about(
    stranger: Client, house: House, complain: Complain
) -> None:
    key = uuid.uuid4().hex
    complain(ik=key, narrative="快递丢了")
    case = Case.objects.get()
    answer = complain(ik=key, narrative="还有一件：发票没给")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert Case.objects.count() == 1
    assert "还有一件：发票没给" in page
    assert case.number in page
    assert f"/o/yunfan/follow/{case.id}/" in page
    assert key not in page  # sent once more it is a second case, wanted this time


def test_going_back_and_sending_the_same_again_is_one_case(
    stranger: Client, house: House, complain: Complain
) -> None:
    first, second = complain(), complain()  # the page came with a new key
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    complain(client=Client())  # somebody else with the same words is somebody else
    assert Case.objects.count() == 2


def test_the_back_button_finds_the_form_as_it_was(stranger: Client, house: House) -> None:
    assert "no-store" not in stranger.get("/o/yunfan/new/")["Cache-Control"]


def test_a_key_of_another_organisation_means_nothing(
    stranger: Client, house: House, complain: Complain
) -> None:
    make_outsider()
    key = uuid.uuid4().hex
    complain(ik=key)
    stranger.post("/o/mingzhou/new/", {"narrative": "快递丢了没人管。", "ik": key})
    assert Case.objects.count() == 2


def test_a_made_up_key_is_replaced(house: House, complain: Complain) -> None:
    complain(ik="../../x" * 40)
    assert len(Case.objects.get().intake_key or "") == 36


def test_programs_that_fill_in_everything_come_no_further(house: House, complain: Complain) -> None:
    answer = complain(second_subject="buy now")
    assert answer.status_code == 422
    assert not Case.objects.exists()
    page = answer.content.decode()
    assert "快递丢了没人管。" in page
    assert "buy now" not in page  # a person only has to send again


def test_too_many_complaints_from_one_address_wait(
    house: House, complain: Complain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SUBMIT", limits.Limit("submit", 2, 3600))
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000)
    assert complain(narrative="第一件").status_code == 303
    assert complain(narrative="第二件").status_code == 303
    answer = complain(narrative="第三件")
    assert answer.status_code == 429
    assert "第三件" in answer.content.decode()
    assert "分钟 再试" in words(answer)
    assert "400-000-0000" in words(answer)


def test_limits_can_be_switched_off(house: House, complain: Complain, settings: Any) -> None:
    settings.PUBLIC_LIMITS = False
    assert {complain().status_code for _ in range(limits.SUBMIT.most + 1)} == {303}


def test_the_language_stays_with_the_case(
    stranger: Client, house: House, complain: Complain
) -> None:
    stranger.cookies["django_language"] = "en"
    complain(name="Ann", phone="+44 20 7946 0958")
    case = Case.objects.get()
    assert case.language == "en"
    assert case.party is not None
    assert case.party.language == "en"


def test_the_receipt_is_for_the_one_who_wrote(house: House, complain: Complain) -> None:
    answer = complain()
    assert Client().get(answer["Location"])["Location"] == "/o/yunfan/find/?again=1"
