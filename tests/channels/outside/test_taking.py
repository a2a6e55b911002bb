"""Messages from outside: signed or refused, kept before read, one case, answered the same way."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from counterpart import Counterpart
from factories import House, kinds
from tingsu.cases.actions import close, reply
from tingsu.cases.models import Case, Letter
from tingsu.channels import accounts, signing, taking, tencent
from tingsu.channels.call import ringing
from tingsu.channels.models import Account, Call, ReceivedMessage
from tingsu.core.lifecycle import Move
from tingsu.work import letters

WECHAT = {
    "app_id": "wx1", "app_secret": "s", "token": "tok",
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}  # fmt: skip


def account(house: House, kind: str, **typed: str) -> tuple[Account, str]:
    told = {"kind": kind, "name": "接入", **typed}
    return accounts.add(house.who("管理员"), told, now())


def signed_post(row: Account, secret: str, told: Any, ident: str = "m") -> Any:
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = signing.headers(secret, ident, int(time.time()), body)
    return Client().post(f"/api/hooks/{row.key}", body, "application/json", headers=headers)


def test_an_sms_becomes_a_case_and_its_answer_goes_back(
    house: House, other: Counterpart, settings: Any
) -> None:
    settings.SEND_DELAY_SECONDS = 0
    row, secret = account(house, "sms", send_url=f"{other.url}/send")
    told = {"id": "s1", "from": "13800001234", "text": "电梯又停了，老人下不了楼"}
    assert signed_post(row, secret, told).status_code == 200
    assert ReceivedMessage.objects.get().state == "new"  # kept, not yet read
    taking.sweep(now())
    case = Case.objects.get()
    assert case.party
    assert (case.channel, case.party.phone) == ("sms", "13800001234")
    letters(now() + timedelta(minutes=1))
    assert case.number in other.got[0].json["text"]  # the acknowledgement
    assert other.got[0].json["to"] == "13800001234"
    assert signing.holds(secret, other.got[0].headers, other.got[0].body, int(time.time()))
    reply.reply(case, house.actor("丁"), now(), text="您好，维修今天下午到。")
    letters(now() + timedelta(minutes=1))
    assert other.got[1].json["text"] == "您好，维修今天下午到。"
    assert not Letter.objects.exclude(state="sent").exists()


def test_the_same_message_twice_is_one(house: House) -> None:
    row, secret = account(house, "sms")
    told = {"id": "s1", "from": "13800001234", "text": "电梯停了"}
    for extra in ({}, {}, {"again": True}):  # the same bytes, and the same id in other bytes
        assert signed_post(row, secret, told | extra).status_code == 200
    taking.sweep(now())
    assert Case.objects.count() == 1
    assert sorted(ReceivedMessage.objects.values_list("state", flat=True)) == ["case", "twin"]


def test_the_next_message_reaches_the_same_case(house: House) -> None:
    row, secret = account(house, "messenger")
    for number, text in enumerate(("电梯停了", "还没有人来")):
        signed_post(row, secret, {"id": f"m{number}", "from": "u-77", "text": text})
        taking.sweep(now())
    case = Case.objects.get()
    assert "customer_added" in kinds(case)
    close.end(case, house.actor("丁"), now(), move=Move.WITHDRAW, reason="客户撤回")
    signed_post(row, secret, {"id": "m9", "from": "u-77", "text": "又停了"})
    taking.sweep(now())
    assert "reopen_asked" in kinds(case)


@pytest.mark.parametrize("how", ["no signature", "another secret", "old", "no such address"])
def test_what_is_not_signed_is_not_kept(house: House, how: str) -> None:
    row, secret = account(house, "sms")
    body = b'{"id": "1", "from": "2", "text": "3"}'
    stamp = int(time.time()) - (3_600 if how == "old" else 0)
    used = signing.new_secret() if how == "another secret" else secret
    headers = {} if how == "no signature" else signing.headers(used, "m", stamp, body)
    key = "nothing" if how == "no such address" else row.key
    answer = Client().post(f"/api/hooks/{key}", body, "application/json", headers=headers)
    assert answer.status_code == (404 if how == "no such address" else 403)
    assert not ReceivedMessage.objects.exists()


def test_what_cannot_be_read_waits_in_sight(house: House) -> None:
    row, secret = account(house, "sms")
    assert signed_post(row, secret, {"id": "1", "text": "没有号码"}).status_code == 200
    taking.sweep(now())
    waiting = ReceivedMessage.objects.get()
    assert (waiting.state, waiting.cause) == ("waiting", "from")
    assert json.loads(taking.raw_of(waiting))["text"] == "没有号码"


def test_a_follower_writes_by_wechat_and_is_answered(
    house: House, other: Counterpart, settings: Any
) -> None:
    settings.SEND_DELAY_SECONDS = 0
    other.answers = [(200, {"access_token": "T"}), (200, {"errcode": 0})]
    row, _made = account(house, "wechat", **WECHAT, home=other.url)
    inside = (
        "<xml><ToUserName>gh</ToUserName><FromUserName><![CDATA[oA1]]></FromUserName>"
        "<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[快递丢了]]></Content><MsgId>23238</MsgId></xml>"
    )
    for nonce in ("n1", "n2"):  # the vendor repeats what was not thanked for
        sealed = tencent.sealed(WECHAT, inside, "wx1", nonce.encode() * 8)
        query = {"timestamp": "1409659813", "nonce": nonce}
        mark = tencent.signature("tok", query["timestamp"], nonce, sealed)
        body = f"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        where = f"/api/hooks/{row.key}?msg_signature={mark}&timestamp=1409659813&nonce={nonce}"
        answer = Client().post(where, body, "text/xml")
        assert (answer.status_code, answer.content) == (200, b"success")
    taking.sweep(now())
    case = Case.objects.get()
    assert (case.channel, case.narrative) == ("messenger", "快递丢了")
    letters(now() + timedelta(minutes=1))
    assert other.got[0].path.startswith("/cgi-bin/token?grant_type=client_credential&appid=wx1")
    assert other.got[1].path == "/cgi-bin/message/custom/send?access_token=T"
    assert other.got[1].json["touser"] == "oA1"


def test_wechat_asks_whether_the_address_is_ours(house: House) -> None:
    row, _made = account(house, "wechat", **WECHAT)
    mark = tencent.signature("tok", "1", "2")
    where = f"/api/hooks/{row.key}?signature={mark}&timestamp=1&nonce=2&echostr=hello"
    assert Client().get(where).content == b"hello"
    assert Client().get(where.replace(mark, "0" * 40)).status_code == 403


def test_a_call_opens_at_the_right_agent(house: House) -> None:
    house["接待"].phone = "8001"
    house["接待"].save()
    row, secret = account(house, "call")
    call = {"id": "c1", "from": "13800001234", "extension": "8001"}
    signed_post(row, secret, call | {"event": "ringing"})
    taking.sweep(now())
    (ringing_now,) = ringing.now_for(house.who("接待"), now())
    assert (ringing_now.state, ringing_now.number) == ("ringing", "13800001234")
    assert ringing.now_for(house.who("甲"), now()) == []
    for event in ("answered", "ended", "recording"):
        signed_post(row, secret, call | {"event": event, "recording": "https://pbx/r/1"})
    taking.sweep(now())
    assert ringing.now_for(house.who("接待"), now()) == []
    assert (Call.objects.get().state, Call.objects.get().recording) == ("ended", "https://pbx/r/1")


def test_a_letter_that_the_gateway_refuses_is_tried_again(
    house: House, other: Counterpart, settings: Any
) -> None:
    settings.SEND_DELAY_SECONDS = 0
    other.answers = [(503, {}), (200, {})]
    row, secret = account(house, "sms", send_url=other.url)
    signed_post(row, secret, {"id": "s1", "from": "13800001234", "text": "电梯停了"})
    taking.sweep(now())
    letters(now() + timedelta(minutes=1))
    assert Letter.objects.get().state == "waiting"
    letters(now() + timedelta(minutes=10))
    assert Letter.objects.get().state == "sent"
    assert len({one.json["id"] for one in other.got}) == 1  # a repeat is known by its id
