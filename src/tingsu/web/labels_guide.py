"""Words and icons of the guide, of reminders and of prepared solutions. A part of ``labels``."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

EVENTS: Mapping[str, Label] = {
    "promise_reminded": Label(pgettext_lazy("event", "承诺提醒"), "alarm"),
    "solution_written": Label(pgettext_lazy("event", "写成预案"), "bookmark"),
    "solution_released": Label(pgettext_lazy("event", "预案发布"), "circle-check", "good"),
    "solution_returned": Label(pgettext_lazy("event", "预案退回"), "arrow-back-up"),
    "solution_withdrawn": Label(pgettext_lazy("event", "预案撤下"), "x"),
    "solution_used": Label(pgettext_lazy("event", "用了预案"), "bookmark"),
    "guide_ticked": Label(pgettext_lazy("event", "方法打勾"), "check"),
    "guide_unticked": Label(pgettext_lazy("event", "取消打勾"), "x"),
}
