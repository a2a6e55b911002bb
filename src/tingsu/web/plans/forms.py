"""The forms of plans and offers: parsing and first values only. The actions decide and refuse."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases.errors import Invalid, Refusal
from tingsu.core.plans import WEIGHED
from tingsu.web.case.fields import Choice, Instant
from tingsu.web.case.words import MEETINGS
from tingsu.web.labels_plans import FEASIBLE
from tingsu.web.portal.fields import Money, Text

DAYS = 3  # that an offer stays open unless somebody says otherwise
WORDS = 400
_yuan = {"inputmode": "decimal", "autocomplete": "off"}


class TacticsField(forms.MultipleChoiceField):
    """Which ways of negotiating were used; what there is comes from the pack."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def validate(self, value: Any) -> None:
        """The action refuses what the pack does not know."""


class PlanForm(forms.Form):
    """What a plan is beside what it gives: its name, its cost, how it is weighed."""

    name = Text(
        limit=60, required=True, label=_l("方案的名字"),
        error_messages={"required": _l("给方案起个短名字，例如：退款并道歉。")},
    )  # fmt: skip
    own_cost = Money(limit=20, label=_l("我们另外的成本（元）"), attrs=_yuan)
    own_cost_for = Text(limit=200, label=_l("花在哪里"))
    feasible = Choice(
        [(code, one.word) for code, one in FEASIBLE.items()], strip=True, label=_l("能不能做到")
    )
    feasibility = Text(limit=WORDS, lines=2, label=_l("要谁配合、多久能做到"))
    benefit = Text(limit=WORDS, lines=2, label=_l("对客户、对我们的好处"))
    strengths = Text(limit=WORDS, lines=2, label=pgettext_lazy("swot", "优势"))
    weaknesses = Text(limit=WORDS, lines=2, label=pgettext_lazy("swot", "劣势"))
    opportunities = Text(limit=WORDS, lines=2, label=pgettext_lazy("swot", "机会"))
    threats = Text(limit=WORDS, lines=2, label=pgettext_lazy("swot", "威胁"))
    risk = Text(limit=WORDS, lines=2, label=_l("风险，怎么防"))

    def weighed(self) -> dict[str, str]:
        """The words of the weighing."""
        return {one: self.cleaned_data.get(one) or "" for one in WEIGHED}


class OfferForm(forms.Form):
    """Until when, in which words, with which tactics."""

    expires_at = Instant(label=_l("等客户答复到"), error_messages={"required": _l("请写明时间。")})
    text = Text(limit=2_000, lines=3, label=_l("开头想对客户说的话"))
    tactics = TacticsField(label=_l("用了哪些做法"))
    override = Text(limit=WORDS, lines=2, label=_l("为什么要这样写"))


class AnswerForm(forms.Form):
    """What the customer said, as somebody heard it."""

    answer = Choice(
        (
            ("accepted", _l("接受")), ("refused", _l("不接受")), ("countered", _l("还价")),
            ("talk", _l("想先谈谈")),
        ),
        strip=True, required=True, label=_l("客户怎么说"),
        error_messages={"required": _l("请选一项。")},
    )  # fmt: skip
    way = Choice(list(MEETINGS.items()), initial="phone", required=True, label=_l("怎么知道的"))
    text = Text(limit=2_000, lines=3, label=_l("客户的原话"))
    wanted = Money(limit=20, label=_l("客户希望合计得到（元）"), attrs=_yuan)
    agreed = Text(limit=2_000, lines=3, label=_l("谈定的文字"))
    tactics = TacticsField(label=_l("用了哪些做法"))


class TalkForm(forms.Form):
    """A talk about terms."""

    channel = Choice(list(MEETINGS.items()), initial="phone", required=True, label=_l("方式"))
    text = Text(
        limit=5_000, lines=4, required=True, label=_l("双方说了什么"),
        error_messages={"required": _l("请写下双方说了什么。")},
    )  # fmt: skip
    agreed = Text(limit=2_000, lines=2, label=_l("已经谈拢的"))
    present = Text(limit=120, label=_l("还有谁在场"))
    tactics = TacticsField(label=_l("用了哪些做法"))


class LineForm(forms.Form):
    """How far we go."""

    most = Money(limit=20, label=_l("合计最多给客户（元）"), attrs=_yuan)
    line_words = Text(limit=WORDS, lines=2, label=_l("不能退让的"))


def first_day(at: datetime) -> datetime:
    """Until when an offer stays open unless somebody says otherwise: the evening of a later day."""
    local = timezone.localtime(at) + timedelta(days=DAYS)
    return local.replace(hour=18, minute=0, second=0, microsecond=0)


def put(form: forms.Form, refusal: Refusal) -> None:
    """A refusal of an action where it belongs in the form, each field once."""
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
    for name, words in told.items():
        if name not in form.fields:
            form.add_error(None, words)
        elif name not in form.errors:
            form.add_error(name, words)
