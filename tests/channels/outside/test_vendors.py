"""Signatures and encryption against the vendor's published sample, which many libraries carry:
token QDG6eK, corp id wx5823bf96d3bd56c7 (WXBizMsgCrypt). A GET with its echo and a POST."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tingsu.channels import dingtalk, signing, tencent, wechat, wecom
from tingsu.channels.contract import Arrived, Message, Unreadable, Unsigned

SECRETS = {
    "token": "QDG6eK",
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "corp_id": "wx5823bf96d3bd56c7",
}
ECHO = {
    "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    "timestamp": "1409659589",
    "nonce": "263014780",
    "echostr": "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+"
    "FZXvnaqQ==",
}
POSTED = {
    "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6",
    "timestamp": "1409659813",
    "nonce": "1372623149",
}
SEALED = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczcd"
    "CUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd"
    "4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2"
    "r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Nc"
    "x4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uy"
    "PIGHBZZIs2pDBS8R07+qN+E7Q=="
)
BODY = (
    "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>"
    f"<Encrypt><![CDATA[{SEALED}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>"
).encode()


def test_the_echo_of_the_published_sample() -> None:
    arrived = Arrived("GET", ECHO, {}, b"")
    wecom.verify(SECRETS, arrived, 0)
    assert wecom.echo(SECRETS, arrived) == "1616140317555161061"


def test_the_message_of_the_published_sample() -> None:
    arrived = Arrived("POST", POSTED, {}, BODY)
    wecom.verify(SECRETS, arrived, 0)
    told = wecom.parse(SECRETS, arrived)
    assert told == Message("4561255354251345929", "mycreate", "hello")


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
def test_a_changed_part_breaks_the_signature(name: str) -> None:
    with pytest.raises(Unsigned):
        wecom.verify(SECRETS, Arrived("POST", POSTED | {name: "1"}, {}, BODY), 0)


def test_another_receiver_or_key_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        tencent.opened(SECRETS, SEALED, "another")
    with pytest.raises(Unreadable):
        tencent.opened(SECRETS | {"aes_key": "A" * 43}, SEALED, SECRETS["corp_id"])


def test_what_is_sealed_is_opened() -> None:
    sealed = tencent.sealed(SECRETS, "投诉：电梯停了", "wx1", b"0123456789abcdef")
    assert tencent.opened(SECRETS, sealed, "wx1") == "投诉：电梯停了"


def test_no_entity_is_expanded() -> None:
    evil = '<xml><!DOCTYPE x [<!ENTITY a "b">]><Content>&a;</Content></xml>'
    assert tencent.elements(evil).get("Content") == "&a;"


def test_signed_headers_hold_for_their_body_alone() -> None:
    secret = signing.new_secret()
    sent = signing.headers(secret, "m1", 1_000, b"{}")
    assert signing.holds(secret, sent, b"{}", 1_100)
    assert not signing.holds(signing.new_secret(), sent, b"{}", 1_100)
    assert not signing.holds(secret, sent | {"webhook-id": "m2"}, b"{}", 1_100)
    assert not signing.holds(secret, sent, b"{}", 2_000)
    assert not signing.holds("", sent, b"{}", 1_100)
    assert not signing.holds(secret, {}, b"{}", 1_100)


PLAIN = {
    "signature": "f21891de399b4e33a1a93c9a7b8a8fffb5a443ff",
    "timestamp": "1410685589",
    "nonce": "test",
}


def test_the_plain_mode_of_an_official_account() -> None:
    """The sample of wechatpy (tests/test_utils.py), which ports to other languages carry too: SHA-1
    over token "test", time and nonce."""
    secrets = {"token": "test", "app_id": "wx1"}
    wechat.verify(secrets, Arrived("GET", PLAIN | {"echostr": "42"}, {}, b""), 0)
    assert wechat.echo(secrets, Arrived("GET", PLAIN | {"echostr": "42"}, {}, b"")) == "42"
    body = (
        b"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>"
        b"<CreateTime>1348831860</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        b"<Content><![CDATA[this is a test]]></Content><MsgId>1234567890123456</MsgId></xml>"
    )  # the text message of the vendor's guide to receiving
    arrived = Arrived("POST", PLAIN, {}, body)
    wechat.verify(secrets, arrived, 0)
    assert wechat.parse(secrets, arrived) == Message("1234567890123456", "o1", "this is a test")


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
def test_a_changed_part_breaks_the_plain_signature(name: str) -> None:
    for secrets in ({"token": "test"}, {"token": "another"}):
        arrived = Arrived("POST", PLAIN | {name: "1"}, {}, b"<xml></xml>")
        with pytest.raises(Unsigned):
            wechat.verify(secrets, arrived, 0)


def test_the_signature_of_a_dingtalk_robot() -> None:
    """The vendor's published code for "this is secret" (open.dingtalk.com, security settings of a
    custom robot) at the time of its guide's example; its + and = must survive in an address."""
    url = dingtalk.signed("https://oapi.dingtalk.com/robot/send?access_token=x", "this is secret",
                          1_577_262_236_757)  # fmt: skip
    told = parse_qs(urlsplit(url).query)
    assert told["access_token"] == ["x"]
    assert told["timestamp"] == ["1577262236757"]
    assert told["sign"] == ["hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="]
    assert url.endswith("&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D")
