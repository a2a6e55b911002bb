"""Forms about the record itself: facts, complainant, watch list, ties, the end. Parsing only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tingsu.cases.intake import LIMITS
from tingsu.cases.queries import findings
from tingsu.people.rulebook import case_pack
from tingsu.web import labels
from tingsu.web.case.fields import Choice, Instant
from tingsu.web.case.forms import SayForm, StepForm
from tingsu.web.case.words import FACTS, PERSONAL, WATCHES, language
from tingsu.web.portal.fields import Day, Mail, Money, Phone, Text
from tingsu.web.portal.forms import REACH
from tingsu.web.rows import set_in

CLEARABLE = ("phone", "email", "address")
PLAIN = ("name", "sex", "preferred_channel", "preferred_time", "needs")


def _text(name: str, lines: int = 1) -> Text:
    return Text(limit=LIMITS[name], lines=lines, label=FACTS[name])


class FactsForm(StepForm):
    """What is on record; only what was changed is written."""

    optional = frozenset({"reason", "variants"})

    title = _text("title")
    request = _text("request", 2)
    narrative = _text("narrative", 6)
    category = Choice(label=FACTS["category"])
    nature = Choice(
        [(code, one.word) for code, one in labels.NATURES.items()],
        strip=True, label=FACTS["nature"],
    )  # fmt: skip
    severity = Choice(
        [(code, one.word) for code, one in labels.SEVERITIES.items()],
        strip=True, label=FACTS["severity"],
    )  # fmt: skip
    respondent_unit = _text("respondent_unit")
    respondent_place = _text("respondent_place")
    happened_at = Instant(required=False, label=FACTS["happened_at"])
    happened_where = _text("happened_where")
    product = _text("product")
    amount = Money(limit=20, label=_("涉及金额（元）"))
    order_number = _text("order_number")
    contract_number = _text("contract_number")
    planned_at = Instant(required=False, label=_("下次查看日期"))
    variants = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=FACTS["variants"],
        help_text=_("勾选后，有关的时限按它重新计算；已经暂停或延长过的不变。"),
    )  # fmt: skip
    reason = Text(limit=400, label=_("为什么更正"))

    def prepare(self) -> None:
        case = self.place.case
        taxonomy = case_pack(case).categories.values()
        groups: dict[str, list[tuple[str, str]]] = {}
        heads = {one.code: one.label(language()) for one in taxonomy if one.is_group}
        for one in taxonomy:
            if not one.is_group:
                head = heads.get(one.group, one.group)
                groups.setdefault(head, []).append((one.code, set_in(one, language())))
        known = {code for codes in groups.values() for code, _name in codes}
        own = [] if case.category in known | {""} else [(case.category, case.category)]
        self.choose("category", [("", _("未分类")), *own, *groups.items()])
        self._offer_variants()
        for name in self.fields:
            if name != "reason":
                self.fields[name].initial = getattr(case, name)
        if case.amount is not None:
            self.fields["amount"].initial = f"{case.amount / 100:.2f}"

    def _offer_variants(self) -> None:
        known = case_pack(self.place.case).variants.values()
        self.choose("variants", [(one.code, one.label(language())) for one in known])
        if not known:
            del self.fields["variants"]

    def changed(self) -> dict[str, Any]:
        """Name and new value of what was touched."""
        names = [name for name in self.changed_data if name != "reason"]
        if "amount" in names and self.cleaned_data["amount"] == self.place.case.amount:
            names.remove("amount")
        return {name: self.cleaned_data[name] for name in names}


class PartyForm(StepForm):
    """The complainant. What is masked is not shown here either: an empty field stays as it is."""

    name = Text(limit=LIMITS["name"], label=PERSONAL["name"])
    sex = Choice((("", _("不填")), ("female", _("女")), ("male", _("男"))), label=PERSONAL["sex"])
    phone = Phone(limit=LIMITS["phone"], label=_("新的电话"))
    email = Mail(limit=LIMITS["email"], label=_("新的邮箱"))
    address = Text(limit=LIMITS["address"], label=_("新的地址"))
    clear = forms.MultipleChoiceField(
        required=False,
        choices=[(name, PERSONAL[name]) for name in CLEARABLE],
        widget=forms.CheckboxSelectMultiple,
        label=_("删去记错的"),
    )
    preferred_channel = Choice((("", _("没有说")), *REACH), label=PERSONAL["preferred_channel"])
    preferred_time = Text(limit=LIMITS["preferred_time"], label=PERSONAL["preferred_time"])
    needs = Text(limit=LIMITS["needs"], label=PERSONAL["needs"])

    def prepare(self) -> None:
        party = self.place.case.party
        for name in PLAIN:
            self.fields[name].initial = getattr(party, name) if party else ""
        chosen = party.preferred_channel if party else ""
        if chosen and chosen not in dict(REACH):
            self.choose("preferred_channel", [(chosen, chosen), ("", _("没有说")), *REACH])

    def changed(self) -> dict[str, str]:
        """Name and new value of what was touched."""
        told = self.cleaned_data
        values = {name: told[name] for name in PLAIN if name in self.changed_data}
        values |= {name: told[name] for name in CLEARABLE if told[name]}
        return values | {name: "" for name in told["clear"] if not told[name]}


class CloseForm(StepForm):
    """The verdict, and why without the customer's word."""

    verdict = Choice(
        [(code, one.word) for code, one in labels.VERDICTS.items()],
        strip=True,
        label=_("核查结论"),
    )
    reason = Text(limit=2_000, lines=3, label=_("办结说明"))

    def prepare(self) -> None:
        case = self.place.case
        self.fields["verdict"].initial = case.verdict
        if found := findings.proposed(case):
            self.fields["verdict"].initial = found.verdict or case.verdict
            self.fields["verdict"].help_text = found.words
        if self.place.case.nature == "communicative":
            del self.fields["verdict"]


class TieForm(StepForm):
    """Another case, by its number."""

    optional = frozenset({"reason"})

    other = Text(limit=40, label=_("另一件的编号"))
    reason = Text(limit=200, lines=2, label=_("为什么"))


class LinkForm(TieForm):
    """Tied, and how."""

    kind = Choice(
        (("related", _("相关")), ("repeat", _("同一件事又来投诉"))),
        strip=True,
        initial="related",
        label=_("关系"),
    )


class WatchForm(StepForm):
    """For the watch list: what, why, until when."""

    kind = Choice(list(WATCHES.items()), strip=True, label=_("类型"))
    reason = Text(limit=400, lines=3, label=_("原因和依据"))
    expires_on = Day(required=False, label=_("到期日（最长一年）"))

    def prepare(self) -> None:
        today = timezone.localdate(self.place.at)
        self.fields["expires_on"].widget.attrs["min"] = today.isoformat()


class ArchiveForm(SayForm):
    """Where the paper file lies, if there is one."""

    optional = frozenset({"reason", "shelf"})

    shelf = Text(limit=120, label=_("纸质案卷放在哪里"))
