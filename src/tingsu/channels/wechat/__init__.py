"""A WeChat Official Account: messages of followers in (signed, plain or encrypted), answers by the
customer service interface out (only within 48 hours of the last word: the vendor's rule)."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _l

from tingsu.channels import tencent
from tingsu.channels.contract import Arrived, Channel, Message, Nothing, Secrets, Unreadable

HOME = "https://api.weixin.qq.com"


def verify(secrets: Secrets, arrived: Arrived, seconds: int) -> None:
    """In safe mode over the sealed text, else over token, time and nonce."""
    del seconds  # the vendor repeats a message with its first time
    if arrived.method == "POST" and secrets.get("aes_key"):
        told = tencent.elements(_text(arrived))
        tencent.check(secrets, arrived, told.get("Encrypt", ""))
    else:
        tencent.check_plain(secrets, arrived)


def echo(secrets: Secrets, arrived: Arrived) -> str:
    """The address is ours: the word goes back as it came."""
    del secrets
    return arrived.query.get("echostr", "")[:200]


def parse(secrets: Secrets, arrived: Arrived) -> Message | Nothing:
    """Raises Unreadable."""
    told = tencent.elements(tencent.text_of(arrived))
    if secrets.get("aes_key"):
        inside = tencent.opened(secrets, told.get("Encrypt", ""), secrets["app_id"])
        told = tencent.elements(inside)
    return tencent.message_of(told)


def send(secrets: Secrets, to: str, text: str, ident: str) -> None:
    """Raises Unreachable. A repeat after a crash reaches the follower twice: the vendor has no key
    by which it would be known."""
    del ident
    home = secrets.get("home") or HOME
    app, secret = quote(secrets["app_id"]), quote(secrets["app_secret"])
    tencent.say(
        f"{home}/cgi-bin/token?grant_type=client_credential&appid={app}&secret={secret}",
        home + "/cgi-bin/message/custom/send?access_token={token}",
        {"touser": to, "msgtype": "text", "text": {"content": text}},
        "wechat",
    )


def _text(arrived: Arrived) -> str:
    try:
        return tencent.text_of(arrived)
    except Unreadable:
        return ""


CHANNEL = Channel(
    label=_l("微信公众号"),
    way="messenger",
    asked={
        "app_id": _l("AppID"),
        "app_secret": _l("AppSecret"),
        "token": _l("令牌（Token）"),
        "aes_key": _l("消息加解密密钥（EncodingAESKey）"),
        "home": _l("接口地址（代理时才填）"),
    },
    verify=verify,
    parse=parse,
    send=send,
    echo=echo,
    thanks="success",
    optional=frozenset({"aes_key", "home"}),
)
