"""Mediation, decisions, and striking off on a ground of the pack."""

import json
from typing import Any

import pytest

from endings import REFUND, RULING, both_sign, drafted, line, put_up
from factories import NOON, House, accepted, fresh, later, make_case
from tingsu.cases.actions import (
    mediate,
    rule_on,
)
from tingsu.cases.actions.approve import approve, ask
from tingsu.cases.actions.close import end
from tingsu.cases.actions.mediate import Session
from tingsu.cases.actions.move import move
from tingsu.cases.actions.rule_on import Ruling
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.models import (
    Agreement,
    Approval,
    Case,
    Decision,
    Document,
    Event,
    Mediation,
    Signing,
)
from tingsu.core.lifecycle import Move


@pytest.fixture
def case(house: House) -> Case:
    return accepted(make_case(house, by="甲"), house)


@pytest.fixture
def by(house: House) -> Any:
    return house.actor("甲")


def test_mediation_in_sessions_until_both_sign(case: Case, by: Any) -> None:
    mediate.begin(case, by, NOON, text="电话里双方都同意调解")
    assert fresh(case).state == "mediating"
    told: dict[str, Any] = {
        "at": NOON, "way": "face", "mediators": "丁", "attended": "王小明；李经理",
        "complainant_said": "退三百", "respondent_said": "退一百",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        mediate.session(case, by, NOON, told=Session(**told, result="continue"))
    assert set(refused.value.fields) == {"next_at"}
    mediate.session(case, by, NOON, told=Session(**told, result="continue", next_at=later(days=2)))
    assert fresh(case).planned_at == later(days=2)
    mediate.session(case, by, later(days=2), told=Session(**told, result="agreed"))
    made = drafted(case, by, REFUND, kind="mediation")
    put_up(case, by, made)
    both_sign(case, by, made)
    assert Mediation.objects.get(case=case).state == "agreed"
    assert fresh(case).state == "executing"


def test_mediation_that_fails_ends_with_its_notice_and_its_clock(house: House) -> None:
    house.organisation.pack = "general"
    house.organisation.kind = "authority"
    house.organisation.save()
    case = accepted(make_case(house, by="甲", pack="general"), house)
    by = house.actor("甲")
    mediate.begin(case, by, NOON, text="都同意")
    with pytest.raises(Invalid):
        mediate.fail(case, by, NOON, reason="谈不拢", next_step="wait")
    mediate.fail(
        case, by, later(days=3),
        reason="谈不拢", next_step="terminate", ground="end.no_agreement",
    )  # fmt: skip
    assert Mediation.objects.get(case=case).state == "failed"
    paper = Document.objects.get(case=case, kind="mediation_end")
    assert json.loads(paper.typed)["reason"] == "谈不拢"
    assert "市场监督管理" in json.loads(paper.typed)["basis"]
    with pytest.raises(Refusal):
        mediate.session(case, by, NOON, told=Session(NOON, "face", "丁", "都来了", "failed"))


def test_where_the_pack_says_so_a_failed_mediation_goes_to_a_decision(house: House) -> None:
    case = accepted(make_case(house, by="甲"), house)
    by = house.actor("甲")
    mediate.begin(case, by, NOON, text="都同意")
    mediate.fail(case, by, NOON, reason="谈不拢", next_step="decide")
    assert fresh(case).state == "deciding"


def test_a_decision_says_facts_reasons_basis_and_makes_it_owed(case: Case, by: Any) -> None:
    with pytest.raises(Refusal) as early:
        rule_on.decide(case, by, NOON, ruling=RULING)
    assert early.value.code == "not_from_here"
    move(case, by, NOON, to=Move.INVESTIGATE)
    move(case, by, NOON, to=Move.DECIDE)
    with pytest.raises(Invalid) as refused:
        rule_on.decide(case, by, NOON, ruling=Ruling("", " ", "", ""))
    assert set(refused.value.fields) == {"found", "reasons", "basis", "terms"}
    rule_on.decide(case, by, NOON, ruling=RULING)
    row = Decision.objects.get(case=case)
    assert (row.amount, row.approval) == (30_000, None)
    assert row.document is not None
    assert row.document.kind == "decision", "every trade has a paper for it"
    assert RULING.terms in row.document.typed
    assert (fresh(case).state, fresh(case).owed_open) == ("executing", 1)
    rule_on.revoke(case, by, NOON, decision_id=row.id, reason="事实有误")
    assert (fresh(case).owed_open, line(case, "refund").state) == (0, "void")


def test_at_an_authority_the_head_signs_the_decision_and_the_paper_follows(house: House) -> None:
    house.organisation.packs, house.organisation.kind = ["tourism"], "authority"
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism")
    Case.objects.filter(id=case.id).update(state="deciding")
    case, by = fresh(case), house.actor("甲")
    with pytest.raises(NeedsApproval) as needed:
        rule_on.decide(case, by, NOON, ruling=RULING)
    asked = ask(case, by, NOON, planned=needed.value.planned)
    row = Approval.objects.get(case=case)
    approve(asked.case, house.actor("丁"), later(hours=2), approval_id=row.id, text="同意")
    decision = Decision.objects.get(case=case)
    assert decision.approval == row.id
    assert decision.document
    assert json.loads(decision.document.typed)["terms"] == "退还 300 元"
    assert decision.document.kind == "compensation"


def test_a_case_is_struck_off_on_a_ground_of_the_pack(house: House) -> None:
    house.organisation.packs, house.organisation.kind = ["tourism"], "authority"
    house.organisation.save()
    by = house.actor("主管")
    case = make_case(house, by="甲", pack="tourism")
    Case.objects.filter(id=case.id).update(state="investigating")
    case = fresh(case)
    with pytest.raises(Invalid):
        end(case, by, NOON, move=Move.CANCEL, reason="台风", ground="nothing")
    with pytest.raises(NeedsApproval) as needed:
        end(case, by, NOON, move=Move.CANCEL, reason="台风停航", ground="force_majeure")
    asked = ask(case, by, NOON, planned=needed.value.planned)
    approve(
        asked.case, house.actor("丁"), NOON,
        approval_id=Approval.objects.get(case=case).id, text="同意",
    )  # fmt: skip
    assert fresh(case).state == "cancelled"
    entry = Event.objects.get(case=case, kind="moved", data__to="cancelled")
    assert entry.data["ground"] == "force_majeure"
    paper = Document.objects.get(case=case, kind="cancellation")
    assert "不可抗力" in json.loads(paper.typed)["basis"]


def test_what_was_begun_is_void_when_the_customer_withdraws(case: Case, by: Any) -> None:
    made = drafted(case, by, REFUND)
    put_up(case, by, made)
    end(case, by, NOON, move=Move.WITHDRAW, reason="客户来电撤回", ground="own_wish")
    assert Agreement.objects.get(id=made).state == "void"
    assert set(Signing.objects.values_list("state", flat=True)) == {"withdrawn"}
