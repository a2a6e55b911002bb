"""Promises: reminders by the worker, authority where it is typed, the call, the figures (HA-7)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from factories import NOON, House, fresh, kinds, later, make_case, make_member, make_outsider
from tingsu.cases import _authority
from tingsu.cases.actions import close, contact, promise, promise_call, promise_remind, receive
from tingsu.cases.actions.promise_call import Told
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, Event, Promise, PromiseFigure, Task
from tingsu.core.lifecycle import Move
from tingsu.people.permission import Role

FOUR = later(hours=4)


@pytest.fixture
def own(house: House) -> Case:
    """A case that 甲 handles."""
    return make_case(house, by="甲")


def promised(
    house: House, case: Case, content: str = "回电", due: datetime = FOUR, **more: Any
) -> Promise:
    promise.promise(case, house.actor("甲"), NOON, content=content, due_at=due, **more)
    return Promise.objects.get(case=case, content=content, state="due")


def sweep(at: datetime) -> None:
    for row in promise_remind.due(at):
        promise_remind.remind(row, at)


def reminders(case: Case) -> list[str]:
    rows = Event.objects.filter(case=case, kind="promise_reminded").order_by("seq")
    return [data["when"] for data in rows.values_list("data", flat=True)]


def test_it_is_called_to_mind_before_at_and_after(house: House, own: Case) -> None:
    row = promised(house, own)
    assert row.remind_at == later(hours=3)
    sweep(later(hours=2))
    assert reminders(own) == []
    for hours, expected in ((3, ["before"]), (4, ["before", "at"]), (5, ["before", "at", "after"])):
        sweep(later(hours=hours))
        sweep(later(hours=hours))  # never twice
        assert reminders(own) == expected
    row = Promise.objects.get(case=own)
    assert (row.state, row.remind_at) == ("due", None)
    task = Task.objects.get(case=own)
    assert task.assignee_id == house["主管"].id
    assert "回电" in task.content
    promise.keep(own, house.actor("甲"), later(hours=6), promise_id=row.id)
    task.refresh_from_db()
    assert task.state == "void"


def test_a_worker_that_stood_still_gives_the_last_one_alone(house: House, own: Case) -> None:
    promised(house, own)
    sweep(later(hours=9))
    assert reminders(own) == ["after"]


def test_a_promise_for_soon_is_not_reminded_before_it_was_made(house: House, own: Case) -> None:
    row = promised(house, own, due=later(minutes=20))
    assert (row.reminded, row.remind_at) == (1, later(minutes=20))


def test_two_workers_give_one_reminder(house: House, own: Case) -> None:
    promised(house, own)
    at = later(hours=3)
    first, second = promise_remind.due(at), promise_remind.due(at)
    assert promise_remind.remind(first[0], at) is not None
    assert promise_remind.remind(second[0], at) is None
    assert reminders(own) == ["before"]


def test_one_that_is_kept_is_not_reminded(house: House, own: Case) -> None:
    row = promised(house, own)
    promise.keep(own, house.actor("甲"), later(hours=1), promise_id=row.id)
    assert promise_remind.due(later(hours=9)) == []


def test_the_end_of_the_case_ends_its_reminders(house: House, own: Case) -> None:
    row = promised(house, own)
    close.end(own, house.actor("丁"), later(hours=1), move=Move.WITHDRAW, reason="客户撤回")
    row.refresh_from_db()
    assert row.state == "void"
    assert promise_remind.due(later(hours=9)) == []


def test_one_made_at_the_first_call_is_in_the_ledger_too(house: House) -> None:
    case = make_case(
        house, by="甲", channel="phone", promise="回电", promise_due=FOUR, nature="questioning"
    )
    row = Promise.objects.get(case=case)
    assert (row.organisation_id, row.remind_at) == (house.organisation.id, later(hours=3))


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("退您 200 元", ""),
        ("退您201元", "主管"),
        ("赔您五百块", "主管"),
        ("赔偿 1,500 元", "丁"),
        ("我保证全额退给您", "主管"),
        ("我不能保证修好，今晚八点给您结果", ""),
        ("今天下午三点前回电", ""),
    ],
)
def test_what_is_beyond_authority_is_refused_with_whom_to_ask(
    house: House, own: Case, content: str, asked: str
) -> None:
    if not asked:
        promised(house, own, content)
        return
    with pytest.raises(Invalid) as refused:
        promised(house, own, content)
    assert f"先问 {asked}" in refused.value.fields["content"]
    assert not Promise.objects.filter(case=own).exists()


def test_nobody_can_give_as_much_alone(house: House, own: Case) -> None:
    with pytest.raises(Invalid, match="invalid") as refused:
        promised(house, own, "赔您十万元")
    assert "先逐级请示" in refused.value.fields["content"]


def test_it_is_taken_when_somebody_agreed_who_may(house: House, own: Case) -> None:
    content = "赔偿 800 元"
    outsider = make_outsider()
    for wrong in (house["乙"], house["甲"], outsider["丁"]):
        with pytest.raises(Invalid) as refused:
            promised(house, own, content, agreed_by=wrong.id)
        assert "agreed_by" in refused.value.fields
    row = promised(house, own, content, agreed_by=house["主管"].id)
    assert row.agreed_by_id == house["主管"].id
    told = Event.objects.get(case=own, kind="promised").data
    assert told["agreed_by"] == str(house["主管"].id)


def test_it_is_refused_at_the_first_call_too(house: House) -> None:
    told = Intake(
        "phone", "电梯停了", name="王小明", phone="13800001234", nature="questioning",
        promise="赔您五千元", promise_due=FOUR,
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        receive.receive(house.organisation, told, house.actor("甲"), NOON)
    assert "promise" in refused.value.fields
    assert not Case.objects.exists()


def test_small_promises_ask_nothing_of_the_database(
    house: House, own: Case, django_assert_num_queries: Any
) -> None:
    _authority.within(own, house.actor("甲"), "回电", agreed_by=None)
    with django_assert_num_queries(0):
        _authority.within(own, house.actor("甲"), "明天上午十点回电", agreed_by=None)


def call(house: House, case: Case, row: Promise, at: datetime, **told: Any) -> None:
    given = Told(**({"text": "说了查到哪一步"} | told))
    promise_call.call(case, house.actor("甲"), at, promise_id=row.id, told=given)


def figures() -> dict[str, int]:
    row = PromiseFigure.objects.get()
    return {name: n for name in ("kept", "late", "broken", "moved") if (n := getattr(row, name))}


@pytest.mark.parametrize(
    ("result", "hours", "counted"),
    [
        ("kept", 3.5, {"kept": 1}),
        ("kept", 4.5, {"late": 1}),
        ("moved", 3.5, {"moved": 1}),
        ("moved", 4.5, {"late": 1}),
        ("broken", 4.5, {"broken": 1}),
    ],
)
def test_the_call_tells_and_settles_in_one_go(
    house: House, own: Case, result: str, hours: float, counted: dict[str, int]
) -> None:
    row = promised(house, own)
    told = {"reason": "配件没到", "due_at": later(days=1), "mood": 1}
    call(house, own, row, later(hours=hours), result=result, **told)
    row.refresh_from_db()
    assert row.state == result
    assert kinds(own)[-2:] == ["contact", f"promise_{result}"]
    assert figures() == counted
    again = fresh(own)
    assert (again.anger, again.contacted_at) == (1, later(hours=hours))
    assert Promise.objects.filter(case=own, state="due").count() == (result == "moved")


def test_nobody_answered_and_it_is_still_owed(house: House, own: Case) -> None:
    row = promised(house, own)
    before = fresh(own).contacted_at
    call(house, own, row, FOUR, result="unreached", text="响了没人接")
    row.refresh_from_db()
    assert row.state == "due"
    assert fresh(own).contacted_at == before
    assert not Event.objects.filter(case=own, kind="contact").get().data["reached"]


def test_everything_missing_is_named_at_once(house: House, own: Case) -> None:
    row = promised(house, own)
    with pytest.raises(Invalid) as refused:
        call(house, own, row, FOUR, result="moved", text=" ")
    assert set(refused.value.fields) == {"text", "reason", "due_at"}
    with pytest.raises(Invalid) as refused:
        call(house, own, row, FOUR, result="maybe", mood=7)
    assert set(refused.value.fields) == {"result", "mood"}
    with pytest.raises(Refusal, match="missing"):
        promise_call.call(
            own, house.actor("甲"), FOUR, promise_id=UUID(int=1), told=Told("kept", "说了")
        )


def test_figures_go_to_the_day_the_person_and_the_pack(house: House, own: Case) -> None:
    other = make_case(house, by="乙", pack="telecom", queue=house.second)
    for case, name, at in ((own, "甲", 1), (own, "甲", 2), (other, "乙", 3)):
        by = house.actor(name)
        promise.promise(case, by, NOON, content=f"回电{at}", due_at=FOUR)
        row = Promise.objects.get(content=f"回电{at}")
        promise.keep(case, house.actor("丁"), later(hours=at), promise_id=row.id)
    found = PromiseFigure.objects.order_by("pack").values_list("member__name", "pack", "kept")
    assert list(found) == [("甲", "property", 2), ("乙", "telecom", 1)]
    assert {row.day for row in PromiseFigure.objects.all()} == {NOON.date()}


def test_a_contact_alone_settles_no_promise(house: House, own: Case) -> None:
    promised(house, own)
    by = house.actor("甲")
    contact.contact(own, by, FOUR, channel="phone", direction="out", text="聊了几句")
    assert Promise.objects.get(case=own).state == "due"


def test_a_supervisor_promises_within_the_own_limit(house: House) -> None:
    lead = make_member(house, "组长", Role.SUPERVISOR, house.first)
    house.people["组长"] = lead
    case = make_case(house, by="组长")
    promise.promise(case, house.actor("组长"), NOON, content="赔偿 900 元", due_at=FOUR)
    with pytest.raises(Invalid):
        promise.promise(case, house.actor("组长"), NOON, content="赔偿 2000 元", due_at=FOUR)
    assert timedelta(hours=4) == FOUR - NOON
