"""The forms of promises: parsing only. The actions decide and refuse."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tingsu.cases.intake import LIMITS
from tingsu.cases.queries import promises
from tingsu.web import labels
from tingsu.web.case.fields import Choice, Instant
from tingsu.web.case.forms import StepForm
from tingsu.web.portal.fields import Text


class PromiseForm(StepForm):
    """What was promised, and by when."""

    optional: ClassVar[frozenset[str]] = frozenset({"agreed_by"})

    content = Text(limit=LIMITS["promise"], lines=2, label=_("答应了什么"))
    due_at = Instant(required=False, label=_("什么时候做到"))
    agreed_by = Choice(label=_("谁同意的"))

    def prepare(self) -> None:
        """Who can agree is asked for once something was beyond authority."""
        if self.is_bound:
            people = [
                (str(one.id), f"{one.name} · {one.post or one.department.name}")
                for one in promises.askable(self.place.who.organisation_id)
            ]
            self.choose("agreed_by", [("", _("请选择")), *people])


class CallForm(forms.Form):
    """What came of it, and what was said."""

    use_required_attribute = False

    result = Choice(
        (
            ("kept", _("做到了，或按时给了回话")),
            ("moved", _("还没有结果，另约了时间")),
            ("broken", _("没做到")),
            ("unreached", _("没接通")),
        ),
        strip=True,
        label=_("这次通话的结果"),
    )
    text = Text(limit=2_000, lines=4, label=_("谈了什么"))
    reason = Text(limit=400, lines=2, label=_("没能按时做到的原因"))
    due_at = Instant(required=False, label=_("新约的时间"))
    mood = Choice(
        [("", _("没有听出来")), *((str(n), one.word) for n, one in labels.ANGER.items())],
        label=_("之后的情绪"),
    )

    def full_clean(self) -> None:
        """What is missing the action says; the labels alone say what may stay empty."""
        super().full_clean()
        for name in ("result", "text"):
            self.fields[name].required = True

    def refuse(self, fields: dict[str, str]) -> None:
        """Put the refusals of the action at their fields; those of no field at the head."""
        for name, words in fields.items():
            self.add_error(name if name in self.fields else None, words)
