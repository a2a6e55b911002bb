"""Words and icons of remedies for pages. Reads no tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _l

from tingsu.web.labels import Label

BAD_VALUE = _l("酌情补偿的金额请只写数字，例如 100 或 50.50。")

ICONS: Mapping[str, str] = {
    "refund": "arrow-back-up",
    "replacement": "switch-horizontal",
    "repair": "adjustments-horizontal",
    "substitute": "car",
    "warranty": "shield-check",
    "discount": "tag",
    "gift": "shopping-bag",
    "compensation": "coin",
    "penalty": "gavel",
    "payment": "corner-up-right",
    "apology": "heart-handshake",
    "explanation": "message-2",
    "visit": "walk",
}

STATES: Mapping[str, Label] = {
    "proposed": Label(_l("已提出"), "point-filled", "open"),
    "replaced": Label(_l("已被新方案取代"), "arrow-back-up", "ended"),
    "waiting": Label(_l("待批准"), "hourglass", "waiting"),
    "refused": Label(_l("没有批准"), "x", "ended"),
    "agreed": Label(_l("履行中"), "player-play", "open"),
    "dropped": Label(_l("不再采用"), "x", "ended"),
    "done": Label(_l("已兑现"), "circle-check", "ended"),
}

UNITS: Mapping[str, Any] = {
    "money": _l("元"),
    "days": _l("天"),
    "hours": _l("小时"),
    "minutes": _l("分钟"),
    "km": _l("公里"),
    "rate": "%",
    "count": "",
}
