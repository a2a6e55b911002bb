"""The forms of an investigation: parsing only. The actions decide and refuse."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tingsu.cases import inquiry_words as words
from tingsu.cases.queries import investigation as queries
from tingsu.people import directory
from tingsu.people.permission import Can, Role, rights_of
from tingsu.web.case.fields import Choice, Instant, Tick
from tingsu.web.case.forms import StepForm, evening_in
from tingsu.web.labels_ending import SIGNERS
from tingsu.web.portal.fields import Files, Text

TALK = 20_000


class MemberForm(StepForm):
    """One member of the house."""

    member = Choice(label=_("哪一位"))
    right: ClassVar[Can] = Can.RECORD
    tied: ClassVar[bool] = False  # whether those who keep away are offered too

    def prepare(self) -> None:
        case = self.place.case
        people = directory.members(case.organisation_id) if self.tied else queries.able(case)
        offered = [
            (str(one.id), f"{one.name} · {one.department.name}")
            for one in people
            if self.right in rights_of(Role(role) for role in one.roles)
        ]
        self.choose("member", [("", _("请选择")), *offered])


class PointForm(MemberForm):
    """One thing to be found out, by whom, by when."""

    optional: ClassVar[frozenset[str]] = frozenset({"member", "due_at"})
    field_order = ("what", "member", "due_at")

    what = Text(limit=400, lines=2, label=_("要查清什么"))
    due_at = Instant(required=False, label=_("什么时候以前"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].label = _("谁去查")


class PointEndForm(StepForm):
    """What was found out."""

    result = Text(limit=TALK, lines=4, label=_("查到了什么"))
    dropped = Tick(label=_("不用查了，上面写的是原因"))


class ReasonForm(StepForm):
    """Why, where it need not be said."""

    optional = frozenset({"reason"})

    reason = Text(limit=400, lines=2, label=_("原因"))


class InvolvedForm(MemberForm):
    """Who had part in the matter, and which."""

    right = Can.DESK
    tied = True

    reason = Text(limit=2_000, lines=3, label=_("和这件事有什么关系"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].initial = self.place.row


class NamesakeForm(InvolvedForm):
    """Who only shares the name."""

    reason = Text(limit=2_000, lines=3, label=_("怎样确认不是同一个人"))


class RecusalForm(MemberForm):
    """Who is to keep away, who wants it, and why."""

    right = Can.DESK
    tied = True
    field_order = ("member", "asked_for", "reason")

    asked_for = Choice(list(words.ASKERS.items()), strip=True, initial="self", label=_("谁申请的"))
    reason = Text(limit=2_000, lines=3, label=_("理由"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["member"].label = _("谁回避")
        self.fields["member"].initial = str(self.place.who.member_id)


class DecideForm(StepForm):
    """Granted or not."""

    granted = Choice((("yes", _("同意回避")), ("no", _("不同意"))), strip=True, label=_("决定"))
    reason = Text(limit=2_000, lines=3, label=_("理由"))


class TalkForm(StepForm):
    """A talk: with whom, when, where, who else was there, questions and answers."""

    optional: ClassVar[frozenset[str]] = frozenset({"where", "present", "files"})

    person = Text(limit=120, label=_("和谁谈的"))
    capacity = Choice(list(words.CAPACITIES.items()), strip=True, label=_("对方的身份"))
    held_at = Instant(required=False, label=_("什么时候谈的"))
    where = Text(limit=200, label=_("在哪里"))
    present = Text(limit=1_000, lines=2, label=_("还有谁在场，一行一位"))
    text = Text(limit=TALK, lines=7, label=_("问和答"))
    files = Files(required=False, label=_("录音或照片"))  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["held_at"].initial = self.place.at
        self.fields["text"].help_text = _(
            "一行以「问：」开头，下一行以「答：」开头；没写完的接着往下写。"
        )


class SpotForm(TalkForm):
    """A check on the spot, with the visitor."""

    text = Text(limit=TALK, lines=7, label=_("核对了什么，看到什么"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["person"].label = _("和谁一起核对")
        self.fields["held_at"].label = _("什么时候核对的")
        self.fields["capacity"].initial = "complainant"
        self.fields["text"].help_text = _("一行一样，例如「维保登记本：9 月缺一页」。")
        party = self.place.case.party
        if party and Can.UNMASK in self.place.who.rights:
            self.fields["person"].initial = party.name


class ReadForm(StepForm):
    """What the person wanted put right."""

    optional = frozenset({"corrections"})

    corrections = Text(limit=2_000, lines=3, label=_("对方要更正的地方"))


class SignForm(StepForm):
    """Who is to sign."""

    name = Text(limit=60, label=_("请谁签字"))
    role = Choice([(code, one.word) for code, one in SIGNERS.items()], strip=True, label=_("身份"))


class EvidenceForm(StepForm):
    """What it is, from whom, since when, where it lies."""

    optional: ClassVar[frozenset[str]] = frozenset(
        {"giver_name", "given_at", "kept_at", "shows", "files"}
    )

    what = Text(limit=200, label=_("是什么"))
    kind = Choice(list(words.EVIDENCE.items()), initial="document", label=_("种类"))
    giver = Choice(list(words.GIVERS.items()), strip=True, initial="complainant", label=_("谁给的"))
    giver_name = Text(limit=120, label=_("姓名或单位"))
    given_at = Instant(required=False, label=_("什么时候给的"))
    original = Choice(
        (("no", _("复制件")), ("yes", _("原件"))),
        strip=True,
        initial="no",
        label=_("原件还是复制件"),
    )
    kept_at = Text(limit=200, label=_("原件或实物放在哪里"))
    shows = Text(limit=2_000, lines=2, label=_("能说明什么"))
    files = Files(required=False, label=_("文件"))  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["given_at"].initial = self.place.at


class HandOnForm(StepForm):
    """To whom it went, and where it lies."""

    optional = frozenset({"note"})

    to = Text(limit=120, label=_("交给谁"))
    kept_at = Text(limit=200, label=_("现在放在哪里"))
    note = Text(limit=400, lines=2, label=_("说明"))


class AskForm(StepForm):
    """Who answers, and until when."""

    unit = Text(limit=120, label=_("请谁答复"))
    due_at = Instant(required=False, label=_("什么时候以前"))

    def prepare(self) -> None:
        case, at = self.place.case, self.place.at
        self.fields["unit"].initial = case.respondent_unit
        self.fields["due_at"].initial = queries.answer_due(case, at) or evening_in(at, 5)


class RespondForm(StepForm):
    """The answer in the four parts of HA-5, as it came on paper or from the unit itself."""

    optional: ClassVar[frozenset[str]] = frozenset(
        {"responsibility", "remedy", "files", "answered_at"}
    )

    unit = Text(limit=120, label=_("答复的单位"))
    person = Text(limit=200, label=_("答复人、职务、电话"))
    answered_at = Instant(required=False, label=_("什么时候收到的"))
    about = Text(limit=2_000, lines=2, label=_("被投诉的是什么事"))
    facts = Text(limit=10_000, lines=5, label=_("调查核实的事实和证据"))
    responsibility = Text(limit=5_000, lines=2, label=_("怎么看责任"))
    remedy = Text(limit=5_000, lines=2, label=_("打算怎么处理"))
    files = Files(required=False, label=_("证据材料"))  # type: ignore[assignment]

    def prepare(self) -> None:
        who = self.place.who
        self.fields["unit"].initial = self.place.case.respondent_unit
        if Can.RECORD not in who.rights:  # the unit itself, now
            del self.fields["answered_at"]
            self.fields["unit"].initial = who.department_name
            self.fields["person"].initial = f"{who.name} {who.post}".strip()
