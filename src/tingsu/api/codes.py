"""The fixed words that requests may use; what hangs on a pack is checked in ``known``."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.people.rulebook import pack_of

MOST_FEN = 10**15  # ten thousand thousand million yuan: above it somebody mistyped
Channel = Literal[
    "phone", "visit", "letter", "mail", "web", "chat", "messenger", "sms", "forum", "press",
    "transfer", "mystery", "file",
]  # fmt: skip
Sex = Literal["", "female", "male"]
PartyKind = Literal["person", "company"]
Way = Literal["", "phone", "mail", "portal", "sms", "messenger", "letter"]
Language = Literal["zh-hans", "zh-hant", "en"]
Nature = Literal["questioning", "communicative"]
Severity = Literal["ordinary", "serious", "major"]
Verdict = Literal["", "founded", "partly", "unfounded", "undecided"]
Direction = Literal["in", "out"]
Gives = Literal[
    "refund", "replacement", "repair", "substitute", "warranty", "discount", "gift",
    "compensation", "penalty", "payment", "apology", "explanation", "visit", "other",
]  # fmt: skip


def known(house: Any, told: Mapping[str, Any]) -> None:
    """Raises Invalid when the organisation has no such pack, or the pack no such category."""
    packs = house.packs or [house.pack]
    if told["pack"] and told["pack"] not in packs:
        raise Invalid({"pack": _("只能是：%(these)s。") % {"these": _("、").join(packs)}})
    pack = pack_of(house.id, told["pack"] or house.pack)
    if told["category"] and told["category"] not in pack.categories:
        raise Invalid({"category": _("这个行业包里没有这个类别。")})
