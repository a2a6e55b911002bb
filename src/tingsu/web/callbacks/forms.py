"""The forms after the end: parsing only. The actions decide and refuse."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tingsu.people import directory
from tingsu.people.permission import Who
from tingsu.web import labels_after
from tingsu.web.case.fields import Choice, Instant
from tingsu.web.case.forms import department_choices, evening_in
from tingsu.web.portal.fields import Text


def _choices(table: Any, codes: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(code, table[code].word) for code in codes]


class Bare(forms.Form):
    """What is missing is for the action to say, at its field."""

    use_required_attribute = False
    optional: ClassVar[frozenset[str]] = frozenset()  # only decides which labels say so

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.is_bound:
            self._mark()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark()

    def _mark(self) -> None:
        for name, field in self.fields.items():
            field.required = name not in self.optional

    def refuse(self, fields: dict[str, str]) -> None:
        """Put the refusals of an action at their fields; those of no field at the head."""
        for name, words in fields.items():
            self.add_error(name if name in self.fields else None, words)


class AnswerForm(Bare):
    """What the customer said, and what follows."""

    optional = frozenset({"text"})

    result = Choice(
        _choices(labels_after.RESULTS, ("satisfied", "wishes", "dissatisfied", "refused")),
        strip=True,
        label=_("客户怎么说"),
    )
    text = Text(limit=2_000, lines=4, label=_("客户的原话"))
    then = Choice(
        _choices(labels_after.THEN, ("reopen", "task", "end")),
        strip=True,
        label=_("接下来怎么办"),
    )
    department = Choice(label=_("交给哪个部门"))
    due_at = Instant(required=False, label=_("什么时候办好"))
    reason = Text(limit=2_000, lines=2, label=_("为什么到此为止"))

    def __init__(self, *args: Any, who: Who, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("请选择")), *department_choices(who.organisation_id)]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]
        self.fields["due_at"].initial = evening_in(at, 2)


class AddForm(Bare):
    """One more call: when, by whom, why."""

    optional = frozenset({"caller"})

    due_at = Instant(required=False, label=_("什么时候回访"))
    caller = Choice(label=_("由谁回访"))
    text = Text(limit=400, lines=2, label=_("为什么多回访一次"))

    def __init__(self, *args: Any, who: Who, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        people = [
            (str(one.id), f"{one.name} · {one.post or one.department.name}")
            for one in directory.members(who.organisation_id)
        ]
        choices = [("", _("承办人")), *people]
        self.fields["caller"].choices = choices  # type: ignore[attr-defined]
        self.fields["due_at"].initial = evening_in(at, 3)


class ClashForm(Bare):
    """With whom, and why."""

    text = Text(limit=2_000, lines=2, label=_("和谁、为什么起了冲突"))
