"""The words of the situations that bring up a card: why it is shown. No tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SITUATIONS: Mapping[str, Any] = {
    "stage:contact": _("还没和客户说上话"),
    "stage:restate": _("还没复述"),
    "stage:reply": _("要答复了"),
    "stage:agree": _("要谈结果了"),
    "anger:upset": _("客户不快"),
    "anger:angry": _("客户生气"),
    "anger:furious": _("客户愤怒"),
    "abuse": _("有辱骂"),
    "channel:spoken": _("面谈或通话"),
    "channel:written": _("书面往来"),
    "channel:visit": _("客户来访"),
    "state:negotiating": _("正在协商"),
    "state:mediating": _("正在调解"),
    "verdict:founded": _("核查属实"),
    "severity:major": _("重大投诉"),
    "escalated": _("已上报"),
    "history:repeat": _("不是第一次投诉"),
    "history:broken": _("有承诺落空"),
    "history:clash": _("和员工有过冲突"),
    "amount:small": _("金额不大"),
    "authority:within": _("在权限以内"),
    "authority:above": _("超出权限"),
    "need:cared": _("想被关心"),
    "need:heard": _("想被倾听"),
    "need:expert": _("想要专业的答复"),
    "need:quick": _("想要快"),
    "aim:respect": _("要尊重"),
    "aim:balance": _("要公平"),
    "aim:venting": _("要出气"),
    "aim:compensation": _("要补偿"),
    "attitude:approving": pgettext_lazy("attitude", "认可"),
    "attitude:hesitant": pgettext_lazy("attitude", "犹豫"),
    "attitude:refusing": pgettext_lazy("attitude", "拒绝"),
    "pattern:tangled": _("说得乱"),
    "pattern:masked": _("没说真正的要求"),
    "pattern:restless": _("静不下来"),
    "pattern:attacking": _("话里带刺"),
    "temper:driver": _("力量型"),
    "temper:lively": _("活泼型"),
    "temper:perfectionist": _("完美型"),
    "temper:peaceful": _("和平型"),
    "temper:self_important": _("自大型"),
}
