"""A case leads to its mails as they came; whoever opens one is on record (IN-4, PL-2)."""

import json

import pytest
from django.test import Client

from factories import NOON, House, fresh, make_case, make_house, make_outsider, signed_in
from mail_letters import written
from tingsu.cases.models import Case, Event, Look
from tingsu.channels import accounts, taking
from tingsu.channels.mail import arriving, store
from tingsu.channels.mail.forget import forget_case
from tingsu.channels.models import Mailbox, ReceivedMail, ReceivedMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def mail(house: House) -> ReceivedMail:
    """A mail of a customer that became a case."""
    box = Mailbox.objects.create(
        organisation=house.organisation, address="ts@yunfan.example", kind="smtp",
        starts_on=NOON.date(), created_at=NOON,
    )  # fmt: skip
    row = store.keep(box, written("电梯停了<三天>").as_bytes(), "smtp 127.0.0.1", NOON)
    assert row is not None
    arriving.sweep(NOON)
    row.refresh_from_db()
    return row


@pytest.fixture
def case(mail: ReceivedMail) -> Case:
    return Case.objects.get()


def test_the_case_leads_to_its_mail_and_opening_it_is_on_record(
    house: House, mail: ReceivedMail, case: Case
) -> None:
    browser = signed_in(house["甲"])
    place = f"/cases/{case.id}/originals/"
    assert place in browser.get(f"/cases/{case.id}/").content.decode()
    listed = browser.get(place).content.decode()
    assert "ts@yunfan.example" in listed
    assert "电梯停了" not in listed.partition('id="wing"')[2]
    assert not Look.objects.exists()
    page = browser.post(f"{place}{mail.id}/", {"what": "page"}).content.decode()
    assert "电梯停了&lt;三天&gt;" in page
    assert "Message-ID" in page
    assert "来信原件" in page
    seen = Look.objects.get()
    assert (seen.member_id, seen.case_id, seen.fields) == (house["甲"].id, case.id, "original")
    entry = Event.objects.get(case=case, kind="looked")
    assert entry.data["original"] == str(mail.id)
    assert "来信原件" in browser.get(f"/cases/{case.id}/").content.decode()


def test_the_bytes_are_handed_out_as_they_came(
    house: House, mail: ReceivedMail, case: Case
) -> None:
    answer = signed_in(house["甲"]).post(f"/cases/{case.id}/originals/{mail.id}/", {"what": "file"})
    assert answer.content == store.raw_of(mail)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert Look.objects.count() == 1


def test_the_old_address_of_the_mail_leads_there_and_tells_nothing(
    house: House, mail: ReceivedMail, case: Case
) -> None:
    browser = signed_in(house["甲"])
    for where in (f"/mail/{mail.id}/", f"/mail/{mail.id}/raw/"):
        answer = browser.get(where)
        assert answer.headers["location"] == f"/cases/{case.id}/originals/"
        assert "电梯".encode() not in answer.content


@pytest.mark.parametrize("what", ["page", "file"])
def test_who_may_not_see_personal_data_opens_none(
    house: House, mail: ReceivedMail, case: Case, what: str
) -> None:
    clerk, stranger = signed_in(house["管理员"]), signed_in(make_outsider()["甲"])
    place = f"/cases/{case.id}/originals/"
    assert (clerk.get(place).status_code, stranger.get(place).status_code) == (403, 404)
    for browser, status in ((clerk, 403), (stranger, 404)):
        assert browser.post(f"{place}{mail.id}/", {"what": what}).status_code == status
    assert not Look.objects.exists()


def test_a_mail_of_another_case_is_not_there(house: House, mail: ReceivedMail) -> None:
    other = make_case(house)
    browser = signed_in(house["甲"])
    assert browser.post(f"/cases/{other.id}/originals/{mail.id}/").status_code == 404
    assert "没有原件" in browser.get(f"/cases/{other.id}/originals/").content.decode()


def test_a_message_of_a_channel_is_there_too_until_it_is_erased(house: House) -> None:
    account = accounts.add(house.who("管理员"), {"kind": "sms", "name": "短信通道"}, NOON)[0]
    told = {"id": "m1", "from": "13800001234", "text": "水管漏了"}
    row = taking.keep(account, json.dumps(told, ensure_ascii=False).encode(), NOON)
    assert row is not None
    taking.sweep(NOON)
    case = Case.objects.get()
    browser: Client = signed_in(house["甲"])
    page = browser.post(f"/cases/{case.id}/originals/{row.id}/", {"what": "page"})
    assert "13800001234" in page.content.decode()
    forget_case(case.id)
    kept = ReceivedMessage.objects.get()
    assert (bytes(kept.raw_sealed), kept.sender, kept.sender_index) == (b"", "", "")
    assert browser.post(f"/cases/{fresh(case).id}/originals/{row.id}/").status_code == 404
