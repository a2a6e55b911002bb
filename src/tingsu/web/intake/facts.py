"""What each channel asks for beyond the common record, as form fields. Touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tingsu.core.channels import ASKED, Channel
from tingsu.web.portal.fields import Day, Text

PREFIX = "fact_"
LIMIT = 400  # characters, as the intake keeps them
YES = "yes"


@dataclass(frozen=True)
class Fact:
    """One fact of a channel: its words (translated when shown), and how it is asked for: text,
    day, check or hidden."""

    label: Any
    kind: str = "text"
    hint: Any = ""


FACTS: Mapping[str, Fact] = {
    "agent_named": Fact(_("已报出姓名、部门和岗位"), "check"),
    "call_seconds": Fact(_("通话时长（秒）"), "hidden"),
    "room": Fact(_("接待室"), hint=_("请客人坐下谈，写明在哪一间。")),
    "recorder": Fact(_("记录人")),
    "accompanied_by": Fact(_("陪同人"), hint=_("来访人带来的人、我方在场的人。")),
    "joint_check": Fact(_("已和来访人当场核对原始资料"), "check"),
    "signed": Fact(_("来访人已在处理单上签名"), "check"),
    "letter_dated": Fact(_("信上的日期"), "day"),
    "letter_arrived": Fact(_("收到日期"), "day", _("时限从这一天算起。")),
    "message_id": Fact(_("邮件标识"), hint=_("邮件头里的 Message-ID，没有可不填。")),
    "handle": Fact(_("对方的账号或昵称")),
    "source_address": Fact(_("原文网址")),
    "medium": Fact(_("哪家媒体")),
    "from_body": Fact(_("转来的单位")),
    "their_number": Fact(_("对方的编号")),
    "their_due": Fact(_("来件上的办理时限"), "day", _("工单、来函上写明的，到那天提醒。")),
    "visited_on": Fact(_("走访日期"), "day"),
    "file_row": Fact(_("原表中的行号")),
}
UNKNOWN = Fact(_("其他"))


def fact_fields(channel: Channel) -> dict[str, forms.Field]:
    """The fields of a channel by form name, in the order in which they are asked."""
    return {
        PREFIX + asked.code: _field(FACTS.get(asked.code, UNKNOWN), required=asked.required)
        for asked in ASKED[channel]
    }


def _field(fact: Fact, *, required: bool) -> forms.Field:
    # Whether it may be missing is the action's decision; ``required`` only says so on the page.
    if fact.kind == "check":
        return forms.BooleanField(required=False, label=fact.label)
    if fact.kind == "day":
        field: forms.Field = Day(required=False, label=fact.label, help_text=fact.hint)
    elif fact.kind == "hidden":
        return Text(limit=12, label=fact.label, widget=forms.HiddenInput())
    else:
        field = Text(limit=LIMIT, label=fact.label, help_text=fact.hint)
    if required:
        field.help_text = format_lazy("{}{}", _("必填。"), fact.hint)
    field.needed = required  # type: ignore[attr-defined]
    return field


def facts_of(channel: Channel, told: Mapping[str, Any], agent: str) -> dict[str, str]:
    """The facts as they are kept: texts as typed, days as 2026-11-21, checks as ``yes``; the
    agent's own introduction in full, so that the record says who gave which name (IN-3)."""
    kept: dict[str, str] = {}
    for asked in ASKED[channel]:
        value = told.get(PREFIX + asked.code)
        if asked.code == "call_seconds" and not str(value or "").isdigit():
            continue
        if value:
            kept[asked.code] = _kept(value)
    if "agent_named" in kept:
        kept["agent_named"] = agent
    return kept


def _kept(value: Any) -> str:
    if value is True:
        return YES
    return value.isoformat() if isinstance(value, date) else str(value)
