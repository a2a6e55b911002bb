"""Mailboxes and mail without a case, in the browser (IN-4)."""

import pytest
from django.test import Client

from factories import NOON, House, make_house, make_outsider, signed_in
from mail_letters import written
from tingsu.cases.models import Case
from tingsu.channels.mail import arriving, store
from tingsu.channels.models import Mailbox, ReceivedMail

pytestmark = pytest.mark.django_db
FORM = {
    "address": "TS@Yunfan.example",
    "kind": "imap",
    "queue": "",
    "starts_on": "2026-11-01",
    "host": "imap.yunfan.example",
    "port": "993",
    "security": "tls",
    "account": "ts",
    "password": "geheim",
    "folder": "INBOX",
}


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def admin(house: House) -> Client:
    return signed_in(house["管理员"])


def _kept(house: House, raw: bytes) -> ReceivedMail:
    box = Mailbox.objects.create(
        organisation=house.organisation,
        address="ts@yunfan.example",
        kind="smtp",
        starts_on=NOON.date(),
        created_at=NOON,
    )
    row = store.keep(box, raw, "smtp 127.0.0.1", NOON)
    assert row is not None
    arriving.sweep(NOON)
    return row


def test_a_mailbox_is_added_and_its_password_never_shown(admin: Client) -> None:
    assert admin.post("/house/mailboxes/new/", FORM).status_code == 303
    box = Mailbox.objects.get()
    assert (box.address, box.password) == ("ts@yunfan.example", "geheim")
    assert b"geheim" not in bytes(box.password_sealed)
    page = admin.get(f"/house/mailboxes/{box.id}/").content.decode()
    assert "imap.yunfan.example" in page
    assert "geheim" not in page


def test_an_empty_password_keeps_the_old_one(admin: Client) -> None:
    admin.post("/house/mailboxes/new/", FORM)
    box = Mailbox.objects.get()
    admin.post(f"/house/mailboxes/{box.id}/", FORM | {"password": "", "folder": "投诉"})
    box.refresh_from_db()
    assert (box.password, box.folder) == ("geheim", "投诉")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("address", "yunfan", "请填写完整的邮箱地址"),
        ("host", "", "请填写 IMAP 服务器"),
        ("port", "99999", "端口是 1 到 65535 的数字"),
        ("starts_on", "soon", "请选一个日期"),
        ("password", "", "请填写密码"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    field: str, value: str, words: str, admin: Client
) -> None:
    answer = admin.post("/house/mailboxes/new/", FORM | {field: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_a_server_that_does_not_answer_is_said(admin: Client) -> None:
    admin.post("/house/mailboxes/new/", FORM | {"host": "127.0.0.1", "port": "1"})
    box = Mailbox.objects.get()
    assert admin.post(f"/house/mailboxes/{box.id}/try/").status_code == 303
    assert "连不上" in admin.get("/house/mailboxes/").content.decode()


def test_an_address_is_taken_once(admin: Client) -> None:
    admin.post("/house/mailboxes/new/", FORM)
    assert admin.post("/house/mailboxes/new/", FORM).status_code == 422


def test_it_answers_only_after_a_person_said_so(admin: Client) -> None:
    admin.post("/house/mailboxes/new/", FORM)
    box = Mailbox.objects.get()
    assert box.answers_from is None
    admin.post(f"/house/mailboxes/{box.id}/answer/")
    box.refresh_from_db()
    assert box.answers_from is not None


def test_mail_that_is_no_case_is_seen_and_made_one(house: House) -> None:
    row = _kept(house, written("您好，我要投诉", List_Id="<x>").as_bytes())
    browser = signed_in(house["接待"])
    assert "群发邮件" in browser.get("/mail/?state=kept").content.decode()
    assert "我要投诉" in browser.get(f"/mail/{row.id}/").content.decode()
    answer = browser.post(f"/mail/{row.id}/case/")
    case = Case.objects.get()
    assert answer.headers["Location"].endswith(f"/cases/{case.id}/")
    assert case.narrative.startswith("您好，我要投诉")


def test_an_unreadable_one_can_be_taken_away_as_it_came(house: House) -> None:
    raw = b"From: a@b.example\r\n\r\n"
    row = _kept(house, raw)
    browser = signed_in(house["接待"])
    assert "没有正文，也没有附件" in browser.get("/mail/").content.decode()
    answer = browser.get(f"/mail/{row.id}/raw/")
    assert answer.content == raw
    assert answer.headers["Content-Disposition"].startswith("attachment")
    browser.post(f"/mail/{row.id}/aside/")
    assert "没有正文" not in browser.get("/mail/").content.decode()


def test_another_house_sees_nothing_of_it(house: House) -> None:
    row = _kept(house, b"From: a@b.example\r\n\r\n")
    stranger = signed_in(make_outsider()["接待"])
    assert stranger.get(f"/mail/{row.id}/").status_code == 404
    assert "没有正文" not in stranger.get("/mail/").content.decode()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_html_is_shown_without_its_harm(house: House) -> None:
    mail = written("看附图")
    mail["List-Id"] = "<news.example>"  # kept, no case
    mail.add_alternative(
        '<p onclick="x()" style="position:fixed">看<b>附图</b><script>alert(1)</script></p>'
        '<img src="cid:one@x" alt="电梯"><img src="https://spy.example/1.gif">'
        '<a href="javascript:x()">点</a><form action="/account/logout/"><input name="a"></form>',
        subtype="html",
    )
    mail.get_payload()[1].add_related(PNG, "image", "png", cid="<one@x>")  # type: ignore[union-attr, index]
    row = _kept(house, mail.as_bytes())
    page = signed_in(house["接待"]).get(f"/mail/{row.id}/").content.decode()
    inside = page.partition('class="mail-html-body"')[2].partition("</details>")[0]
    assert "<p>看<b>附图</b></p>" in inside
    assert 'src="data:image/png;base64,' in inside
    for harm in ("alert", "onclick", "style=", "spy.example", "javascript", "<form", "<input"):
        assert harm not in inside
    assert "有 1 张外面的图片没有显示" in page


def test_a_mail_of_a_case_is_for_those_who_may_read_it(house: House) -> None:
    row = _kept(house, written().as_bytes())
    assert row.case_id is None
    row.refresh_from_db()
    case = Case.objects.get()
    assert row.case_id == case.id
    assert signed_in(house["接待"]).get(f"/mail/{row.id}/").status_code == 303  # to the case
    Case.objects.update(queue=house.second, received_by=None)
    browser = signed_in(house["接待"])
    led = browser.get(f"/mail/{row.id}/").status_code == 303
    assert led == (browser.get(f"/cases/{case.id}/").status_code == 200)
