"""Words and icons of plans and negotiation. A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

PLANS: Mapping[str, Label] = {
    "prepared": Label(_("备好"), "point-filled", ""),
    "out": Label(_("等客户答复"), "hourglass", "waiting"),
    "refused": Label(_("客户没有接受"), "x", "ended"),
    "countered": Label(_("客户还价"), "switch-horizontal", "open"),
    "accepted": Label(_("客户接受"), "circle-check", "good"),
    "replaced": Label(_("已改用别的方案"), "arrow-back-up", "ended"),
    "dropped": Label(pgettext_lazy("plan", "已放弃"), "trash", "ended"),
}
OFFERS: Mapping[str, Label] = {
    "out": Label(_("等客户答复"), "hourglass", "waiting"),
    "accepted": Label(_("客户接受"), "circle-check", "good"),
    "refused": Label(_("客户没有接受"), "x", "ended"),
    "countered": Label(_("客户还价"), "switch-horizontal", "open"),
    "expired": Label(_("过期没有答复"), "hourglass", "ended"),
    "withdrawn": Label(_("我们收回了"), "arrow-back-up", "ended"),
    "lapsed": Label(_("客户选了别的方案"), "circle", "ended"),
    "void": Label(_("投诉已结束"), "ban", "ended"),
}
FEASIBLE: Mapping[str, Label] = {
    "easy": Label(_("马上能做到"), "circle-check"),
    "possible": Label(_("要协调，能做到"), "adjustments-horizontal"),
    "hard": Label(_("难做到"), "alert-circle"),
}
CONSENTS: Mapping[str, Label] = {
    "waiting": Label(_("还没表态"), "hourglass", "waiting"),
    "agreed": Label(pgettext_lazy("plan", "同意"), "check", "good"),
    "refused": Label(pgettext_lazy("plan", "不同意"), "x", "ended"),
}

EVENTS: Mapping[str, Label] = {
    "plan_made": Label(pgettext_lazy("event", "拟定方案"), "list-check"),
    "plan_changed": Label(pgettext_lazy("event", "改动方案"), "edit"),
    "plan_dropped": Label(pgettext_lazy("event", "放弃方案"), "trash"),
    "plan_consent": Label(pgettext_lazy("event", "对方案表态"), "user-check"),
    "line_set": Label(pgettext_lazy("event", "定下谈判底线"), "lock"),
    "negotiated": Label(pgettext_lazy("event", "协商"), "messages"),
    "plan_offered": Label(pgettext_lazy("event", "提出方案"), "send", "out"),
    "offer_accepted": Label(pgettext_lazy("event", "客户接受方案"), "mood-smile", "in"),
    "offer_refused": Label(pgettext_lazy("event", "客户没有接受方案"), "mood-sad", "in"),
    "offer_countered": Label(pgettext_lazy("event", "客户还价"), "switch-horizontal", "in"),
    "offer_talk": Label(pgettext_lazy("event", "客户想先谈谈"), "phone-call", "in"),
    "offer_expired": Label(pgettext_lazy("event", "方案过期"), "hourglass"),
    "offer_withdrawn": Label(pgettext_lazy("event", "收回方案"), "arrow-back-up"),
}
