"""What a column can become: the fields of an intake, and the headings people give
them. Reads words.toml beside it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tingsu.core.text import normalise


@dataclass(frozen=True)
class Target:
    """One thing to fill. ``shape`` is how its cells are read; ``many``: several columns join."""

    code: str
    label: str | Promise
    shape: str = "text"  # text | time | money | number | code | pack | category
    many: str = ""  # what joins several columns; "" for one column only


TARGETS: tuple[Target, ...] = (
    Target("source_ref", _("原编号"), "number"),
    Target("received_at", _("收到时间"), "time"),
    Target("title", _("标题")),
    Target("narrative", _("事实经过"), many="\n"),
    Target("request", _("诉求"), many="\n"),
    Target("reasons", _("理由"), many="\n"),
    Target("name", _("投诉人")),
    Target("phone", _("电话"), "number"),
    Target("email", _("邮箱")),
    Target("address", _("地址"), many=" "),
    Target("postcode", _("邮编"), "number"),
    Target("sex", _("性别"), "code"),
    Target("nationality", _("国籍")),
    Target("party_kind", _("个人或单位"), "code"),
    Target("preferred_time", _("方便联系的时间")),
    Target("channel", _("渠道"), "code"),
    Target("pack", _("行业"), "pack"),
    Target("category", _("类别"), "category"),
    Target("nature", _("性质"), "code"),
    Target("severity", _("严重程度"), "code"),
    Target("anger", _("情绪"), "code"),
    Target("happened_at", _("发生时间"), "time"),
    Target("happened_where", _("发生地点"), many=" "),
    Target("respondent_unit", _("被投诉单位")),
    Target("respondent_place", _("被投诉方地址")),
    Target("respondent_person", _("被投诉人员")),
    Target("product", _("产品或服务"), many=" "),
    Target("order_number", _("订单号"), "number"),
    Target("contract_number", _("合同号"), "number"),
    Target("amount", _("金额"), "money"),
    Target("reply", _("答复"), many="\n"),
    Target("closed_at", _("办结时间"), "time"),
    Target("needs", _("特殊需要")),
    Target("extra", _("附注（原样保留）"), many="\n"),
)
# What stands before the own columns in the file of refused rows.
REFUSED_HEADINGS = (_("行号"), _("列"), _("原因"))
BY_CODE: Mapping[str, Target] = {target.code: target for target in TARGETS}


def plain_header(header: str) -> str:
    """A heading without case, spaces and signs, Simplified: 「Date received」 is datereceived."""
    return re.sub(r"[\W_]+", "", normalise(header))


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The words of words.toml: headings of columns, and words in cells by field and code."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def known_headers() -> Mapping[str, Mapping[str, float]]:
    """Plain heading -> field -> how surely it is meant."""
    found: dict[str, dict[str, float]] = {}
    for code, headings in words()["headings"].items():
        for word in headings.split():
            found.setdefault(plain_header(word), {})[code] = 0.95
    return found
