"""Words and icons of what comes after the end: call-backs, archive, disposal, requests of persons.
A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

# What a customer says at a call-back, and how it can end besides (core.callback.RESULTS).
RESULTS: Mapping[str, Label] = {
    "satisfied": Label(pgettext_lazy("call-back", "满意"), "mood-smile", "good"),
    "dissatisfied": Label(pgettext_lazy("call-back", "不满意"), "mood-sad", "waiting"),
    "wishes": Label(_("满意，另有希望"), "message-circle", "open"),
    "refused": Label(_("不愿接受回访"), "hand-stop", "ended"),
    "unreached": Label(_("一直没接通"), "phone-call", "ended"),
}
CALLS: Mapping[str, Label] = {
    "due": Label(_("待回访"), "phone-call", "open"),
    "done": Label(_("已回访"), "circle-check", "good"),
    "void": Label(_("不用回访了"), "x", "ended"),
}
# What follows when the customer is not content (core.callback.NEXT).
THEN: Mapping[str, Label] = {
    "reopen": Label(_("马上重新办理"), "refresh"),
    "task": Label(_("交部门去办，之后再回访"), "clipboard-list"),
    "end": Label(_("到此为止，写明理由"), "x"),
    "": Label(_("不用再做什么"), "check"),
}
LED_TO: Mapping[str, Label] = {
    "reopened": Label(_("已重新办理"), "refresh"),
    "task": Label(_("已交部门办"), "clipboard-list"),
    "ended": Label(_("到此为止"), "x"),
}

EVENTS: Mapping[str, Label] = {
    "callback_planned": Label(pgettext_lazy("event", "加一次回访"), "calendar-due"),
    "callback_tried": Label(pgettext_lazy("event", "回访没接通"), "phone-outgoing"),
    "callback_done": Label(pgettext_lazy("event", "回访"), "phone-outgoing", "in"),
    "callback_overdue": Label(pgettext_lazy("event", "回访逾期"), "alarm", "late"),
    "clash_noted": Label(pgettext_lazy("event", "记下与员工的冲突"), "flame"),
    "place_set": Label(pgettext_lazy("event", "登记存放位置"), "map-pin"),
    "hold_set": Label(pgettext_lazy("event", "暂缓销毁"), "lock"),
    "hold_lifted": Label(pgettext_lazy("event", "解除暂缓销毁"), "lock-open"),
    "anonymised": Label(pgettext_lazy("event", "案卷已销毁"), "trash"),
    "dossier_made": Label(pgettext_lazy("event", "制作案卷"), "files"),
    "dossier_taken": Label(pgettext_lazy("event", "下载案卷"), "download"),
}
