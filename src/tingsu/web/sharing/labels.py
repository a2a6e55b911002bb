"""Words and icons of shared work: handovers, responsibility, tasks. Reads no tables."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tingsu.web.labels import Label

# How an asking to take over stands, and a naming of who answers for it (HA-10, HA-13).
HANDOVERS: Mapping[str, Label] = {
    "waiting": Label(_("等答复"), "hourglass", "waiting"),
    "accepted": Label(_("已接手"), "circle-check", "open"),
    "returned": Label(_("已退回"), "arrow-back-up", "ended"),
    "lapsed": Label(_("转给上一级"), "arrow-up-right", "ended"),
    "void": Label(_("不再需要"), "circle", "ended"),
}
RESPONSIBLE: Mapping[str, Label] = {
    "cause": Label(_("起因"), "alert-circle"),
    "handling": Label(_("办理"), "user-check"),
    "lateness": Label(_("逾期"), "alarm"),
}
RESPONSIBLE_STATES: Mapping[str, Label] = {
    "named": Label(_("等部门答复"), "hourglass", "waiting"),
    "agreed": Label(_("已认可"), "circle-check", "open"),
    "disputed": Label(_("有异议"), "message-2", "serious"),
    "settled": Label(_("已定"), "gavel", "open"),
    "lifted": Label(_("已撤销认定"), "x", "ended"),
}
TASKS: Mapping[str, Label] = {
    "open": Label(_("等答复"), "hourglass", "waiting"),
    "answered": Label(_("已答复，等你看"), "clipboard-check", "open"),
    "declined": Label(_("对方办不了"), "arrow-back-up", "serious"),
    "accepted": Label(_("协办完成"), "checks", "ended"),
    "void": Label(_("不再需要"), "circle", "ended"),
}
