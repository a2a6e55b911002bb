"""The forms of the public pages: parsing only; the actions decide and word the refusals."""

from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import LIMITS, Intake
from tingsu.packs import load
from tingsu.web.portal.fields import Day, Files, Hour, Mail, Money, Phone, Text, made_once

REACH = (
    ("phone", _("打电话给我")),
    ("mail", _("发邮件给我")),
    ("portal", _("我自己上网查看")),
)
RATINGS = tuple((str(n), str(n)) for n in range(1, 6))
# Where a refusal of the action is shown, if not at the field of the same name.
ELSEWHERE = {"happened_at": "happened_on"}


def _typed(hint: str, kind: str) -> dict[str, str]:
    return {"autocomplete": hint, "inputmode": kind}


@made_once
class ComplaintForm(forms.Form):
    """A complaint in the order in which people tell it: the story first, who they are last."""

    narrative = Text(
        limit=LIMITS["narrative"],
        lines=7,
        required=True,
        label=_("发生了什么"),
        error_messages={"required": _("请写下发生了什么，一句话也可以。")},
    )
    request = Text(limit=LIMITS["request"], lines=3, label=_("希望怎么解决"))
    files = Files(required=False, label=_("照片、录音、票据等"))  # type: ignore[assignment]
    pack = forms.ChoiceField(required=False, label=_("和哪方面有关"))
    happened_on = Day(required=False, label=_("哪一天"))
    happened_time = Hour(required=False, label=_("大约几点"))
    happened_where = Text(limit=LIMITS["happened_where"], label=_("在哪里"))
    respondent_unit = Text(limit=LIMITS["respondent_unit"], label=_("投诉哪家单位、门店或部门"))
    respondent_person = Text(limit=LIMITS["respondent_person"], label=_("涉及的人员"))
    product = Text(limit=LIMITS["product"], label=_("商品或服务"))
    order_number = Text(limit=LIMITS["order_number"], label=_("订单号、合同号或单据号"))
    amount = Money(limit=20, label=_("涉及金额（元）"), attrs={"inputmode": "decimal"})
    name = Text(limit=LIMITS["name"], label=_("怎么称呼您"), attrs=_typed("name", "text"))
    phone = Phone(limit=LIMITS["phone"], label=_("电话"), attrs=_typed("tel", "tel"))
    email = Mail(limit=LIMITS["email"], label=_("邮箱"), attrs=_typed("email", "email"))
    preferred_channel = forms.ChoiceField(
        required=False, choices=REACH, widget=forms.RadioSelect, label=_("怎么答复您方便")
    )
    preferred_time = Text(limit=LIMITS["preferred_time"], label=_("什么时候联系您方便"))
    needs = Text(limit=LIMITS["needs"], label=_("需要我们特别照顾的地方"))
    # For programs that fill in everything. People never see it; see ``filled_by_program``.
    second_subject = Text(limit=200)

    def __init__(self, house: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "zh-hans"
        packs = house.packs if len(house.packs) > 1 else []
        choices = [(code, load(code).label(language)) for code in packs]
        pack: Any = deepcopy(self.fields["pack"])
        pack.choices = [("", _("不确定，由你们判断")), *choices]
        self.fields["pack"] = pack

    def clean(self) -> dict[str, Any]:
        """Whoever wants an answer by a way must say where that way leads."""
        given: dict[str, Any] = super().clean() or {}
        way = given.get("preferred_channel")
        if way == "phone" and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("您希望我们打电话，请留下号码。"))
        if way == "mail" and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("您希望我们发邮件，请留下邮箱地址。"))
        return given

    def intake(self, key: str) -> Intake:
        """What was told, as far as it could be read."""
        told = dict(self.cleaned_data)
        for name in ("files", "second_subject"):
            told.pop(name, None)
        day, hour = told.pop("happened_on", None), told.pop("happened_time", None)
        told["narrative"] = told.get("narrative") or ""
        return Intake(
            channel="web",
            language=get_language() or "zh-hans",
            happened_at=_instant(day, hour) if day else None,
            intake_key=key,
            **told,
        )

    def filled_by_program(self) -> bool:
        """The field that nobody sees holds something. It comes back empty, so that a person whose
        browser filled it in only has to send again."""
        return bool(self.data.get("second_subject"))

    @property
    def more_open(self) -> bool:
        """The folded part holds something, or something to correct."""
        names = ("product", "order_number", "amount", "respondent_person")
        return any(self[name].value() or self[name].errors for name in names)


class FindForm(forms.Form):
    """Number and look-up code, as on the receipt."""

    number = Text(limit=40, required=True, label=_("投诉编号"))
    code = Text(limit=40, required=True, label=_("查询码"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["number"].error_messages["required"] = _("请填写回执上的编号。")
        self.fields["code"].error_messages["required"] = _("请填写回执上的查询码。")
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off", autocapitalize="characters")


class FollowForm(forms.Form):
    """One of several forms on the follow page: ``mark`` keeps their fields apart."""

    mark = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{self.mark}_%s")
        super().__init__(*args, **more)


class AddForm(FollowForm):
    """Something to add, with files or without."""

    mark = "add"
    text = Text(limit=5_000, lines=3, label=_("补充说明"))
    files = Files(required=False, label=_("补充材料"))  # type: ignore[assignment]


class AnswerForm(FollowForm):
    """Is it settled? And how well was it done."""

    mark = "answer"
    agreed = forms.ChoiceField(
        choices=(("yes", _("满意，可以办结")), ("no", _("还没有解决"))),
        widget=forms.RadioSelect,
        label=_("这个结果您满意吗"),
        error_messages={"required": _("请选一项。")},
    )
    rating = forms.ChoiceField(
        required=False,
        choices=RATINGS,
        widget=forms.RadioSelect,
        label=_("给我们的处理打分（5 分最好）"),
    )
    text = Text(limit=2_000, lines=3, label=_("想说的话；没有解决的，请写明还差什么"))


class RateForm(FollowForm):
    """A rating after the end."""

    mark = "rate"
    rating = forms.ChoiceField(
        choices=RATINGS,
        widget=forms.RadioSelect,
        label=_("给我们的处理打分（5 分最好）"),
        error_messages={"required": _("请选一个分数。")},
    )
    text = Text(limit=2_000, lines=2, label=_("想说的话"))


class ReopenForm(FollowForm):
    """Why it should be taken up again."""

    mark = "reopen"
    text = Text(limit=2_000, lines=3, required=True, label=_("为什么希望重新处理"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"].error_messages["required"] = _("请写下为什么希望重新处理。")


def put(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal of an action where it belongs in the form, each field once."""
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
    for name, words in told.items():
        place = ELSEWHERE.get(name, name)
        if place not in form.fields:
            form.add_error(None, words)
        elif place not in form.errors:
            form.add_error(place, words)


def _instant(day: Any, hour: Any) -> datetime:
    """The start of the day where no hour is known."""
    local = datetime.combine(day, hour or time.min, timezone.get_current_timezone())
    return local.astimezone(UTC)
