"""Words and icons of investigations: entries, findings, who signs. A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

EVENTS: Mapping[str, Label] = {
    "inquiry_planned": Label(pgettext_lazy("event", "调查计划"), "clipboard-list"),
    "inquiry_done": Label(pgettext_lazy("event", "查到的情况"), "clipboard-check"),
    "investigator_added": Label(pgettext_lazy("event", "参加调查"), "user-plus"),
    "investigator_left": Label(pgettext_lazy("event", "退出调查"), "arrow-back-up"),
    "tie_recorded": Label(pgettext_lazy("event", "涉及人员"), "flag"),
    "tie_cleared": Label(pgettext_lazy("event", "只是同名"), "user-check"),
    "recusal_asked": Label(pgettext_lazy("event", "申请回避"), "hand-stop"),
    "recusal_granted": Label(pgettext_lazy("event", "同意回避"), "user-check"),
    "recusal_refused": Label(pgettext_lazy("event", "不同意回避"), "x"),
    "minutes_written": Label(pgettext_lazy("event", "笔录"), "message-2"),
    "minutes_read": Label(pgettext_lazy("event", "笔录已核对"), "eye"),
    "evidence_added": Label(pgettext_lazy("event", "收到证据"), "paperclip"),
    "evidence_moved": Label(pgettext_lazy("event", "证据移交"), "switch-horizontal"),
    "issues_listed": Label(pgettext_lazy("event", "列出投诉的问题"), "list-check"),
    "issue_found": Label(pgettext_lazy("event", "认定"), "scale"),
    "dispute_listed": Label(pgettext_lazy("event", "争议焦点"), "messages"),
    "dispute_found": Label(pgettext_lazy("event", "争议点的认定"), "scale"),
    "expert_ordered": Label(pgettext_lazy("event", "委托鉴定、检测"), "hourglass"),
    "expert_result": Label(pgettext_lazy("event", "鉴定、检测结果"), "file-check"),
    "respondent_asked": Label(pgettext_lazy("event", "请被投诉方答复"), "building"),
    "respondent_link_ended": Label(pgettext_lazy("event", "收回答复链接"), "unlink"),
    "respondent_answered": Label(pgettext_lazy("event", "被投诉方答复"), "building", "in"),
}

FINDINGS: Mapping[str, Label] = {
    "founded": Label(pgettext_lazy("finding", "有效"), "circle-check"),
    "partly": Label(pgettext_lazy("finding", "部分有效"), "circle-dot"),
    "unfounded": Label(pgettext_lazy("finding", "无效"), "circle"),
    "undecided": Label(pgettext_lazy("finding", "无法认定"), "help-circle"),
}
