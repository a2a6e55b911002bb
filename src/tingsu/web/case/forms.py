"""The forms of a case that people write in: parsing only. The actions decide and refuse."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tingsu.people import directory
from tingsu.people.permission import Can, Role, Who, rights_of
from tingsu.web import labels
from tingsu.web.case.fields import EVENING, Choice, Instant, Tick
from tingsu.web.case.words import MEETINGS
from tingsu.web.portal.fields import Files, Text

TALK = 20_000


class Place(NamedTuple):
    """Where a form stands: the case, who writes, now, and the row that it is about."""

    case: Any
    who: Who
    at: datetime
    row: str = ""


class StepForm(forms.Form):
    """Knows its place, so that it can offer what is there to choose from. What is missing is for
    the action to say, in its own words: ``optional`` only decides which labels say so."""

    use_required_attribute = False
    optional: ClassVar[frozenset[str]] = frozenset({"files"})

    def __init__(self, *args: Any, place: Place, **more: Any) -> None:
        super().__init__(*args, **more)
        self.place = place
        self.prepare()
        if not self.is_bound:
            self._mark()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark()

    def _mark(self) -> None:
        for name, field in self.fields.items():
            field.required = name not in self.optional

    def prepare(self) -> None:
        """Choices and first values that hang on the case."""

    def choose(self, name: str, choices: Any) -> None:
        """Offer these choices."""
        field: Any = self.fields[name]
        field.choices = choices


class ReplyForm(StepForm):
    """A letter to the customer."""

    kind = Choice(
        (("interim", _("阶段答复")), ("final", _("处理结果，请客户确认"))),
        strip=True,
        initial="interim",
        label=_("这封信是"),
    )
    text = Text(limit=TALK, lines=4, label=_("回复内容"))
    override = Text(limit=400, lines=2, label=_("为什么要这样写"))

    optional = frozenset({"override"})


class NoteForm(StepForm):
    """A note for the house, with files or without."""

    text = Text(limit=TALK, lines=3, label=_("备注内容"))
    files = Files(required=False, label=_("附件"))  # type: ignore[assignment]


class ContactForm(StepForm):
    """A call, a visit, a message: who turned to whom, what was said, in what mood it ended."""

    optional = frozenset({"mood", "limit_set", "files"})

    direction = Choice(
        (("out", _("我们联系客户")), ("in", _("客户联系我们"))),
        strip=True,
        initial="out",
        label=_("谁联系谁"),
    )
    channel = Choice(
        list(MEETINGS.items()),
        initial="phone",
        label=_("方式"),
    )
    reached = Choice(
        (("yes", _("联系上了")), ("no", _("没联系上"))), strip=True, initial="yes", label=_("结果")
    )
    text = Text(limit=TALK, lines=3, label=_("谈了什么"))
    mood = Choice(
        [("", _("之后的情绪？")), *((str(n), one.word) for n, one in
         labels.ANGER.items())],
        label=_("之后的情绪"),
    )  # fmt: skip
    limit_set = Text(limit=400, label=_("言明底线的话（遇到辱骂时）"))
    files = Files(required=False, label=_("附件"))  # type: ignore[assignment]


class TaskForm(StepForm):
    """Work asked of a department, or of one person in it."""

    optional = frozenset({"assignee"})

    department = Choice(label=_("请哪个部门"))
    assignee = Choice(label=_("指定到人"))
    content = Text(limit=5_000, lines=3, label=_("要对方做什么"))
    due_at = Instant(required=False, label=_("什么时候答复"))

    def prepare(self) -> None:
        house = self.place.who.organisation_id
        self.choose("department", [("", _("请选择")), *department_choices(house)])
        people = [(str(one.id), f"{one.name} · {one.department.name}") for one in
                  directory.members(house)]  # fmt: skip
        self.choose("assignee", [("", _("由部门安排")), *people])
        self.fields["due_at"].initial = evening_in(self.place.at, 2)


class QuickTaskForm(TaskForm):
    """The same on the case page, which is not to load every name of the house."""

    assignee = None  # type: ignore[assignment]

    def prepare(self) -> None:
        self.choose(
            "department",
            [("", _("请选择")), *department_choices(self.place.who.organisation_id)],
        )
        self.fields["due_at"].initial = evening_in(self.place.at, 2)


class RestateForm(StepForm):
    """Our own words, and what the customer said to them."""

    text = Text(limit=5_000, lines=3, label=_("用自己的话复述"))
    confirmed = Choice(
        (("yes", _("客户说：对，就是这样")), ("no", _("还没得到客户确认"))),
        strip=True,
        initial="yes",
        label=_("客户的回应"),
    )


class ConfirmForm(StepForm):
    """What the customer told us about the result."""

    optional = frozenset({"text", "rating"})

    agreed = Choice(
        (("yes", _("满意，可以办结")), ("no", _("还没有解决"))),
        strip=True,
        label=_("客户怎么说"),
        required=True,
        error_messages={"required": _("请选一项。")},
    )
    text = Text(limit=2_000, lines=3, label=_("客户的原话；没有解决的，写明还差什么"))
    rating = Choice(
        [("", _("没有评分")), *((str(n), str(n)) for n in range(1, 6))], label=_("评分（5 分最好）")
    )


class ReasonForm(StepForm):
    """Why."""

    reason = Text(limit=2_000, lines=3, label=_("原因"))


class SayForm(StepForm):
    """A few words, if there is something to say."""

    optional = frozenset({"reason"})

    reason = Text(limit=2_000, lines=2, label=_("补充说明"))


class TextForm(StepForm):
    """One text."""

    text = Text(limit=2_000, lines=4, label=_("内容"))


class AnswerForm(StepForm):
    """A department's answer to what it was asked, with evidence."""

    text = Text(limit=TALK, lines=6, label=_("查到的情况和处理意见"))
    files = Files(required=False, label=_("证据材料"))  # type: ignore[assignment]


class FilesForm(StepForm):
    """Files, and whether the customer sees them."""

    files = Files(required=False, label=_("附件"))  # type: ignore[assignment]
    public = Tick(label=_("客户在查询页也能看到"))


class AgainForm(StepForm):
    """Back, or later: why, and until when."""

    reason = Text(limit=2_000, lines=3, label=_("原因"))
    due_at = Instant(required=False, label=_("新的时间"))


class AssignForm(StepForm):
    """To a person, or into the queue of a department."""

    optional = frozenset({"reason"})

    to = Choice(label=_("交给谁"))
    reason = Text(limit=400, lines=2, label=_("交代几句"))

    def prepare(self) -> None:
        house = self.place.who.organisation_id
        people = [
            (f"m:{one.id}", f"{one.name} · {one.department.name}")
            for one in directory.members(house)
            if Can.HANDLE in rights_of(Role(role) for role in one.roles)
        ]
        queues = [(f"d:{code}", name) for code, name in department_choices(house)]
        self.choose(
            "to", [("", _("请选择")), (_("承办人"), people), (_("部门待办，由他们接手"), queues)]
        )


class EscalateForm(StepForm):
    """Up the ladder, with the whole record."""

    to = Choice(label=_("交给哪位主管或负责人"))
    reason = Text(limit=2_000, lines=4, label=_("为什么上报，已经做了什么"))

    def prepare(self) -> None:
        people = [
            (str(one.id), f"{one.name} · {one.post or one.department.name}")
            for one in directory.members(self.place.who.organisation_id)
            if Can.ASSIGN in rights_of(Role(role) for role in one.roles)
        ]
        self.choose("to", [("", _("请选择")), *people])


class CompleteForm(StepForm):
    """What the customer is to bring, and until when."""

    missing = Text(limit=2_000, lines=3, label=_("还缺什么"))
    due_at = Instant(required=False, label=_("请客户在什么时候以前补齐"))


class UnitForm(StepForm):
    """To another unit, with why."""

    unit = Text(limit=120, label=_("哪个单位"))
    reason = Text(limit=2_000, lines=3, label=_("原因"))


class ReferForm(StepForm):
    """Down to a unit that reports back."""

    optional = frozenset({"reason"})

    unit = Text(limit=120, label=_("下转给哪个单位"))
    due_at = Instant(required=False, label=_("什么时候报告"))
    reason = Text(limit=2_000, lines=2, label=_("要求与说明"))


def department_choices(organisation_id: Any) -> list[tuple[str, str]]:
    """All departments, those below others set in."""
    return [
        (str(one.id), "　" * getattr(one, "depth", 0) + one.name)
        for one in directory.departments(organisation_id)
    ]


def evening_in(at: datetime, days: int) -> datetime:
    """The end of a working day, so many days ahead."""
    local = timezone.localtime(at) + timedelta(days=days)
    return local.replace(hour=EVENING.hour, minute=EVENING.minute, second=0, microsecond=0)
