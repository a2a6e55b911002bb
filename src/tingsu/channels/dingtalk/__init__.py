"""A DingTalk robot in a group: a line for what happens, signed as the vendor asks (HMAC-SHA256 over
``timestamp\\nsecret``). Only out; it never carries what somebody said."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from tingsu.cases.models import Event
from tingsu.channels.models import Subscription
from tingsu.channels.outgoing import Unreachable, post_json

WORDS: Mapping[str, Any] = {
    "received": _l("收到新投诉"),
    "assigned": _l("已交办"),
    "escalated": _l("已上报"),
    "clock_warned": _l("时限快到了"),
    "clock_breached": _l("时限已过"),
    "customer_added": _l("客户有补充"),
    "customer_objected": _l("客户说还没有解决"),
    "reopen_asked": _l("客户请求重新处理"),
    "letter_failed": _l("信没有送到"),
    "closed": _l("已办结"),
}


def send(row: Subscription, event: Event, at: datetime) -> None:
    """Raises Unreachable, also when the vendor answers with an error code."""
    with override("zh-hans"):
        words = f"{event.case.number} {WORDS.get(event.kind, event.kind)}"
    told = post_json(
        signed(row.url, row.secret, int(at.timestamp() * 1000)),
        {"msgtype": "text", "text": {"content": words}},
    )
    if told.get("errcode") != 0:
        raise Unreachable(f"errcode {told.get('errcode')}"[:60])


def signed(url: str, secret: str, milliseconds: int) -> str:
    """The robot's address with timestamp and signature."""
    text = f"{milliseconds}\n{secret}".encode()
    mark = base64.b64encode(hmac.digest(secret.encode(), text, hashlib.sha256)).decode()
    return f"{url}&timestamp={milliseconds}&sign={quote_plus(mark)}"
