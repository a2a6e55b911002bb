"""Words and icons of how a case ends: signatures, agreements, execution. A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

# Who signs a text, and how (core.signing).
SIGNERS: Mapping[str, Label] = {
    "complainant": Label(_("投诉人"), "user"),
    "respondent": Label(_("被投诉方"), "building-community"),
    "staff": Label(_("工作人员"), "user-check"),
    "witness": Label(_("见证人"), "eye"),
    "other": Label(pgettext_lazy("signer", "其他人"), "user"),
}
SIGNED_BY: Mapping[str, Label] = {
    "drawn": Label(_("手写"), "writing"),
    "typed": Label(_("打字并声明"), "keyboard"),
    "paper": Label(_("纸上签字"), "file-text"),
}

GIVES: Mapping[str, Label] = {
    "refund": Label(_("退款"), "arrow-back-up"),
    "replacement": Label(_("更换"), "switch-horizontal"),
    "repair": Label(_("修理"), "adjustments-horizontal"),
    "substitute": Label(_("备用"), "car"),
    "warranty": Label(_("延长保修"), "shield-check"),
    "discount": Label(_("优惠"), "tag"),
    "gift": Label(_("赠送"), "shopping-bag"),
    "compensation": Label(_("赔偿"), "coin"),
    "penalty": Label(_("违约金"), "gavel"),
    "payment": Label(_("客户支付"), "corner-up-right"),
    "apology": Label(_("赔礼道歉"), "heart-handshake"),
    "explanation": Label(_("书面说明"), "message-2"),
    "visit": Label(_("上门走访"), "walk"),
    "other": Label(pgettext_lazy("gives", "其他事项"), "clipboard-list"),
}
OWERS: Mapping[str, Label] = {
    "house": Label(_("我们"), "building-community"),
    "respondent": Label(_("被投诉方"), "user"),
}
OWED: Mapping[str, Label] = {
    "open": Label(_("待履行"), "hourglass", "open"),
    "refused": Label(_("拒绝履行"), "hand-stop", "waiting"),
    "done": Label(_("已履行"), "circle-check", "ended"),
    "waived": Label(_("不用再履行"), "arrow-back-up", "ended"),
    "void": Label(pgettext_lazy("owed", "已作废"), "ban", "ended"),
}
SOURCES: Mapping[str, Label] = {
    "settlement": Label(_("和解协议"), "heart-handshake"),
    "mediation": Label(_("调解协议"), "messages"),
    "decision": Label(pgettext_lazy("owed", "决定"), "gavel"),
    "proposal": Label(_("补救方案"), "scale"),
    "extra": Label(_("额外服务"), "shopping-bag"),
}
AGREEMENTS: Mapping[str, Label] = {
    "draft": Label(pgettext_lazy("agreement", "草稿"), "edit", "open"),
    "signing": Label(_("等签字"), "writing", "waiting"),
    "signed": Label(_("双方已签"), "circle-check", "ended"),
    "void": Label(pgettext_lazy("agreement", "已作废"), "ban", "ended"),
}
MEDIATED: Mapping[str, Label] = {
    "continue": Label(_("再谈"), "calendar-due"),
    "agreed": Label(_("谈成了"), "heart-handshake"),
    "failed": Label(_("谈不成"), "x"),
}
SESSIONS: Mapping[str, Label] = {
    "face": Label(_("当面"), "users"),
    "phone": Label(_("电话会议"), "phone"),
    "video": Label(_("视频"), "eye"),
}
NEXT: Mapping[str, Label] = {
    "decide": Label(_("提请决定"), "gavel"),
    "terminate": Label(_("终止调解，告知双方"), "file-text"),
    "investigate": Label(_("补充调查"), "search"),
}

EVENTS: Mapping[str, Label] = {
    "sign_asked": Label(pgettext_lazy("event", "请签字"), "writing"),
    "sign_linked": Label(pgettext_lazy("event", "签字链接"), "link"),
    "signed": Label(pgettext_lazy("event", "签字"), "writing", "good"),
    "sign_declined": Label(pgettext_lazy("event", "没有签字"), "hand-stop", "in"),
    "agreement_drafted": Label(pgettext_lazy("event", "起草协议"), "edit"),
    "agreement_changed": Label(pgettext_lazy("event", "修改协议"), "edit"),
    "agreement_put_up": Label(pgettext_lazy("event", "协议送签"), "writing"),
    "agreement_void": Label(pgettext_lazy("event", "协议作废"), "ban"),
    "agreed": Label(pgettext_lazy("event", "达成协议"), "heart-handshake", "good"),
    "mediation_begun": Label(pgettext_lazy("event", "开始调解"), "heart-handshake"),
    "mediation_session": Label(pgettext_lazy("event", "一场调解"), "messages"),
    "mediation_failed": Label(pgettext_lazy("event", "调解不成"), "x"),
    "decided": Label(pgettext_lazy("event", "作出决定"), "gavel"),
    "decision_revoked": Label(pgettext_lazy("event", "撤销决定"), "ban"),
    "owed": Label(pgettext_lazy("event", "要履行的"), "clipboard-list"),
    "owed_changed": Label(pgettext_lazy("event", "履行改期"), "calendar-due"),
    "owed_waived": Label(pgettext_lazy("event", "不用再履行"), "arrow-back-up"),
    "owed_late": Label(pgettext_lazy("event", "到期没有履行"), "alarm", "late"),
    "performed": Label(pgettext_lazy("event", "履行完了"), "circle-check", "good"),
    "performed_part": Label(pgettext_lazy("event", "履行了一部分"), "checks"),
    "performance_refused": Label(pgettext_lazy("event", "拒绝履行"), "hand-stop", "late"),
    "remedy_dropped": Label(pgettext_lazy("event", "方案不再采用"), "x"),
    "extra_planned": Label(pgettext_lazy("event", "额外服务"), "shopping-bag"),
    "result_asked_again": Label(pgettext_lazy("event", "再次请客户确认"), "user-question", "out"),
    "customer_silent": Label(pgettext_lazy("event", "客户没有回话"), "hourglass"),
    "sign_withdrawn": Label(pgettext_lazy("event", "撤回签字"), "arrow-back-up"),
}
