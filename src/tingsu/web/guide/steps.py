"""Steps on the method of a talk: tick a stage by hand, take the tick back. Calls actions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import guide
from tingsu.people.permission import Can
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step
from tingsu.web.portal.fields import Text


class TickForm(StepForm):
    """How it was done, in a word."""

    text = Text(limit=guide.LIMIT, lines=2, label=_l("怎么做的，一句话"))


def _tick(on: Doing) -> str:
    guide.tick(on.case, on.by, on.at, stage=on.row, text=on.told["text"], **on.once)
    return _("打了勾，原话记在经过里。")


def _untick(on: Doing) -> str:
    guide.untick(on.case, on.by, on.at, stage=on.row, **on.once)
    return _("勾已取消。")


STEPS = (
    Step("guide_tick", Can.RECORD, _l("这一步做过了"), _tick, _l("打勾"), TickForm, "check",
         _l("系统看不出来的，由您打勾。写一句，同事和带教的人看得懂。"), ended=False),
    Step("guide_untick", Can.RECORD, _l("取消打勾"), _untick, _l("取消"), icon="x", ended=False),
)  # fmt: skip
