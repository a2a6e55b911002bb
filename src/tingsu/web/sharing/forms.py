"""Forms of shared work: parsing only. The actions decide and refuse."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tingsu.cases import assigning
from tingsu.cases.actions.limits import BREAKS
from tingsu.cases.intake import LIMITS
from tingsu.packs import say
from tingsu.packs.escalation import ESCALATION
from tingsu.people import directory
from tingsu.people.permission import Can, Role, rights_of
from tingsu.people.rulebook import case_pack
from tingsu.web.case.fields import Choice, Instant, Tick
from tingsu.web.case.forms import AssignForm, StepForm, department_choices
from tingsu.web.portal.fields import Text
from tingsu.web.sharing import labels as shared
from tingsu.web.sharing.words import CONSENTS, language, why

OFFERED = 3


class OfferForm(AssignForm):
    """To whom: the three who fit best first, each with why."""

    def prepare(self) -> None:
        super().prepare()
        case = self.place.case
        found = assigning.near(case, self.place.at)[:OFFERED]
        self.offers = [(one.candidate.name, why(one, case)) for one in found]
        if found and not self.is_bound and not case.owner_id:
            self.initial.setdefault("to", f"m:{found[0].candidate.id}")


class AcceptForm(StepForm):
    """Mine, or by a supervisor somebody else's."""

    optional = frozenset({"to", "text"})

    to = Choice(label=_("由谁办"))
    text = Text(limit=2_000, lines=2, label=_("交代几句"))

    def prepare(self) -> None:
        if Can.ASSIGN not in self.place.who.rights:
            del self.fields["to"]
            return
        house = self.place.who.organisation_id
        people = [
            (f"m:{one.id}", f"{one.name} · {one.department.name}")
            for one in directory.members(house)
            if Can.HANDLE in rights_of(Role(role) for role in one.roles)
        ]
        queues = [(f"d:{code}", name) for code, name in department_choices(house)]
        self.choose(
            "to",
            [("", _("我自己办")), (_("交给同事"), people), (_("交给部门，由他们接手"), queues)],
        )


class PassForm(StepForm):
    """To which department, and why."""

    department = Choice(label=_("请哪个部门接办"))
    reason = Text(limit=2_000, lines=3, label=_("为什么该由他们办"))

    def prepare(self) -> None:
        choices = department_choices(self.place.who.organisation_id)
        here = str(self.place.case.queue_id or "")
        self.choose("department", [("", _("请选择")), *(one for one in choices if one[0] != here)])


class RedirectForm(StepForm):
    """A task to another department or person."""

    optional = frozenset({"assignee", "due_at"})

    department = Choice(label=_("转给哪个部门"))
    assignee = Choice(label=_("指定到人"))
    reason = Text(limit=2_000, lines=2, label=_("为什么该由他们办"))
    due_at = Instant(required=False, label=_("新的时间（不改就留空）"))

    def prepare(self) -> None:
        house = self.place.who.organisation_id
        self.choose("department", [("", _("请选择")), *department_choices(house)])
        people = [
            (str(one.id), f"{one.name} · {one.department.name}") for one in directory.members(house)
        ]
        self.choose("assignee", [("", _("由部门安排")), *people])


class ResponsibleForm(StepForm):
    """Who answers for what, on which grounds."""

    optional = frozenset({"member"})

    kind = Choice(
        [(code, one.word) for code, one in shared.RESPONSIBLE.items()],
        strip=True,
        initial="cause",
        label=_("认定哪一种责任"),
    )
    department = Choice(label=_("责任部门"))
    member = Choice(label=_("责任人（清楚时才填）"))
    reason = Text(limit=2_000, lines=3, label=_("依据"))

    def prepare(self) -> None:
        house = self.place.who.organisation_id
        self.choose("department", [("", _("请选择")), *department_choices(house)])
        people = [
            (str(one.id), f"{one.name} · {one.department.name}") for one in directory.members(house)
        ]
        self.choose("member", [("", _("不到人")), *people])


class SettleForm(StepForm):
    """It stands, or it is lifted."""

    stands = Choice(
        (("yes", _("认定成立")), ("no", _("撤销认定"))),
        strip=True,
        initial="yes",
        label=_("怎么定"),
    )
    text = Text(limit=2_000, lines=3, label=_("理由"))


class NeedsForm(StepForm):
    """What the customer needs, kept once they agreed."""

    optional = frozenset({"kinds", "words", "consent"})

    kinds = forms.MultipleChoiceField(
        required=False, label=_("哪些需要"), widget=forms.CheckboxSelectMultiple
    )
    words = Text(limit=LIMITS["needs"], lines=2, label=_("具体怎么照顾"))
    consent = Choice([("", _("请选择")), *CONSENTS.items()], label=_("客户知道我们记下来吗"))

    def prepare(self) -> None:
        case = self.place.case
        pack = case_pack(case)
        known = ESCALATION.of(pack).needs(pack.calendar.day_of(case.received_at))
        self.choose("kinds", [(one.id, say(one.labels, language())) for one in known])
        self.asking = [say(ask, language()) for one in known for ask in one.ask][:2]
        if case.party and not self.is_bound:
            self.initial = {
                "kinds": case.party.need_kinds,
                "words": case.party.needs,
                **self.initial,
            }


class LimitForm(StepForm):
    """Abuse, the limit with its words, the next appointment."""

    optional = frozenset({"words", "ended", "again_at"})

    happened = Text(limit=2_000, lines=3, label=_("对方说了什么、做了什么（照实写）"))
    words = Text(limit=400, lines=2, label=_("我们怎样言明底线"))
    ended = Tick(label=_("这次谈话就此结束"))
    again_at = Instant(required=False, label=_("约好下次什么时候谈"))


class BreakForm(StepForm):
    """A pause in the talk."""

    optional = frozenset({"words"})

    minutes = Choice(
        [(str(n), str(n)) for n in BREAKS], strip=True, initial="10", label=_("歇几分钟")
    )
    words = Text(limit=400, lines=2, label=_("怎么跟客户说的"))


class TurnForm(StepForm):
    """A colleague goes on with the talk."""

    optional = frozenset({"words"})

    to = Choice(label=_("请谁接着谈"))
    words = Text(limit=400, lines=2, label=_("交代几句"))

    def prepare(self) -> None:
        own = self.place.who.member_id
        people = [
            (str(one.id), f"{one.name} · {one.department.name}")
            for one in directory.members(self.place.who.organisation_id)
            if one.id != own and Can.RECORD in rights_of(Role(role) for role in one.roles)
        ]
        self.choose("to", [("", _("请选择")), *people])


class AgreeForm(forms.Form):
    """The unit's word on its responsibility."""

    use_required_attribute = False
    agrees = Choice(
        (("yes", _("认可")), ("no", _("有异议"))), strip=True, label=_("我们的意见"), initial="yes"
    )
    text = Text(limit=2_000, lines=2, label=_("说明（有异议时要写）"))
