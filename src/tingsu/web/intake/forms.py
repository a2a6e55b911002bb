"""The one form behind all channels: parsing only; the actions decide and word the refusals."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import LIMITS, Intake
from tingsu.core.channels import Channel
from tingsu.web import labels
from tingsu.web.intake.facts import PREFIX, fact_fields, facts_of
from tingsu.web.portal.fields import Day, Files, Hour, Mail, Money, Text

SEXES = (
    ("", gettext_lazy("不填")),
    ("female", pgettext_lazy("sex", "女")),
    ("male", pgettext_lazy("sex", "男")),
)
KINDS = (("person", pgettext_lazy("party", "个人")), ("company", pgettext_lazy("party", "单位")))
WAYS = (
    ("", gettext_lazy("没有要求")),
    ("phone", gettext_lazy("打电话")),
    ("mail", gettext_lazy("发邮件")),
    ("letter", gettext_lazy("寄信")),
    ("portal", gettext_lazy("自己上网查看")),
)
ME = "me"
LIVE = (Channel.PHONE, Channel.VISIT)  # they come in while we write
# Where a refusal of the action is shown, if not at the field of the same name.
ELSEWHERE = {
    "happened_at": "happened_on",
    "due_at": "missing_due",
    "text": "narrative",
}
Choices = Sequence[tuple[str, Any]]


class Moment(Text):
    """A day with its time: 2026-11-21T17:30, 2026-11-21 17:30."""

    def __init__(self, **more: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"})
        super().__init__(limit=40, widget=picker, **more)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value).strip().replace("T", " ")
        if not typed:
            return None
        day, _space, hour = typed.partition(" ")
        words = _("请写明日期和时间，例如 2026-05-03 17:30。")
        try:
            on, at = Day(required=False).to_python(day), Hour(required=False).to_python(hour[:5])
        except ValidationError as odd:
            raise ValidationError(words) from odd
        if on is None or at is None:
            raise ValidationError(words)
        return instant(on, at)


class Choice(forms.ChoiceField):
    """One of a list; an answer that is not on it is said in words."""

    def __init__(self, choices: Choices = (), **more: Any) -> None:
        words = {"invalid_choice": gettext_lazy("请从列出的选项中选择。")}
        super().__init__(choices=choices, required=False, error_messages=words, **more)


def _text(name: str, label: Any, lines: int = 1) -> Text:
    return Text(limit=LIMITS[name], lines=lines, label=label)


def _labelled(table: Mapping[Any, labels.Label]) -> Choices:
    return [(str(code), label.word) for code, label in table.items()]


class IntakeForm(forms.Form):
    """Who, the story, the restatement, the promise, where it belongs."""

    phone = _text("phone", gettext_lazy("电话"))
    name = _text("name", gettext_lazy("怎么称呼"))
    party = Choice(label=gettext_lazy("这个号码的人"))
    same = Choice(label=gettext_lazy("是不是同一件事"))
    email = Mail(limit=LIMITS["email"], label=gettext_lazy("邮箱"))
    address = _text("address", gettext_lazy("地址"))
    postcode = _text("postcode", gettext_lazy("邮编"))
    nationality = _text("nationality", gettext_lazy("国籍"))
    sex = Choice(SEXES, label=gettext_lazy("性别"))
    party_kind = Choice(KINDS, label=gettext_lazy("投诉人是"))
    preferred_channel = Choice(WAYS, label=gettext_lazy("希望怎样联系"))
    preferred_time = _text("preferred_time", gettext_lazy("什么时候方便"))
    needs = _text("needs", gettext_lazy("需要照顾的地方"))
    language = Choice(settings.LANGUAGES, label=gettext_lazy("给客户的信用哪种文字"))

    received_on = Day(required=False, label=gettext_lazy("哪天收到"))
    received_time = Hour(required=False, label=gettext_lazy("几点收到"))

    narrative = _text("narrative", gettext_lazy("事情经过"), lines=7)
    happened_on = Day(required=False, label=gettext_lazy("哪一天"))
    happened_time = Hour(required=False, label=gettext_lazy("几点"))
    happened_where = _text("happened_where", gettext_lazy("在哪里"))
    respondent_unit = _text("respondent_unit", gettext_lazy("哪个单位或部门"))
    respondent_person = _text("respondent_person", gettext_lazy("哪个人"))
    respondent_place = _text("respondent_place", gettext_lazy("被投诉方地址"))
    request = _text("request", gettext_lazy("希望怎样解决"), lines=2)
    reasons = _text("reasons", gettext_lazy("理由"), lines=2)
    anger = Choice(_labelled(labels.ANGER), label=gettext_lazy("客户现在的情绪"))
    product = _text("product", gettext_lazy("商品或服务"))
    order_number = _text("order_number", gettext_lazy("订单号"))
    contract_number = _text("contract_number", gettext_lazy("合同号"))
    amount = Money(limit=20, label=gettext_lazy("涉及金额（元）"))
    files = Files(required=False, label=gettext_lazy("附件"))  # type: ignore[assignment]

    restated = _text("restated", gettext_lazy("我的复述"), lines=3)
    restated_ok = forms.BooleanField(required=False, label=gettext_lazy("客户确认无误"))

    promise = _text("promise", gettext_lazy("答应了什么"))
    promise_due = Moment(label=gettext_lazy("什么时候做到"))
    missing = Text(limit=2_000, lines=2, label=gettext_lazy("还缺什么材料"))
    missing_due = Day(required=False, label=gettext_lazy("请对方在哪天前补齐"))

    pack = Choice(label=gettext_lazy("行业"))
    category = Choice(label=gettext_lazy("类别"))
    variants = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("有这些情形吗")
    )
    nature = Choice(_labelled(labels.NATURES), label=gettext_lazy("性质"))
    severity = Choice(_labelled(labels.SEVERITIES), label=gettext_lazy("严重程度"))
    title = _text("title", gettext_lazy("标题"))
    taken_by = Choice(label=gettext_lazy("谁来办"))

    def __init__(self, channel: Channel, offered: Mapping[str, Choices], *given: Any, **more: Any):
        """``offered``: the choices of pack, category, taken_by, party and same."""
        super().__init__(*given, **more)
        self.channel = channel
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields.update(fact_fields(channel))
        self.fields["narrative"].required = False
        for name, kind in (("phone", "tel"), ("email", "email"), ("amount", "decimal")):
            self.fields[name].widget.attrs["inputmode"] = kind
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # the customer's data, not the agent's

    def clean(self) -> dict[str, Any]:
        """A tick under nothing, and a time for nothing, are asked about."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("restated_ok") and not told.get("restated"):
            self.add_error("restated", _("请写下您是怎样复述的，或取消“客户确认无误”。"))
        if told.get("promise_due") and not told.get("promise"):
            self.add_error("promise", _("请写下答应了客户什么，或清空时间。"))
        if told.get("missing") and not told.get("missing_due") and "missing_due" not in self.errors:
            self.add_error("missing_due", _("请写明最晚哪一天补齐。"))
        return told

    def intake(self, key: str, agent: str, at: datetime) -> Intake:
        """What was told, as far as it could be read."""
        told = self.cleaned_data
        same_name = set(Intake.__dataclass_fields__) & set(told)
        plain = {name: told[name] for name in same_name - {"anger"}}
        plain["pack"], plain["category"] = pack_and_category(told)
        plain["variants"] = circumstances(told, plain["pack"])
        plain["language"] = plain.get("language") or "zh-hans"
        for name, usual in (
            ("nature", "questioning"),
            ("severity", "ordinary"),
            ("party_kind", "person"),
        ):
            plain[name] = plain.get(name) or usual
        facts = facts_of(self.channel, told, agent)
        on = told.get("happened_on")
        return Intake(
            **plain | {"narrative": told.get("narrative") or ""},
            channel=self.channel.value,
            anger=int(told["anger"]) if told.get("anger") else None,
            happened_at=instant(on, told.get("happened_time")) if on else None,
            received_at=self._received(told, at),
            source_ref=facts.get("their_number", ""),
            channel_facts=facts,
            intake_key=key,
        )

    def _received(self, told: Mapping[str, Any], at: datetime) -> datetime | None:
        """When it came in, if that was on another day or at a given hour; None: now."""
        arrived: date | None = told.get(f"{PREFIX}letter_arrived") or told.get("received_on")
        hour: time | None = told.get("received_time")
        if self.channel in LIVE or arrived is None:
            return None
        if hour is None and arrived == timezone.localtime(at).date():
            return None
        return instant(arrived, hour)

    @property
    def more_about_person(self) -> bool:
        """The folded part about the person holds something, or something to correct."""
        return self._any(
            "address postcode nationality sex preferred_channel preferred_time needs".split()
        )

    @property
    def more_about_goods(self) -> bool:
        """The same for product, order and contract."""
        return self._any(
            "product order_number contract_number amount reasons respondent_place title".split()
        )

    def _any(self, names: Sequence[str]) -> bool:
        return any(self[name].value() or self[name].errors for name in names)


def pack_and_category(told: Mapping[str, Any]) -> tuple[str, str]:
    """The category, written ``pack:code``, decides about the pack; without one the choice does."""
    pack, _colon, category = (told.get("category") or "").partition(":")
    return pack or told.get("pack") or "", category


def circumstances(told: Mapping[str, Any], pack: str) -> tuple[str, ...]:
    """Of what was ticked, written ``pack:code``, what belongs to the pack."""
    ticked = (value.partition(":") for value in told.get("variants") or ())
    return tuple(code for of, _colon, code in ticked if of == pack or not pack)


def instant(on: date, at: time | None) -> datetime:
    """The start of the day where no hour is known."""
    local = datetime.combine(on, at or time.min, timezone.get_current_timezone())
    return local.astimezone(UTC)


def put(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal of an action where it belongs in the form, each field once."""
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
    for name, words in told.items():
        place = ELSEWHERE.get(name, name)
        if name == "received_at":
            place = "letter_arrived" if f"{PREFIX}letter_arrived" in form.fields else "received_on"
        place = PREFIX + place if PREFIX + place in form.fields else place
        if place not in form.fields:
            form.add_error(None, words)
        elif place not in form.errors:
            form.add_error(place, words)
