"""One complaint of each pack, from intake to archive, through the actions: with the papers, clocks
and signatures that the pack asks for (FU-1, CL-1, CL-2, HA-12, HA-14, HA-18)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from factories import NOON, House, fresh, make_case, make_house
from tingsu.cases.actions import (
    archive,
    callback,
    close,
    confirm,
    contact,
    document,
    escalate,
    mediate,
    move,
    perform,
    reply,
    restate,
    rule_on,
    serve,
    task,
)
from tingsu.cases.actions.callback import Heard
from tingsu.cases.actions.rule_on import Ruling
from tingsu.cases.errors import NeedsApproval
from tingsu.cases.models import (
    Approval,
    ArchiveEntry,
    CallBack,
    Clock,
    Document,
    Obligation,
    Task,
)
from tingsu.cases.verify import verify_case
from tingsu.core.ending import Line
from tingsu.core.lifecycle import Move
from tingsu.demo.signing import review_first, signed_off
from tingsu.documents.issuing import issue_draft, open_draft
from tingsu.people.actor import CUSTOMER

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Expected:
    """What the pack asks of a complaint that is founded and settled."""

    kind: str = "company"
    clocks: frozenset[str] = frozenset()  # rules that ran on the way
    papers: tuple[str, ...] = ()  # kinds that were proposed and issued
    signed: tuple[str, ...] = ()  # approvals
    calls: tuple[str, ...] = ("first",)
    told: dict[str, Any] = field(default_factory=dict)
    caller: str = ""  # the post of 主管
    duty: bool = False  # kept because it must be, not by own practice


class Walk:
    """A case on its way, and what time it is."""

    def __init__(self, house: House, pack: str, **told: Any) -> None:
        self.house, self.at = house, NOON
        self.case = make_case(
            house, by="甲", pack=pack, channel="phone", respondent_unit="云帆店",
            request="请查清并给个说法", address="杭州市西湖区文三路 1 号", **told,
        )  # fmt: skip

    def do(self, act: Any, *, hours: float = 2, **told: Any) -> Any:
        """The step by 甲; where it wants a signature 丁 gives it at once."""
        self.at += timedelta(hours=hours)
        self.case = fresh(self.case)
        by = self.house.actor("甲")
        try:
            return act(self.case, by, self.at, **told)
        except NeedsApproval as needed:
            return signed_off(self.case, by, self.at, needed, self.house.actor("丁"))

    def heard(self) -> None:
        self.do(contact.contact, direction="out", channel="phone", text="听他说完", reached=True)
        self.do(restate.restate, text="您是说……对吗？", confirmed=True)
        if fresh(self.case).for_head:
            escalate.instruct(fresh(self.case), self.house.actor("丁"), self.at, text="抓紧办")

    def accepted(self) -> None:
        review_first(fresh(self.case), self.house.actor("甲"), self.at, "accept")
        self.do(move.move, to=Move.ACCEPT)

    def acknowledged(self) -> None:
        """What every customer gets: begun by hand where the pack proposes none."""
        made = document.begin(fresh(self.case), self.house.actor("甲"), self.at,
                              kind="acknowledgement")[1]  # fmt: skip
        self.do(issue_draft, document_id=made, signatory="甲", checked_at="https://t/")
        self.do(serve.serve, document_id=made, to="complainant", way="hand", receiver="本人")

    def papers(self) -> None:
        """Every draft that was proposed and lacks nothing is issued and served on all it is for."""
        for draft in Document.objects.filter(case=self.case, state="draft").order_by("id"):
            self.case = fresh(self.case)
            opened = open_draft(self.case, draft.id, self.at)
            if opened.missing:
                continue
            self.do(issue_draft, document_id=draft.id, signatory="甲", checked_at="https://t/")
            for to in opened.kind.to:
                if to != "file":
                    self.do(serve.serve, document_id=draft.id, to=to, way="hand",
                            receiver="本人签收")  # fmt: skip

    def answered(self) -> None:
        self.do(move.move, to=Move.INVESTIGATE)
        self.do(reply.reply, text="已查清，是我们的错，今天改好。", kind="final")
        confirm.confirm(fresh(self.case), CUSTOMER, self.at, agreed=True, rating=5)

    def closed(self) -> None:
        self.do(close.close, verdict="founded")

    def called_back(self) -> None:
        while (
            row := CallBack.objects.filter(case=self.case, state="due").order_by("due_at").first()
        ):
            self.at = row.due_at
            self.do(callback.answered, hours=0, row_id=row.id, heard=Heard("satisfied", "满意"))

    def put_away(self) -> ArchiveEntry:
        self.do(archive.archive, place="A 柜")
        return ArchiveEntry.objects.get(case=self.case)


COMPANY = frozenset({"cn.cpl.dept", "cn.samr.accept", "cn.samr.mediate"})
PACKS: dict[str, Expected] = {
    "general": Expected(clocks=COMPANY),
    "telecom": Expected(clocks=COMPANY | {"cn.telecom.operator"}),
    # A major complaint waits for the head's instruction; a clash with staff is called back thrice.
    "property": Expected(
        clocks=COMPANY,
        calls=("first", "second", "third"),
        told={"respondent_person": "保安小刘", "severity": "major"},
    ),
    "hotel": Expected(clocks=COMPANY),
    "auto": Expected(clocks=COMPANY, caller="服务经理"),
    "computer": Expected(clocks=COMPANY, calls=("first", "working")),
    "retail": Expected(clocks=COMPANY),
    "tourism": Expected(
        kind="authority",
        clocks=frozenset(
            {"cn.cpl.dept", "cn.tour.mediate", "cn.tour.reply", "cn.tour.screen", "cn.tour.serve"}
        ),
        papers=("acceptance", "acceptance_respondent", "closing"),
        signed=("filing", "closing"),
        duty=True,
    ),
    "bank": Expected(
        clocks=COMPANY | {"cn.bank.simple"}, calls=("first", "major"), told={"severity": "major"}
    ),
}


@pytest.fixture
def walks(db: None, tmp_path: Path) -> Iterator[Callable[[str], Walk]]:
    """Begins the way of a pack in a house of its own kind."""

    def begin(pack: str) -> Walk:
        wanted = PACKS[pack]
        house = make_house()
        house.organisation.packs = list(PACKS)
        house.organisation.kind = wanted.kind
        house.organisation.save()
        if wanted.caller:
            house["主管"].post = wanted.caller
            house["主管"].save()
        return Walk(house, pack, **wanted.told)

    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield begin


@pytest.mark.parametrize("pack", PACKS)
def test_from_intake_to_archive(walks: Callable[[str], Walk], pack: str) -> None:
    wanted, walk = PACKS[pack], walks(pack)
    walk.acknowledged()
    walk.heard()
    walk.accepted()
    walk.papers()
    walk.answered()
    walk.closed()
    walk.papers()
    walk.called_back()
    row = walk.put_away()
    case = fresh(walk.case)

    clocks = Clock.objects.filter(case=case)
    assert set(clocks.values_list("rule", flat=True)) == wanted.clocks
    assert set(clocks.values_list("state", "late")) == {("met", False)}
    issued = Document.objects.filter(case=case, state="issued").order_by("issued_at")
    assert [one.kind for one in issued] == ["acknowledgement", *wanted.papers]
    approvals = Approval.objects.filter(case=case).order_by("id")
    assert [(one.kind, one.state) for one in approvals] == [
        (kind, "approved") for kind in wanted.signed
    ]
    calls = CallBack.objects.filter(case=case).order_by("due_at")
    assert tuple(one.rule for one in calls) == wanted.calls
    assert {one.result for one in calls} == {"satisfied"}
    assert row.keep_until == date(2029, 9, localdate(row.closed_at).day)
    assert row.rule["house"] is not wanted.duty
    assert (case.state, case.verdict, case.open) == ("archived", "founded", False)
    assert verify_case(case) is None


@pytest.mark.parametrize(("pack", "rule"), [("auto", "first"), ("bank", "major")])
def test_who_calls_back(walks: Callable[[str], Walk], pack: str, rule: str) -> None:
    """At a dealer's the manager in person; after a major complaint at a bank somebody above."""
    walk = walks(pack)
    walk.heard()
    walk.accepted()
    walk.answered()
    walk.closed()
    call = CallBack.objects.get(case=walk.case, rule=rule)
    assert call.caller_id == walk.house["主管"].id


def test_the_longest_road(walks: Callable[[str], Walk]) -> None:
    """Refused, reopened, mediated in vain, decided, carried out, closed; not content at the
    call-back, mended by a department, content at the second; put away."""
    walk = walks("general")
    head = walk.house.actor("丁")
    walk.heard()
    close.end(fresh(walk.case), head, walk.at, move=Move.REFUSE, reason="不是我们的事")
    assert fresh(walk.case).state == "refused"
    walk.at += timedelta(days=1)
    close.reopen(fresh(walk.case), head, walk.at, reason="查明是我们承包的")
    walk.heard()
    walk.do(move.move, to=Move.INVESTIGATE)
    walk.do(mediate.begin, text="双方都同意，由中心主持")
    told = mediate.Session(
        at=walk.at, way="face", mediators="丁", attended="王小明、云帆店", result="failed",
        complainant_said="要退一千", respondent_said="只退一百",
    )  # fmt: skip
    walk.do(mediate.session, told=told)
    walk.do(mediate.fail, reason="数额谈不拢", next_step="decide")
    assert fresh(walk.case).state == "deciding"
    lines = (Line("refund", "退还物业费", 30_000), Line("apology", "经理当面道歉"))
    ruling = Ruling("电梯三次停运", "维保不到位", "合同第八条", "退还三百元并道歉", 30_000, lines)
    walk.do(rule_on.decide, ruling=ruling)
    assert fresh(walk.case).state == "executing"
    for row in Obligation.objects.filter(case=walk.case).order_by("fen"):
        doing = perform.Doing(fen=row.fen, reference="银行流水 77", who="经理", how="上门")
        walk.do(perform.perform, obligation_id=row.id, doing=doing)
    walk.do(reply.reply, text="已退三百元，经理已上门道歉。", kind="final")
    confirm.confirm(fresh(walk.case), CUSTOMER, walk.at, agreed=True, rating=3)
    walk.closed()
    first = CallBack.objects.get(case=walk.case, state="due")
    walk.at = first.due_at
    heard = Heard("dissatisfied", "电梯门还是响", "task", department=walk.house.second,
                  due_at=walk.at + timedelta(days=2))  # fmt: skip
    walk.do(callback.answered, hours=0, row_id=first.id, heard=heard)
    answer = Task.objects.get(case=walk.case, state="open")
    task.answer(fresh(walk.case), walk.house.actor("乙"), walk.at, task_id=answer.id, text="已换")
    walk.called_back()
    kept = walk.put_away()
    case = fresh(walk.case)
    results = [one.result for one in CallBack.objects.filter(case=case).order_by("due_at")]
    assert results[-2:] == ["dissatisfied", "satisfied"]
    assert (case.state, case.round, kept.round) == ("archived", 2, 2)
    assert case.owed_open == 0
    assert verify_case(case) is None
