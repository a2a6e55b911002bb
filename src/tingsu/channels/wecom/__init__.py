"""An app inside WeCom: messages in (always encrypted), answers as messages of the app."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _l

from tingsu.channels import tencent
from tingsu.channels.contract import (
    Arrived,
    Channel,
    Message,
    Nothing,
    Secrets,
    Unreadable,
    Unsigned,
)

HOME = "https://qyapi.weixin.qq.com"


def verify(secrets: Secrets, arrived: Arrived, seconds: int) -> None:
    """Over the sealed text: of the body, or of the echo."""
    del seconds  # the vendor repeats a message with its first time
    tencent.check(secrets, arrived, _sealed(arrived))


def echo(secrets: Secrets, arrived: Arrived) -> str:
    """The address is ours: the word inside goes back. Raises Unsigned for another key."""
    try:
        return tencent.opened(secrets, _sealed(arrived), secrets["corp_id"])
    except Unreadable as odd:
        raise Unsigned from odd


def parse(secrets: Secrets, arrived: Arrived) -> Message | Nothing:
    """Raises Unreadable."""
    inside = tencent.opened(secrets, _sealed(arrived), secrets["corp_id"])
    return tencent.message_of(tencent.elements(inside))


def send(secrets: Secrets, to: str, text: str, ident: str) -> None:
    """Raises Unreachable. The vendor drops a second one with the same words within the interval."""
    del ident
    home = secrets.get("home") or HOME
    corp, secret = quote(secrets["corp_id"]), quote(secrets["corp_secret"])
    body = {
        "touser": to,
        "msgtype": "text",
        "agentid": secrets["agent_id"],
        "text": {"content": text},
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 1800,
    }
    tencent.say(
        f"{home}/cgi-bin/gettoken?corpid={corp}&corpsecret={secret}",
        home + "/cgi-bin/message/send?access_token={token}",
        body,
        "wecom",
    )


def _sealed(arrived: Arrived) -> str:
    if arrived.method != "POST":
        return arrived.query.get("echostr", "")
    try:
        return tencent.elements(tencent.text_of(arrived)).get("Encrypt", "")
    except Unreadable:
        return ""


CHANNEL = Channel(
    label=_l("企业微信应用"),
    way="messenger",
    asked={
        "corp_id": _l("企业 ID"),
        "corp_secret": _l("应用的 Secret"),
        "agent_id": _l("应用的 AgentId"),
        "token": _l("令牌（Token）"),
        "aes_key": _l("消息加解密密钥（EncodingAESKey）"),
        "home": _l("接口地址（代理时才填）"),
    },
    verify=verify,
    parse=parse,
    send=send,
    echo=echo,
    optional=frozenset({"home"}),
)
