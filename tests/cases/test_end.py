"""How a case ends and begins again (HA-15, CL-3)."""

from collections.abc import Callable
from typing import Any

import pytest

from factories import NOON, House, accepted, answered, fresh, kinds, later, make_case
from tingsu.cases.actions import (
    assign,
    close,
    confirm,
    customer,
    move,
    promise,
    reply,
    task,
)
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Clock
from tingsu.core.lifecycle import Move
from tingsu.people.actor import CUSTOMER

pytestmark = pytest.mark.django_db


def test_confirmed_and_closed(case: Case, house: House) -> None:
    answered(case, house)
    confirm.confirm(case, CUSTOMER, NOON, agreed=True, rating=5, text="谢谢")
    close.close(case, house.actor("甲"), NOON, verdict="founded")
    now = fresh(case)
    assert (now.state, now.open, now.outcome, now.rating) == ("closed", False, "confirmed", 5)
    assert (now.next_at, now.closed_at) == (None, NOON)
    assert not Clock.objects.filter(case=case, state__in=("running", "paused")).exists()


def test_an_objection_goes_back_to_work(case: Case, house: House) -> None:
    answered(case, house)
    with pytest.raises(Invalid):
        confirm.confirm(case, CUSTOMER, NOON, agreed=False)
    confirm.confirm(case, CUSTOMER, NOON, agreed=False, text="电梯又停了")
    assert fresh(case).state == "investigating"


def test_closing_lists_all_that_is_missing(case: Case, house: House) -> None:
    accepted(case, house)
    promise.promise(case, house.actor("甲"), NOON, content="回电", due_at=later(hours=3))
    task.ask(
        case, house.actor("甲"), NOON, department=house.second, content="查", due_at=later(hours=4)
    )
    with pytest.raises(Invalid) as refused:
        close.close(case, house.actor("甲"), NOON)
    assert set(refused.value.fields) == {"verdict", "reason", "promises", "tasks"}
    assert fresh(case).state == "accepted"


def test_a_communicative_case_needs_no_verdict(house: House) -> None:
    case = accepted(make_case(house, nature="communicative"), house)
    close.close(case, house.actor("甲"), NOON, reason="已解答，客户挂断前表示明白")
    assert fresh(case).state == "closed"


def test_reopening_begins_a_new_round(case: Case, house: House) -> None:
    answered(case, house)
    confirm.confirm(case, CUSTOMER, NOON, agreed=True)
    close.close(case, house.actor("甲"), NOON, verdict="founded")
    customer.ask_reopen(case, later(days=3), text="又停了")
    assert fresh(case).state == "closed"
    assert fresh(case).reopen_asked_at == later(days=3)
    close.reopen(fresh(case), house.actor("丁"), later(days=3), reason="同一故障再次发生")
    now = fresh(case)
    assert (now.state, now.round, now.open, now.confirmed_at) == ("accepted", 2, True, None)
    assert now.next_at is not None
    assert kinds(case)[-1] == "reopened"


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (lambda c, by: close.end(c, by, NOON, move=Move.WITHDRAW, reason="和解"), "withdrawn"),
        (lambda c, by: close.end(c, by, NOON, move=Move.CANCEL, reason="重复"), "cancelled"),
        (lambda c, by: close.end(c, by, NOON, move=Move.REFUSE, reason="超期"), "refused"),
        (
            lambda c, by: close.end(c, by, NOON, move=Move.TRANSFER, reason="不归", unit="住建局"),
            "transferred",
        ),
        (lambda c, by: move.refer(c, by, NOON, unit="分局", due_at=later(days=9)), "referred"),
        (
            lambda c, by: move.ask_complete(c, by, NOON, missing="合同", due_at=later(days=9)),
            "incomplete",
        ),
    ],
)
def test_other_ways_on(
    case: Case, house: House, act: Callable[[Case, Any], object], state: str
) -> None:
    act(case, house.actor("主管"))
    assert fresh(case).state == state


def test_what_is_over_takes_no_more_work(case: Case, house: House) -> None:
    close.end(case, house.actor("主管"), NOON, move=Move.WITHDRAW, reason="撤回")
    by = house.actor("甲")
    with pytest.raises(Refusal, match="ended"):
        assign.take(fresh(case), by, NOON)
    with pytest.raises(Refusal, match="ended"):
        reply.reply(fresh(case), by, NOON, text="答复")
    with pytest.raises(Refusal, match="ended"):
        promise.promise(fresh(case), by, NOON, content="x", due_at=later(hours=1))


def test_missing_material_sets_the_case_going_again(case: Case, house: House) -> None:
    move.ask_complete(case, house.actor("甲"), NOON, missing="合同", due_at=later(days=9))
    customer.add(fresh(case), later(days=1), text="合同在附件里")
    assert fresh(case).state == "screening"
