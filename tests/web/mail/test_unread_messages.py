"""Messages that could not be read: in sight, with their cause, and read again (IN-1, PL-4)."""

import json

import pytest
from django.test import Client

from factories import NOON, House, make_house, make_outsider, signed_in
from tingsu.cases.models import Case
from tingsu.channels import accounts, taking
from tingsu.channels.contract import Message
from tingsu.channels.models import Account, ReceivedMessage

pytestmark = pytest.mark.django_db
TOLD = {"id": "m1", "from": "13800001234", "text": "电梯停了三天"}


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def sms(house: House) -> Account:
    return accounts.add(house.who("管理员"), {"kind": "sms", "name": "短信通道"}, NOON)[0]


@pytest.fixture
def browser(house: House) -> Client:
    return signed_in(house["甲"])


def _kept(account: Account, raw: bytes) -> ReceivedMessage:
    row = taking.keep(account, raw, NOON)
    assert row is not None
    taking.sweep(NOON)
    row.refresh_from_db()
    return row


def test_it_stands_in_sight_with_its_cause_and_its_words(sms: Account, browser: Client) -> None:
    told = {"id": "m1", "text": "<b>没有号码</b>"}
    row = _kept(sms, json.dumps(told, ensure_ascii=False).encode())
    listed = browser.get("/mail/messages/").content.decode()
    assert "短信通道" in listed
    assert "缺少发送人" in listed
    assert '<span class="tab-count">1</span>' in browser.get("/mail/").content.decode()
    page = browser.get(f"/mail/messages/{row.id}/").content.decode()
    assert "&lt;b&gt;没有号码&lt;/b&gt;" in page


def test_a_later_version_reads_it_and_a_case_begins(
    sms: Account, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(taking, "_message", _odd)
        row = _kept(sms, json.dumps(TOLD).encode())
    assert (row.state, row.cause) == ("waiting", "broken")
    answer = browser.post(f"/mail/messages/{row.id}/again/")
    case = Case.objects.get()
    assert answer.headers["location"] == f"/cases/{case.id}/"
    assert "电梯停了三天" in case.narrative
    row.refresh_from_db()
    assert (row.state, row.cause) == ("case", "")


def test_what_still_cannot_be_read_stays(sms: Account, browser: Client) -> None:
    row = _kept(sms, b"not json")
    answer = browser.post(f"/mail/messages/{row.id}/again/", follow=True)
    assert "还是没能读懂" in answer.content.decode()
    assert "JSON" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"


def test_put_aside_it_is_kept_and_out_of_sight(sms: Account, browser: Client) -> None:
    row = _kept(sms, b"not json")
    browser.post(f"/mail/messages/{row.id}/aside/")
    assert "这里是空的" in browser.get("/mail/messages/").content.decode()
    assert browser.get(f"/mail/messages/{row.id}/").status_code == 404
    row.refresh_from_db()
    assert taking.raw_of(row) == b"not json"


def test_one_odd_message_stops_no_other(
    sms: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        taking.keep(
            sms, json.dumps(TOLD | {"id": f"m{number}", "text": str(number)}).encode(), NOON
        )
    real = taking._message

    def picky(row: ReceivedMessage, told: Message, *rest: object) -> None:
        if told.text == "1":
            raise LookupError("13800001234")
        real(row, told, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "_message", picky)
    taking.sweep(NOON)
    states = set(ReceivedMessage.objects.values_list("state", "cause"))
    assert states == {("waiting", "broken"), ("case", "")}
    assert "13800001234" not in caplog.text


def test_another_house_sees_nothing_of_it(sms: Account) -> None:
    row = _kept(sms, b"not json")
    stranger = signed_in(make_outsider()["甲"])
    assert "短信通道" not in stranger.get("/mail/messages/").content.decode()
    assert stranger.get(f"/mail/messages/{row.id}/").status_code == 404
    assert stranger.post(f"/mail/messages/{row.id}/again/").status_code == 404


def test_the_list_goes_on_page_by_page(sms: Account, browser: Client) -> None:
    for number in range(27):
        _kept(sms, f"odd {number}".encode())
    first = browser.get("/mail/messages/").content.decode()
    assert first.count("/mail/messages/0") == 25
    after = first.partition("?after=")[2].partition('"')[0]
    older = browser.get(f"/mail/messages/?after={after}").content.decode()
    assert older.count("/mail/messages/0") == 2


def _odd(*_given: object) -> None:
    raise LookupError
