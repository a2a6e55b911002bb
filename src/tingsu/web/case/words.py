"""Words for the codes that the forms and the timeline of a case share. Reads packs, no tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.packs import Pack
from tingsu.people.rulebook import case_pack
from tingsu.web import labels, spoken

FACTS: Mapping[str, Any] = {
    "title": _l("标题"),
    "narrative": _l("事实经过"),
    "request": _l("诉求"),
    "reasons": _l("理由"),
    "happened_at": _l("发生时间"),
    "happened_where": _l("发生地点"),
    "respondent_unit": _l("被投诉方"),
    "respondent_place": _l("被投诉地点"),
    "respondent_person": _l("涉及人员"),
    "product": _l("商品或服务"),
    "order_number": _l("订单号"),
    "contract_number": _l("合同号"),
    "amount": _l("涉及金额"),
    "source_ref": _l("来件编号"),
    "category": _l("类别"),
    "nature": _l("性质"),
    "severity": _l("严重程度"),
    "anger": _l("情绪"),
    "verdict": _l("核查结论"),
    "planned_at": _l("计划日期"),
    "variants": _l("适用的地方规定或情形"),
}
PERSONAL: Mapping[str, Any] = {
    "name": _l("姓名"),
    "phone": _l("电话"),
    "email": _l("邮箱"),
    "address": _l("地址"),
    "respondent_person": _l("涉及人员"),
    "sex": _l("性别"),
    "postcode": _l("邮编"),
    "nationality": _l("国籍"),
    "kind": _l("个人或单位"),
    "preferred_channel": _l("答复方式"),
    "preferred_time": _l("方便的时间"),
    "needs": _l("需要照顾"),
    "language": _l("语言"),
    "original": _l("来信原件"),
}
WATCHES: Mapping[str, Any] = {
    "unpaid": _l("拖欠费用"),
    "harassment": _l("骚扰、辱骂"),
    "vexatious": _l("反复无理投诉"),
    "other": pgettext_lazy("watch", "其他"),
}
LETTERS: Mapping[str, Any] = {
    "acknowledgement": _l("收到回执"),
    "interim": _l("阶段答复"),
    "final": _l("处理结果"),
    "notice": _l("通知"),
}
WAYS: Mapping[str, Any] = {
    "portal": _l("网上查询页"),
    "mail": _l("邮件"),
    "sms": _l("短信"),
    "letter": _l("信函"),
    "phone": _l("电话"),
    "hand": _l("当面交给"),
    "public": _l("公告"),
}
SERVED_ON: Mapping[str, Any] = {
    "complainant": _l("投诉人"),
    "respondent": _l("被投诉方"),
    "unit": _l("收文单位"),
}


MEETINGS: Mapping[str, Any] = {
    "phone": pgettext_lazy("contact", "电话"),
    "visit": pgettext_lazy("contact", "见面"),
    "mail": pgettext_lazy("contact", "邮件"),
    "messenger": pgettext_lazy("contact", "即时消息"),
    "sms": pgettext_lazy("contact", "短信"),
    "chat": pgettext_lazy("contact", "在线客服"),
    "letter": pgettext_lazy("contact", "信函"),
}


def many(words: Any) -> str:
    """Joined as a list: 姓名、电话."""
    return _("、").join(str(word) for word in words)


def word(table: Mapping[str, Any], code: str) -> str:
    """The word of a code; an unknown one shows itself."""
    return str(table.get(code, code))


def language() -> str:
    """The language of the reader."""
    return get_language() or "zh-hans"


def fact(case: Any, name: str, value: Any) -> str:
    """One value of the record in words; "" where there was none."""
    if value in ("", None, []):
        return ""
    if name in ("happened_at", "planned_at"):
        return spoken.when(datetime.fromisoformat(value) if isinstance(value, str) else value)
    if name == "amount":
        return spoken.money(value)
    if name in ("category", "variants"):
        return _of_pack(case_pack(case), name, value)
    if name == "anger":
        found = labels.ANGER.get(value)
        return str(found.word) if found else ""
    tables = {
        "nature": labels.NATURES,
        "severity": labels.SEVERITIES,
        "verdict": labels.VERDICTS,
    }
    return str(labels.label_of(tables[name], value).word) if name in tables else str(value)


def _of_pack(pack: Pack, name: str, value: Any) -> str:
    if name == "category":
        return pack.category_label(value, language())
    return many(pack.variant_label(code, language()) for code in value)
