"""The word and the icon for every code that a page shows. Reads no tables.

A colour never stands alone (WCAG 1.4.1): whatever has a look here has a word and an icon as well.
Icons are names in static/vendor/tabler/icons.svg.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.core.channels import Channel
from tingsu.core.lifecycle import State
from tingsu.people.permission import Can, Role
from tingsu.web import (
    label,
    labels_after,
    labels_ending,
    labels_guide,
    labels_inquiry,
    labels_next,
    labels_plans,
)

Label = label.Label
Text = label.Text


@dataclass(frozen=True)
class Place:
    """A place of the top bar: the name of its route, who may go there, its key in the palette."""

    route: str
    word: Text
    icon: str
    right: Can


PLACES: tuple[Place, ...] = (
    Place("desk", _("工作台"), "layout-grid", Can.DESK),
    Place("cases", _("投诉"), "folder", Can.READ),
    Place("parties", _("当事人"), "users", Can.PARTIES),
    Place("callbacks", _("回访"), "phone-call", Can.RECORD),
    Place("promises", pgettext_lazy("several", "承诺"), "alarm", Can.ASSIGN),
    Place("archive", _("档案"), "archive", Can.ARCHIVE),
    Place("solutions", _("预案"), "bookmark", Can.READ),
    Place("tasks", pgettext_lazy("several", "协办"), "clipboard-list", Can.ANSWER),
    Place("approvals", _("审批"), "writing", Can.APPROVE),
    Place("calendar", _("日历"), "calendar", Can.DESK),
    Place("mails", _("来信"), "mail", Can.RECEIVE),
    Place("coach", _("教练"), "quote", Can.COACH),
    Place("imports", _("导入"), "table-import", Can.IMPORT),
    Place("members", _("成员"), "building-community", Can.MEMBERS),
    Place("looks", _("审计"), "shield-check", Can.AUDIT),
    Place("settings", _("设置"), "settings", Can.MEMBERS),
)

STATES: Mapping[str, Label] = {
    State.RECEIVED: Label(_("已接收"), "inbox", "new"),
    State.SCREENING: Label(_("初审中"), "list-check", "open"),
    State.INCOMPLETE: Label(_("待补正"), "hourglass", "waiting"),
    State.ACCEPTED: Label(_("已受理"), "square-check", "open"),
    State.REFERRED: Label(_("已下转"), "corner-up-right", "waiting"),
    State.INVESTIGATING: Label(_("调查中"), "search", "open"),
    State.NEGOTIATING: Label(_("协商中"), "messages", "open"),
    State.MEDIATING: Label(_("调解中"), "heart-handshake", "open"),
    State.DECIDING: Label(_("决定中"), "gavel", "open"),
    State.EXECUTING: Label(_("执行中"), "player-play", "open"),
    State.CONFIRMING: Label(_("待客户确认"), "user-question", "waiting"),
    State.REFUSED: Label(_("不予受理"), "ban", "ended"),
    State.TRANSFERRED: Label(_("已移送"), "arrow-up-right", "ended"),
    State.WITHDRAWN: Label(_("已撤回"), "arrow-back-up", "ended"),
    State.CANCELLED: Label(_("已撤销"), "x", "ended"),
    State.MERGED: Label(_("已并案"), "git-merge", "ended"),
    State.CLOSED: Label(_("已办结"), "circle-check", "ended"),
    State.ARCHIVED: Label(_("已归档"), "archive", "ended"),
}

CHANNELS: Mapping[str, Label] = {
    Channel.PHONE: Label(pgettext_lazy("channel", "来电"), "phone"),
    Channel.VISIT: Label(pgettext_lazy("channel", "来访"), "walk"),
    Channel.LETTER: Label(pgettext_lazy("channel", "来信"), "mail-opened"),
    Channel.MAIL: Label(pgettext_lazy("channel", "邮件"), "mail"),
    Channel.WEB: Label(pgettext_lazy("channel", "网上"), "world"),
    Channel.CHAT: Label(pgettext_lazy("channel", "在线客服"), "message"),
    Channel.MESSENGER: Label(pgettext_lazy("channel", "即时消息"), "messages"),
    Channel.SMS: Label(pgettext_lazy("channel", "短信"), "device-mobile"),
    Channel.FORUM: Label(pgettext_lazy("channel", "论坛与社交媒体"), "quote"),
    Channel.PRESS: Label(pgettext_lazy("channel", "媒体"), "news"),
    Channel.TRANSFER: Label(pgettext_lazy("channel", "其他单位转来"), "switch-horizontal"),
    Channel.MYSTERY: Label(pgettext_lazy("channel", "神秘顾客"), "spy"),
    Channel.FILE: Label(pgettext_lazy("channel", "批量导入"), "table-import"),
}

SEVERITIES: Mapping[str, Label] = {
    "ordinary": Label(pgettext_lazy("severity", "一般"), "point-filled"),
    "serious": Label(pgettext_lazy("severity", "较重"), "alert-circle", "serious"),
    "major": Label(pgettext_lazy("severity", "重大"), "alert-triangle", "major"),
}

NATURES: Mapping[str, Label] = {
    "questioning": Label(_("质疑性"), "help-circle"),
    "communicative": Label(_("沟通性"), "message-2"),
}

VERDICTS: Mapping[str, Label] = {
    "founded": Label(_("投诉有效"), "circle-check"),
    "partly": Label(_("部分有效"), "circle-dot"),
    "unfounded": Label(_("投诉无效"), "circle"),
    "undecided": Label(_("无法认定"), "help-circle"),
}

ANGER: Mapping[int, Label] = {
    0: Label(pgettext_lazy("mood", "平静"), "mood-smile"),
    1: Label(pgettext_lazy("mood", "不快"), "mood-neutral"),
    2: Label(pgettext_lazy("mood", "着急"), "mood-sad"),
    3: Label(pgettext_lazy("mood", "生气"), "mood-angry"),
    4: Label(pgettext_lazy("mood", "愤怒"), "flame"),
}

ROLES: Mapping[str, Label] = {
    Role.RECEPTION: Label(pgettext_lazy("role", "接待"), "phone-call"),
    Role.HANDLER: Label(pgettext_lazy("role", "承办人"), "user-check"),
    Role.SUPERVISOR: Label(pgettext_lazy("role", "主管"), "users"),
    Role.HEAD: Label(pgettext_lazy("role", "负责人"), "flag"),
    Role.INSPECTOR: Label(pgettext_lazy("role", "督查"), "clipboard-check"),
    Role.TRAINER: Label(pgettext_lazy("role", "培训师"), "message-circle"),
    Role.RESPONDENT: Label(pgettext_lazy("role", "被投诉单位"), "building"),
    Role.ADMINISTRATOR: Label(pgettext_lazy("role", "管理员"), "settings"),
    Role.AUDITOR: Label(pgettext_lazy("role", "审计"), "shield-check"),
}

# What is asked to be signed (core.approval.KINDS), and how it stands.
APPROVALS: Mapping[str, Label] = {
    "filing": Label(_("受理立案"), "square-check"),
    "refusal": Label(_("不予受理或移送"), "ban"),
    "extension": Label(_("延长期限"), "clock-play"),
    "remedy": Label(_("补救与赔偿"), "coin"),
    "decision": Label(_("处理决定"), "gavel"),
    "closing": Label(_("结案"), "circle-check"),
    "document": Label(_("签发文书"), "file-check"),
}

APPROVAL_STATES: Mapping[str, Label] = {
    "waiting": Label(_("等签批"), "hourglass", "waiting"),
    "approved": Label(_("已批准"), "circle-check", "open"),
    "returned": Label(_("已退回"), "arrow-back-up", "ended"),
    "withdrawn": Label(_("已撤回"), "x", "ended"),
    "void": Label(_("不再需要"), "circle", "ended"),
}

# What first review ends with (core.screening.Outcome).
SCREENED: Mapping[str, Label] = {
    "accept": Label(_("受理"), "square-check"),
    "refuse": Label(_("不予受理"), "ban"),
    "transfer": Label(_("移送其他部门"), "switch-horizontal"),
    "refer": Label(_("下转"), "corner-up-right"),
    "ask_complete": Label(_("请客户补材料"), "hourglass"),
}

NEXT_KINDS = labels_next.NEXT_KINDS
STEPS = labels_next.STEPS

EVENTS: Mapping[str, Label] = {
    "received": Label(pgettext_lazy("event", "接收投诉"), "inbox", "in"),
    "assigned": Label(pgettext_lazy("event", "交办"), "user-plus"),
    "taken": Label(pgettext_lazy("event", "接手"), "user-check"),
    "moved": Label(pgettext_lazy("event", "状态变化"), "route"),
    "note": Label(pgettext_lazy("event", "内部备注"), "lock", "private"),
    "contact": Label(pgettext_lazy("event", "联系"), "phone-call"),
    "restated": Label(pgettext_lazy("event", "复述确认"), "quote", "good"),
    "promised": Label(pgettext_lazy("event", "作出承诺"), "alarm"),
    "promise_kept": Label(pgettext_lazy("event", "承诺做到了"), "circle-check", "good"),
    "promise_broken": Label(pgettext_lazy("event", "承诺落空"), "alert-triangle", "bad"),
    "promise_moved": Label(pgettext_lazy("event", "承诺改期"), "calendar-due"),
    "task_asked": Label(pgettext_lazy("event", "请求协办"), "clipboard-list"),
    "task_answered": Label(pgettext_lazy("event", "协办答复"), "clipboard-check"),
    "task_accepted": Label(pgettext_lazy("event", "协办完成"), "checks", "good"),
    "task_returned": Label(pgettext_lazy("event", "退回重办"), "repeat"),
    "task_declined": Label(pgettext_lazy("event", "协办婉拒"), "arrow-back-up"),
    "task_redirected": Label(pgettext_lazy("event", "协办转给别的部门"), "corner-up-right"),
    "task_withdrawn": Label(pgettext_lazy("event", "撤回协办"), "x"),
    "task_reminded": Label(pgettext_lazy("event", "协办提醒"), "alarm"),
    "escalated": Label(pgettext_lazy("event", "上报"), "arrow-up-right"),
    "passed_on": Label(pgettext_lazy("event", "请别的部门接办"), "switch-horizontal"),
    "takeover_accepted": Label(pgettext_lazy("event", "接手"), "user-check", "good"),
    "takeover_returned": Label(pgettext_lazy("event", "退回，不接手"), "arrow-back-up"),
    "takeover_lapsed": Label(pgettext_lazy("event", "没有及时接手"), "alarm", "late"),
    "responsible_named": Label(pgettext_lazy("event", "认定责任"), "flag"),
    "responsible_answered": Label(pgettext_lazy("event", "对责任的答复"), "message-2"),
    "responsible_settled": Label(pgettext_lazy("event", "责任裁定"), "gavel"),
    "needs_marked": Label(pgettext_lazy("event", "记下要照顾的地方"), "heart-handshake"),
    "abused": Label(pgettext_lazy("event", "遇到辱骂"), "alert-circle"),
    "appointed": Label(pgettext_lazy("event", "约好再谈"), "calendar-event"),
    "break_taken": Label(pgettext_lazy("event", "歇一会儿"), "hourglass"),
    "turn_taken": Label(pgettext_lazy("event", "换人接着谈"), "users"),
    "linked": Label(pgettext_lazy("event", "关联投诉"), "link"),
    "unlinked": Label(pgettext_lazy("event", "取消关联"), "unlink"),
    "merged": Label(pgettext_lazy("event", "并案"), "git-merge"),
    "merged_here": Label(pgettext_lazy("event", "另一件并入"), "git-merge"),
    "unmerged": Label(pgettext_lazy("event", "取消并案"), "unlink"),
    "unmerged_here": Label(pgettext_lazy("event", "并入的已拆回"), "unlink"),
    "told_apart": Label(pgettext_lazy("event", "不是同一件事"), "arrow-right"),
    "facts_changed": Label(pgettext_lazy("event", "更正事实"), "edit"),
    "replied": Label(pgettext_lazy("event", "回复客户"), "send", "out"),
    "wording_overridden": Label(pgettext_lazy("event", "保留原话"), "edit"),
    "letter_taken_back": Label(pgettext_lazy("event", "收回信件"), "arrow-back-up"),
    "letter_sent": Label(pgettext_lazy("event", "信件已送出"), "mail-forward"),
    "letter_failed": Label(pgettext_lazy("event", "信件未送达"), "alert-circle", "late"),
    "customer_added": Label(pgettext_lazy("event", "客户补充"), "message-circle", "in"),
    "customer_confirmed": Label(pgettext_lazy("event", "客户确认"), "mood-smile", "in"),
    "customer_objected": Label(pgettext_lazy("event", "客户不同意"), "mood-sad", "in"),
    "rated": Label(pgettext_lazy("event", "客户评分"), "star", "in"),
    "reopen_asked": Label(pgettext_lazy("event", "客户请求重新办理"), "refresh", "in"),
    "reopened": Label(pgettext_lazy("event", "重新办理"), "refresh"),
    "closed": Label(pgettext_lazy("event", "办结"), "circle-check", "good"),
    "archived": Label(pgettext_lazy("event", "归档"), "archive"),
    "withdrawn": Label(pgettext_lazy("event", "撤回投诉"), "arrow-back-up"),
    "instructed": Label(pgettext_lazy("event", "批示"), "writing"),
    "screened": Label(pgettext_lazy("event", "初审结论"), "list-check"),
    "joined": Label(pgettext_lazy("event", "共同投诉人"), "user-plus"),
    "joined_speaks": Label(pgettext_lazy("event", "推选代表"), "user-check"),
    "joined_left": Label(pgettext_lazy("event", "共同投诉人退出"), "arrow-back-up"),
    "approval_asked": Label(pgettext_lazy("event", "提请审批"), "writing"),
    "approved": Label(pgettext_lazy("event", "批准"), "writing", "good"),
    "approval_returned": Label(pgettext_lazy("event", "审批退回"), "arrow-back-up"),
    "approval_withdrawn": Label(pgettext_lazy("event", "撤回审批"), "x"),
    "watch_proposed": Label(pgettext_lazy("event", "提议列入关注名单"), "flag"),
    "watch_added": Label(pgettext_lazy("event", "列入关注名单"), "flag"),
    "watch_ended": Label(pgettext_lazy("event", "移出关注名单"), "flag"),
    "clock_started": Label(pgettext_lazy("event", "时限开始"), "clock-play"),
    "clock_met": Label(pgettext_lazy("event", "时限内完成"), "circle-check", "good"),
    "clock_warned": Label(pgettext_lazy("event", "时限将到"), "clock"),
    "clock_breached": Label(pgettext_lazy("event", "时限已过"), "alarm", "late"),
    "clock_paused": Label(pgettext_lazy("event", "时限暂停"), "clock-pause"),
    "clock_resumed": Label(pgettext_lazy("event", "时限恢复"), "clock-play"),
    "clock_extended": Label(pgettext_lazy("event", "时限延长"), "clock-play"),
    "clock_recounted": Label(pgettext_lazy("event", "放假安排更新，时限重算"), "calendar-due"),
    "breach_reported": Label(pgettext_lazy("event", "逾期上报"), "alert-circle", "late"),
    "happened": Label(pgettext_lazy("event", "时限等的事"), "calendar-event"),
    "remedy_proposed": Label(pgettext_lazy("event", "提出补救方案"), "scale"),
    "remedy_done": Label(pgettext_lazy("event", "补救已兑现"), "circle-check", "good"),
    "document_drafted": Label(pgettext_lazy("event", "起草文书"), "edit"),
    "document_issued": Label(pgettext_lazy("event", "签发文书"), "file-check", "good"),
    "document_served": Label(pgettext_lazy("event", "送达文书"), "file-text", "out"),
    "document_void": Label(pgettext_lazy("event", "文书作废"), "ban"),
    "document_dropped": Label(pgettext_lazy("event", "删去文书草稿"), "trash"),
    **labels_after.EVENTS,
    **labels_ending.EVENTS,
    **labels_guide.EVENTS,
    **labels_plans.EVENTS,
    **labels_inquiry.EVENTS,
    "customer_read": Label(pgettext_lazy("event", "判断客户"), "user-check"),
    "attached": Label(pgettext_lazy("event", "添加附件"), "paperclip"),
    "looked": Label(pgettext_lazy("event", "查看个人信息"), "eye"),
    "limit_set": Label(pgettext_lazy("event", "言明底线"), "hand-stop"),
}

UNKNOWN = Label(_("其他"), "circle")


def label_of(table: Mapping[str, Label], code: str) -> Label:
    """The label of a code; an unknown one (a newer pack, an older row) still shows itself."""
    return table.get(code) or (Label(code, UNKNOWN.icon) if code else UNKNOWN)
