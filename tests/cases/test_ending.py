"""Agreements that both sign, what is owed until it is done, and nothing closed before."""

import json
from io import BytesIO
from typing import Any

import pytest

from endings import FRAUD, REFUND, both_sign, doing, drafted, line, put_up
from factories import NOON, House, accepted, fresh, kinds, later, make_case
from hands import stroke
from tingsu import work
from tingsu.cases._owed import lines_of
from tingsu.cases.actions import (
    agree,
    perform,
    sign,
    take_on,
)
from tingsu.cases.actions.attach import Given
from tingsu.cases.actions.close import close
from tingsu.cases.actions.remedy import propose
from tingsu.cases.actions.sign import Hand
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import (
    Agreement,
    Calculation,
    Case,
    Document,
    Event,
    Obligation,
    Performance,
    Signing,
)
from tingsu.core.ending import Line
from tingsu.people.actor import CUSTOMER


@pytest.fixture
def case(house: House) -> Case:
    return accepted(make_case(house, by="甲"), house)


@pytest.fixture
def by(house: House) -> Any:
    return house.actor("甲")


def test_an_agreement_makes_its_lines_owed_once_both_have_signed(case: Case, by: Any) -> None:
    made = drafted(case, by)
    put_up(case, by, made)
    first, second = Signing.objects.filter(subject=made).order_by("id")
    assert first.text_hash == second.text_hash
    sign.sign(case, by, NOON, signing_id=first.id, hand=Hand("王小明", True, stroke()))
    assert not Obligation.objects.exists()
    sign.sign(case, CUSTOMER, later(hours=1), signing_id=second.id, hand=Hand("李经理", True))
    row = Agreement.objects.get(id=made)
    assert (row.state, row.signed_at) == ("signed", later(hours=1))
    now = fresh(case)
    assert (now.state, now.owed_open, now.ending) == ("executing", 2, True)
    assert line(case, "refund").due_at > later(days=6)
    assert now.next_at is not None
    assert kinds(case)[-5:] == ["signed", "agreed", "owed", "owed", "moved"]


def test_the_paper_of_the_agreement_carries_its_terms(case: Case, by: Any) -> None:
    made = drafted(case, by)
    put_up(case, by, made)
    paper = Agreement.objects.get(id=made).document
    assert paper
    assert json.loads(paper.typed)["terms"] == "一、退还 300 元。"
    assert fresh(case).papers == Document.objects.filter(case=case).count()


def test_another_text_is_signed_anew(case: Case, by: Any) -> None:
    made = drafted(case, by)
    put_up(case, by, made)
    row = Signing.objects.filter(subject=made).order_by("id").first()
    assert row
    sign.sign(case, by, NOON, signing_id=row.id, hand=Hand("王小明", True, stroke()))
    agree.change(case, by, NOON, agreement_id=made, text="一、退还 500 元。", lines=[REFUND])
    assert Agreement.objects.get(id=made).state == "draft"
    put_up(case, by, made)
    both_sign(case, by, made)
    assert Obligation.objects.filter(case=case).count() == 1


def test_a_side_that_will_not_sign_opens_the_text_again(case: Case, by: Any) -> None:
    made = drafted(case, by)
    put_up(case, by, made)
    first, second = Signing.objects.filter(subject=made).order_by("id")
    sign.decline(case, CUSTOMER, NOON, signing_id=first.id, text="金额不对")
    assert Agreement.objects.get(id=made).state == "draft"
    second.refresh_from_db()
    assert second.state == "withdrawn"
    with pytest.raises(Refusal):
        sign.sign(case, by, NOON, signing_id=second.id, hand=Hand("李经理", True))


def test_what_is_wrong_with_a_line_is_said_with_its_number(case: Case, by: Any) -> None:
    wrong = (Line("refund", " "), Line("refund", "退", -1), Line("refund", "退", 1, "nobody"))
    with pytest.raises(Invalid) as refused:
        drafted(case, by, *wrong)
    assert set(refused.value.fields) == {"lines"}
    assert "第 3 项" in refused.value.fields["lines"]
    with pytest.raises(Invalid):
        drafted(case, by, text=" ")


def test_one_agreement_at_a_time_and_a_void_one_makes_room(case: Case, by: Any) -> None:
    made = drafted(case, by)
    with pytest.raises(Refusal):
        drafted(case, by)
    agree.give_up(case, by, NOON, agreement_id=made, reason="客户改变了主意")
    drafted(case, by)


def test_an_agreement_of_a_proposal_settles_the_proposal(case: Case, by: Any) -> None:
    propose(case, by, NOON, asking=FRAUD)
    row = Calculation.objects.get(case=case)
    (owed,) = lines_of(row)
    assert (owed.gives, owed.fen) == ("penalty", 50_000)
    made = drafted(case, by, owed, calculation=row.id)
    put_up(case, by, made)
    both_sign(case, by, made)
    row.refresh_from_db()
    assert row.state == "agreed"


def test_a_proposal_is_carried_out_line_by_line(case: Case, by: Any) -> None:
    propose(case, by, NOON, asking=FRAUD)
    row = Calculation.objects.get(case=case)
    take_on.begin(case, by, NOON, calculation=row.id)
    owed = line(case, "penalty")
    perform.perform(
        case, by, later(days=1),
        obligation_id=owed.id, doing=doing(fen=20_000, reference="银行流水 8801"),
    )  # fmt: skip
    owed.refresh_from_db()
    assert (owed.state, owed.done_fen) == ("open", 20_000)
    assert kinds(case)[-1] == "performed_part"
    with pytest.raises(Invalid) as refused:
        perform.perform(
            case, by, later(days=1), obligation_id=owed.id, doing=doing(fen=30_001, reference="x")
        )
    assert set(refused.value.fields) == {"fen"}
    perform.perform(
        case, by, later(days=2), obligation_id=owed.id, doing=doing(fen=30_000, reference="8802")
    )
    row.refresh_from_db()
    assert (row.state, row.done_at, fresh(case).owed_open) == ("done", later(days=2), 0)
    with pytest.raises(Refusal):
        perform.perform(case, by, later(days=2), obligation_id=owed.id, doing=doing(fen=1))


@pytest.mark.parametrize(
    ("owed", "told", "missing"),
    [
        (("refund", 100), {}, {"fen", "reference"}),
        (("refund", 100), {"fen": 100}, {"reference"}),
        (("apology", 0), {"who": "经理"}, {"how"}),
        (("apology", 0), {"how": "当面"}, {"who"}),
        (("repair", 0), {}, {"how"}),
        (("gift", 0), {}, {"how"}),
        (("other", 0), {}, {"how"}),
    ],
)
def test_nothing_is_done_without_proof(
    case: Case, by: Any, owed: tuple[str, int], told: dict[str, Any], missing: set[str]
) -> None:
    gives, fen = owed
    made = drafted(case, by, Line(gives, "一项", fen))
    put_up(case, by, made)
    both_sign(case, by, made)
    with pytest.raises(Invalid) as refused:
        perform.perform(case, by, NOON, obligation_id=line(case, gives).id, doing=doing(**told))
    assert set(refused.value.fields) == missing


def test_a_voucher_is_kept_with_the_case_and_names_stay_sealed(case: Case, by: Any) -> None:
    made = drafted(case, by)
    put_up(case, by, made)
    both_sign(case, by, made)
    file = Given("回单.png", len(stroke()), BytesIO(stroke()))
    perform.perform(
        case, by, NOON, obligation_id=line(case, "refund").id, doing=doing(fen=30_000, file=file)
    )
    perform.perform(
        case, by, NOON,
        obligation_id=line(case, "apology").id, doing=doing(who="李经理", how="上门，当面"),
    )  # fmt: skip
    assert Performance.objects.exclude(file=None).count() == 1
    told = str(list(Event.objects.filter(case=case).values_list("data", flat=True)))
    assert "李经理" not in told
    assert fresh(case).owed_open == 0


def test_no_closing_while_anything_is_open(case: Case, by: Any) -> None:
    made = drafted(case, by)

    def missing() -> set[str]:
        with pytest.raises(Invalid) as refused:
            close(case, by, NOON, verdict="founded", reason="电话确认")
        return set(refused.value.fields)

    assert missing() == {"agreements"}
    put_up(case, by, made)
    both_sign(case, by, made)
    assert missing() == {"owed"}
    perform.refuse(case, by, NOON, obligation_id=line(case, "refund").id, reason="说没有钱")
    assert missing() == {"owed"}
    perform.waive(
        case, by, NOON, obligation_id=line(case, "refund").id, reason="客户同意改为减免物业费"
    )
    perform.perform(
        case, by, NOON, obligation_id=line(case, "apology").id, doing=doing(who="经理", how="当面")
    )
    propose(case, by, NOON, asking=FRAUD)
    assert missing() == {"proposals"}
    take_on.drop(
        case, by, NOON, calculation=Calculation.objects.get(case=case).id, reason="已另行解决"
    )
    close(case, by, NOON, verdict="founded", reason="电话确认")
    assert fresh(case).state == "closed"


def test_refused_then_put_off_then_done(case: Case, by: Any, house: House) -> None:
    made = drafted(case, by, REFUND)
    put_up(case, by, made)
    both_sign(case, by, made)
    owed = line(case, "refund")
    with pytest.raises(Invalid):
        perform.refuse(case, by, NOON, obligation_id=owed.id, reason="x", ground="none such")
    perform.refuse(
        case, by, NOON, obligation_id=owed.id, reason="月底才有钱", ground="refuse.funds"
    )
    assert fresh(case).planned_at == NOON
    perform.change(
        case, by, NOON, obligation_id=owed.id, due_at=later(days=9),
        member=house["乙"].id, reason="月底付",
    )  # fmt: skip
    owed.refresh_from_db()
    assert (owed.state, owed.due_at, owed.member_id) == ("open", later(days=9), house["乙"].id)


def test_what_is_late_is_told_once_and_stands_on_the_desk(case: Case, by: Any) -> None:
    made = drafted(case, by, REFUND)
    put_up(case, by, made)
    both_sign(case, by, made)
    owed = line(case, "refund")
    after = later(days=30)
    assert work.endings(after)
    assert not work.endings(after)
    assert kinds(case).count("owed_late") == 1
    now = fresh(case)
    assert now.next_at is not None
    assert now.next_at <= owed.due_at
