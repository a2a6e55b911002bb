"""The forms of endings that open in the dialog: parsing and first values. The actions decide."""

from contextlib import suppress
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions.mediate import WAYS
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import ending as queries
from tingsu.core.ending import RESULTS, proof_of
from tingsu.people import directory
from tingsu.people.permission import NotThere
from tingsu.web.case.fields import Choice, Instant, Tick
from tingsu.web.case.forms import ReasonForm, StepForm
from tingsu.web.case.step import uuid_of
from tingsu.web.case.words import language
from tingsu.web.labels_ending import GIVES, MEDIATED, NEXT, SESSIONS
from tingsu.web.portal.fields import Files, Money, Text


def _choices(table: Any, codes: Any) -> list[tuple[str, Any]]:
    return [(code, table[code].word) for code in codes]


class GroundForm(ReasonForm):
    """By which of the pack's grounds, and the reason in words."""

    optional = frozenset({"ground"})
    move = ""

    ground = Choice(label=_l("依据"))

    def prepare(self) -> None:
        found = queries.grounds(self.place.case, self.move)
        self.choose(
            "ground", [("", _("其他")), *((one.id, one.label(language())) for one in found)]
        )
        if not found:
            del self.fields["ground"]
        self.order_fields(["ground", "reason"])


class CancelForm(GroundForm):
    """Struck off."""

    move = "cancel"


class WithdrawForm(GroundForm):
    """Taken back by the customer."""

    move = "withdraw"


class PutUpForm(StepForm):
    """Who signs for each side."""

    title = Text(limit=120, label=_l("文书名称"))
    complainant_name = Text(limit=60, label=_l("投诉人一方谁签"))
    respondent_name = Text(limit=60, label=_l("被投诉方谁签"))

    def prepare(self) -> None:
        case = self.place.case
        self.fields["complainant_name"].initial = case.party.name if case.party else ""
        kind = "settlement"
        with suppress(Refusal, NotThere):  # a row that is none: the action says so
            kind = queries.agreement(case, uuid_of(self.place.row, "row")).kind
        self.fields["title"].initial = _("调解协议") if kind == "mediation" else _("和解协议")


class MediateForm(StepForm):
    """That both want it."""

    text = Text(limit=2_000, lines=3, label=_l("双方怎样同意的"))


class SessionForm(StepForm):
    """One meeting."""

    optional: ClassVar[frozenset[str]] = frozenset(
        {"place_of", "complainant_said", "respondent_said", "note", "next_at"}
    )

    held_at = Instant(required=False, label=_l("什么时候"))
    way = Choice(_choices(SESSIONS, WAYS), strip=True, label=_l("怎样进行"))
    place_of = Text(limit=200, label=_l("在哪里"))
    mediators = Text(limit=200, label=_l("谁主持"))
    attended = Text(limit=400, lines=2, label=_l("双方谁到场"))
    complainant_said = Text(limit=5_000, lines=2, label=_l("投诉人的意见"))
    respondent_said = Text(limit=5_000, lines=2, label=_l("被投诉方的意见"))
    result = Choice(_choices(MEDIATED, RESULTS), strip=True, label=_l("这一场的结果"))
    next_at = Instant(required=False, label=_l("下一场什么时候"))
    note = Text(limit=5_000, lines=2, label=_l("说明"))

    def prepare(self) -> None:
        self.fields["held_at"].initial = self.place.at
        self.fields["way"].initial = "face"
        self.fields["result"].initial = "continue"
        self.fields["mediators"].initial = self.place.who.name


class FailForm(StepForm):
    """Why, and what comes next."""

    optional = frozenset({"ground"})

    ground = Choice(label=_l("依据"))
    reason = Text(limit=2_000, lines=3, label=_l("为什么调解不成"))
    next_step = Choice(strip=True, label=_l("接下来"))

    def prepare(self) -> None:
        book, on = queries.book(self.place.case)
        found = book.grounds("end_mediation", on)
        self.choose(
            "ground", [("", _("其他")), *((one.id, one.label(language())) for one in found)]
        )
        if not found:
            del self.fields["ground"]
        codes = book.after_mediation(on)
        self.choose("next_step", _choices(NEXT, codes))
        self.fields["next_step"].initial = codes[0]


class PerformForm(StepForm):
    """What was done, and what proves it: the fields fit what is owed."""

    optional: ClassVar[frozenset[str]] = frozenset({"files", "done_at", "last", "reference"})

    eased: tuple[str, ...] = ()  # optional for what this very line is

    done_at = Instant(required=False, label=_l("什么时候"))
    fen = Money(limit=20, label=_l("付了多少（元）"))
    reference = Text(limit=120, label=_l("付款凭证号"))
    who = Text(limit=120, label=_l("由谁说的、谁去的"))
    how = Text(limit=400, lines=2, label=_l("怎么做的：时间、地点、方式"))
    last = Tick(label=_l("这一项都做完了"))
    files = Files(required=False, label=_l("凭证、照片"))  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["done_at"].initial = self.place.at
        self.fields["last"].initial = True
        row = _row(self)
        kind = proof_of(row.gives) if row else "other"
        money = kind == "payment" and row is not None and row.fen > 0
        if kind != "words":
            del self.fields["who"]
        if money:
            del self.fields["last"]
            self.fields["fen"].initial = f"{(row.fen - row.done_fen) / 100:.2f}" if row else ""
            self.eased = ("how",)
            return
        del self.fields["reference"]
        if row is None or row.source != "extra":
            del self.fields["fen"]
        else:
            self.fields["fen"].label = _("实际花费（元）")
            self.eased = ("fen",)

    def _mark(self) -> None:
        super()._mark()
        for name in self.eased:
            self.fields[name].required = False


class RefuseForm(StepForm):
    """They will not do it."""

    optional = frozenset({"ground"})

    ground = Choice(label=_l("哪一种"))
    reason = Text(limit=2_000, lines=3, label=_l("对方怎么说，我们怎么办"))

    def prepare(self) -> None:
        found = queries.grounds(self.place.case, "refuse_to_perform")
        self.choose(
            "ground", [("", _("其他")), *((one.id, one.label(language())) for one in found)]
        )


class OwedForm(StepForm):
    """Another day, another person."""

    optional = frozenset({"member"})

    due_at = Instant(required=False, label=_l("改到什么时候"))
    member = Choice(label=_l("谁负责"))
    reason = Text(limit=400, lines=2, label=_l("为什么改"))

    def prepare(self) -> None:
        self.choose("member", [("", _("没有指定")), *_people(self.place.who)])
        if row := _row(self):
            self.fields["due_at"].initial = row.due_at
            self.fields["member"].initial = str(row.member_id or "")


class ExtraForm(StepForm):
    """Beyond what is owed."""

    optional = frozenset({"cost", "due_at", "member"})

    gives = Choice(
        [(code, one.word) for code, one in GIVES.items() if code != "payment"],
        label=_l("做什么"),
    )
    words = Text(limit=400, label=_l("具体内容"))
    cost = Money(limit=20, label=_l("预计花费（元）"))
    due_at = Instant(required=False, label=_l("什么时候前做到"))
    member = Choice(label=_l("谁负责"))
    reason = Text(limit=2_000, lines=2, label=_l("为什么多做这一点"))

    def prepare(self) -> None:
        self.fields["gives"].initial = "visit"
        self.choose("member", [("", _("没有指定")), *_people(self.place.who)])


class AgainForm(StepForm):
    """The words of the reminder; left empty, our own."""

    optional = frozenset({"text"})

    text = Text(limit=2_000, lines=4, label=_l("写给客户的话"))


def _people(who: Any) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in directory.members(who.organisation_id)]


def _row(form: StepForm) -> Any:
    """The line that the form is about, None for one that is not there."""
    try:
        return queries.obligation(form.place.case, uuid_of(form.place.row, "row"))
    except (NotThere, Refusal):  # the action says what is wrong with it
        return None
