"""Forms of what was found: issues, disputed points, tests and opinions. Parsing only."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tingsu.cases import inquiry_words as words
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import investigation as queries
from tingsu.web.case.fields import Choice, Instant, Tick
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import uuid_of
from tingsu.web.portal.fields import Files, Text

TALK = 20_000


class DisputeForm(StepForm):
    """What is disputed, and both views. For one that stands already, with ``row``."""

    optional: ClassVar[frozenset[str]] = frozenset({"ours", "theirs"})

    point = Text(limit=300, label=_("争的是什么"))
    ours = Text(limit=5_000, lines=3, label=_("投诉人怎么说"))
    theirs = Text(limit=5_000, lines=3, label=_("被投诉方怎么说"))

    def prepare(self) -> None:
        rows = queries.of_case(self.place.case).disputes if self.place.row else []
        for one in rows:
            if str(one.id) == self.place.row:
                for name in ("point", "ours", "theirs"):
                    self.fields[name].initial = getattr(one, name)


class SettleForm(StepForm):
    """What was found."""

    finding = Text(limit=TALK, lines=4, label=_("认定了什么，依据哪些证据"))


class ExpertForm(StepForm):
    """Of whom, what, until when."""

    optional: ClassVar[frozenset[str]] = frozenset({"due_at"})

    kind = Choice(list(words.TESTS.items()), strip=True, initial="test", label=_("种类"))
    body = Text(limit=120, label=_("请哪家机构或哪位专家"))
    question = Text(limit=2_000, lines=3, label=_("要弄清什么"))
    due_at = Instant(required=False, label=_("预计什么时候有结果"))
    pause = Tick(label=_("规定允许的，时限暂停到有结果为止"), initial=True)


class ResultForm(StepForm):
    """What came back."""

    text = Text(limit=TALK, lines=4, label=_("结论"))
    withdrawn = Tick(label=_("不做了，上面写的是原因"))
    files = Files(required=False, label=_("报告"))  # type: ignore[assignment]


class IssuesForm(StepForm):
    """The issues, one a line."""

    texts = Text(limit=6_000, lines=8, label=_("投诉的问题，一行一项"))

    def prepare(self) -> None:
        self.fields["texts"].initial = "\n".join(queries.suggested(self.place.case))


class FindForm(StepForm):
    """What was found of one issue."""

    optional: ClassVar[frozenset[str]] = frozenset({"faults", "liable"})

    finding = Choice(list(words.FINDINGS.items()), strip=True, label=_("认定"))
    faults = forms.MultipleChoiceField(
        required=False,
        choices=list(words.FAULTS.items()),
        widget=forms.CheckboxSelectMultiple,
        label=_("有效的，属于"),
    )
    liable = forms.MultipleChoiceField(
        required=False,
        choices=list(words.LIABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        label=_("由谁负责"),
    )
    reason = Text(limit=TALK, lines=4, label=_("理由和依据的证据"))

    def prepare(self) -> None:
        one = self._issue()
        if one is not None:
            for name in ("finding", "faults", "liable", "reason"):
                self.fields[name].initial = getattr(one, name)
            self.fields["finding"].help_text = one.text

    def _issue(self) -> Any:
        try:
            wanted = uuid_of(self.place.row, "row")
        except Refusal:
            return None
        return next((one for one in queries.issues(self.place.case) if one.id == wanted), None)
