"""Who answers for a case, and what happens when two write at once (IN-10)."""

import pytest

from factories import NOON, House, fresh, kinds, make_outsider
from tingsu.cases.actions import (
    assign,
    facts,
    note,
    reply,
)
from tingsu.cases.errors import Refusal, Stale
from tingsu.cases.models import Case, Letter

pytestmark = pytest.mark.django_db


def test_take_makes_one_owner(case: Case, house: House) -> None:
    assign.take(case, house.actor("甲"), NOON)
    assert fresh(case).owner == house["甲"]
    with pytest.raises(Refusal, match="owned"):
        assign.take(fresh(case), house.actor("乙"), NOON)


def test_assigning_to_nobody_is_impossible(case: Case, house: House) -> None:
    with pytest.raises(Refusal, match="nobody"):
        assign.assign(case, house.actor("主管"), NOON)


@pytest.mark.parametrize("who", ["督查", "审计", "培训师", "管理员", "被投诉"])
def test_only_who_can_handle_gets_a_case(case: Case, house: House, who: str) -> None:
    with pytest.raises(Refusal, match="cannot_handle"):
        assign.assign(case, house.actor("主管"), NOON, to=house[who])


def test_a_case_stays_in_the_house(case: Case, house: House) -> None:
    other = make_outsider()
    with pytest.raises(Refusal, match="outside"):
        assign.assign(case, house.actor("主管"), NOON, to=other["甲"])
    with pytest.raises(Refusal, match="outside"):
        assign.assign(case, house.actor("主管"), NOON, queue=other.centre)


def test_the_second_writer_is_told_what_changed(case: Case, house: House) -> None:
    seen = case.version
    first, second = fresh(case), fresh(case)
    facts.change(first, house.actor("甲"), NOON, values={"severity": "serious"}, expected=seen)
    with pytest.raises(Stale) as lost:
        reply.reply(second, house.actor("乙"), NOON, text="我们查过了", expected=seen)
    assert [(c.kind, c.who) for c in lost.value.changes] == [("facts_changed", "甲")]
    assert not Letter.objects.filter(case=case, kind="interim").exists()


def test_notes_of_two_people_both_stay(case: Case, house: House) -> None:
    first, second = fresh(case), fresh(case)
    note.note(first, house.actor("甲"), NOON, text="甲的备注")
    note.note(second, house.actor("乙"), NOON, text="乙的备注")
    assert kinds(case) == ["received", "note", "note"]
    assert fresh(case).version == 3


def test_a_note_by_a_colleague_does_not_stop_a_reply(case: Case, house: House) -> None:
    seen = case.version
    note.note(fresh(case), house.actor("乙"), NOON, text="旁注")
    reply.reply(fresh(case), house.actor("甲"), NOON, text="答复", expected=seen)
    assert kinds(case)[-1] == "replied"


def test_the_same_submit_writes_once(case: Case, house: House) -> None:
    first = note.note(case, house.actor("甲"), NOON, text="一次", key="k")
    again = note.note(fresh(case), house.actor("甲"), NOON, text="一次", key="k")
    assert (first.repeated, again.repeated) == (False, True)
    assert kinds(case) == ["received", "note"]
