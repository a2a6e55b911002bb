"""Steps about time: pause, resume and lengthen a clock, and what happened that clocks wait for."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases.actions import clock, extend, happen
from tingsu.people.permission import Can
from tingsu.web.case import forms_times as forms
from tingsu.web.case.step import Doing, Step


def _pause(on: Doing) -> str:
    clock.pause(on.case, on.by, on.at, clock_id=on.row_id, cause=on.told["cause"], **on.once)
    return _("时限已暂停，恢复后自动顺延。")


def _resume(on: Doing) -> str:
    clock.resume(on.case, on.by, on.at, clock_id=on.row_id, **on.once)
    return _("时限接着走，到期日已重新计算。")


def _extend(on: Doing) -> str:
    extend.extend(on.case, on.by, on.at, clock_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("时限已延长，客户在查询页上看得到。")


def _happen(on: Doing) -> str:
    told: Any = on.told
    happen.happen(
        on.case, on.by, on.at,
        event=told["event"], happened_at=told["happened_at"], text=told["text"], **on.once,
    )  # fmt: skip
    return _("已记下，时限跟着更新了。")


STEPS = (
    Step("pause", Can.HANDLE, _l("暂停时限"), _pause, _l("暂停"), forms.PauseForm, "player-pause"),
    Step("resume", Can.HANDLE, _l("恢复时限"), _resume, pgettext_lazy("clock", "恢复"),
         icon="player-play"),
    Step("extend", Can.HANDLE, _l("延长时限"), _extend, _l("延长"), forms.ExtendForm, "clock-play",
         _l("只能按依据规定的次数和长度延长；原因会告诉客户。")),
    Step("happen", Can.HANDLE, _l("记下时限等的事"), _happen, _l("记下"), forms.HappenForm,
         "calendar-event",
         _l("例如通知已送达、对方已答复、故障已修复。等它的时限按发生的那天算完成。"),
         ended=False, menu="record"),
)  # fmt: skip
