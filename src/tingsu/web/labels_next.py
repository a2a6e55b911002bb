"""Words and icons of what comes next on a case. A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tingsu.web.label import Label

# What is due next: the kind of date that a row of the desk names.
NEXT_KINDS: Mapping[str, Label] = {
    "clock": Label(_("时限"), "clock"),
    "promise": Label(_("承诺"), "phone-outgoing"),
    "task": Label(_("协办"), "clipboard-list"),
    "owed": Label(_("履行"), "checks"),
    "quiet": Label(_("该联系了"), "message"),
    "plan": Label(_("计划"), "calendar"),
}

# The one next step of a case (core.lifecycle.Next), as the biggest button says it.
STEPS: Mapping[str, Label] = {
    "take": Label(_("接手办理"), "user-check"),
    "contact": Label(_("先联系客户"), "phone-outgoing"),
    "restate": Label(_("复述并请客户确认"), "quote"),
    "accept": Label(_("受理"), "square-check"),
    "await_material": Label(_("等客户补材料"), "hourglass"),
    "await_report": Label(_("等下级报告"), "hourglass"),
    "investigate": Label(_("开始调查"), "search"),
    "reply": Label(_("答复客户"), "send"),
    "agree": Label(_("商定方案"), "messages"),
    "mediate": Label(_("组织调解"), "heart-handshake"),
    "decide": Label(_("作出决定"), "gavel"),
    "execute": Label(_("落实处理结果"), "player-play"),
    "ask_confirmation": Label(_("请客户确认"), "checks"),
    "answer": Label(_("填写答复"), "clipboard-check"),
    "close": Label(_("办结"), "check"),
    "archive": Label(_("归档"), "archive"),
    "open_main": Label(_("到主件里办"), "git-merge"),
    "nothing": Label(_("打开"), "arrow-right"),
}
