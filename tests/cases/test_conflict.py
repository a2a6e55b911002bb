"""Who keeps away from a case: named, involved, recused; and who only shares a name (HA-4)."""

from typing import Any

import pytest

from factories import NOON, House, accepted, fresh, kinds, make_case, make_member
from tingsu.cases._conflict import tie
from tingsu.cases.actions import approve, assign, escalate, evidence, findings, inquiry, ties
from tingsu.cases.errors import Planned, Refusal
from tingsu.cases.models import Approval, Case, Investigator, Tie
from tingsu.people.permission import Role


@pytest.fixture
def own(house: House) -> Case:
    """A case of 甲, accepted."""
    return accepted(make_case(house, by="甲"), house)


def refused(step: Any, **told: Any) -> Refusal:
    with pytest.raises(Refusal) as why:
        step(**told)
    return why.value


def _named(house: House, name: str = "李小娜", role: Role = Role.HANDLER) -> tuple[Case, Any]:
    """A member with a longer name, and a case that names them."""
    member = make_member(house, name, role, house.first)
    house.people[name] = member
    return make_case(house, respondent_person=f"前台{name}"), member


def test_the_refusal_says_who_else_may(house: House) -> None:
    case, _member = _named(house)
    why = refused(assign.take, case=case, by=house.actor("李小娜"), at=NOON)
    assert why.code == "conflict"
    assert "李小娜" in why.words
    assert "甲" in why.words.partition("可以请")[2]
    assert kinds(case) == ["received"]


def test_a_named_member_is_not_given_the_case_nor_handed_it_up(house: House) -> None:
    case, member = _named(house, role=Role.SUPERVISOR)
    by = house.actor("丁")
    assert refused(assign.assign, case=case, by=by, at=NOON, to=member).field == "to"
    assign.take(case, house.actor("甲"), NOON)
    why = refused(escalate.escalate, case=case, by=by, at=NOON, to=member, reason="请主管看")
    assert (why.code, fresh(case).owner_id) == ("conflict", house["甲"].id)


def test_a_named_member_does_not_sign_on_it(house: House) -> None:
    case, _member = _named(house, role=Role.SUPERVISOR)
    assign.take(case, house.actor("甲"), NOON)
    planned = Planned("extension", "move", {"to": "investigate"})
    approve.ask(case, house.actor("甲"), NOON, planned=planned)
    row = Approval.objects.get()
    for step in (approve.approve, approve.send_back):
        more = {"reason": "再看看"} if step is approve.send_back else {}
        why = refused(
            step, case=case, by=house.actor("李小娜"), at=NOON, approval_id=row.id, **more
        )
        assert why.code == "conflict"
    assert Approval.objects.get().state == "waiting"


def test_a_named_member_does_not_look_into_it(house: House) -> None:
    case, member = _named(house)
    assign.take(case, house.actor("甲"), NOON)
    why = refused(inquiry.add, case=case, by=house.actor("甲"), at=NOON, member=member)
    assert why.code == "conflict"
    why = refused(
        evidence.add, case=case, by=house.actor("李小娜"), at=NOON,
        what="合同", kind="document", giver="house", place="档案柜",
    )  # fmt: skip
    assert why.code == "conflict"


def test_whoever_registers_a_complaint_that_names_them_does_not_keep_it(house: House) -> None:
    _case, _member = _named(house)
    case = make_case(house, by="李小娜", respondent_person="李小娜")
    assert (case.owner_id, case.queue_id) == (None, house.first.id)


def test_a_namesake_is_told_apart_by_somebody_else(house: House) -> None:
    case, member = _named(house)
    me = house.actor("李小娜")
    why = refused(ties.namesake, case=case, by=me, at=NOON, member=member, reason="不是我")
    assert why.code == "same_person"
    ties.namesake(case, house.actor("主管"), NOON, member=member, reason="那位在客房部，已核对")
    assign.take(case, me, NOON)
    assert fresh(case).owner_id == member.id


def test_who_had_part_in_the_matter_loses_the_case(house: House, own: Case) -> None:
    inquiry.add(own, house.actor("丁"), NOON, member=house["甲"])
    ties.involve(own, house.actor("丁"), NOON, member=house["甲"], reason="当天在场")
    case = fresh(own)
    assert (case.owner_id, case.queue_id, case.ties) == (None, house.first.id, 1)
    assert Investigator.objects.get().left_at == NOON
    assert refused(assign.take, case=case, by=house.actor("甲"), at=NOON).code == "conflict"
    assign.take(case, house.actor("乙"), NOON)


def test_recusal_is_asked_and_granted_with_reasons(house: House, own: Case) -> None:
    me, head = house.actor("甲"), house.actor("丁")
    ties.ask_recusal(own, me, NOON, member=house["甲"], asked_for="self", reason="投诉人是我的亲戚")
    row = Tie.objects.get()
    for by in (me,):
        why = refused(
            ties.decide_recusal, case=own, by=by, at=NOON, row_id=row.id, granted=True, reason="好"
        )
        assert why.code == "same_person"
    ties.decide_recusal(own, head, NOON, row_id=row.id, granted=True, reason="情况属实")
    case = fresh(own)
    assert case.owner_id is None
    assert Tie.objects.get().state == "stands"
    assert kinds(case)[-2:] == ["recusal_asked", "recusal_granted"]
    assert refused(assign.take, case=case, by=me, at=NOON).code == "conflict"
    again = refused(
        ties.decide_recusal, case=case, by=head, at=NOON, row_id=row.id, granted=False, reason="不"
    )
    assert again.code == "ended"


def test_recusal_that_is_not_granted_changes_nothing(house: House, own: Case) -> None:
    me = house.actor("甲")
    ties.ask_recusal(
        own, me, NOON, member=house["甲"], asked_for="complainant", reason="客户不信任"
    )
    row = Tie.objects.get()
    ties.decide_recusal(
        own, house.actor("丁"), NOON, row_id=row.id, granted=False, reason="没有依据"
    )
    assert fresh(own).owner_id == house["甲"].id
    findings.list_issues(own, me, NOON, texts=["电梯停运"])
    nobody = refused(
        ties.ask_recusal, case=own, by=house.actor("乙"), at=NOON, member=house["甲"],
        asked_for="self", reason="他该回避",
    )  # fmt: skip
    assert nobody.code == "not_yours"


def test_a_case_of_which_nothing_is_said_costs_no_query(
    house: House, own: Case, django_assert_num_queries: Any
) -> None:

    with django_assert_num_queries(0):
        assert tie(own, house.actor("甲")) is None
