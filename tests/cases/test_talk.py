"""Contacts, restatement, promises, tasks, letters (HA-3, HA-7, HA-11, HA-12, HA-13)."""

from datetime import timedelta

import pytest

from factories import NOON, House, accepted, fresh, kinds, later
from tingsu.cases.actions import (
    contact,
    customer,
    promise,
    reply,
    restate,
    task,
)
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Event, Letter, Promise, Task
from tingsu.cases.queries.file import public_timeline

pytestmark = pytest.mark.django_db


def test_a_contact_moves_the_day_of_silence(case: Case, house: House) -> None:
    before = case.quiet_until
    contact.contact(
        case,
        house.actor("甲"),
        later(hours=5),
        channel="phone",
        direction="out",
        text="通话",
        mood=3,
    )
    now = fresh(case)
    assert (now.anger, now.contacted_at) == (3, later(hours=5))
    assert now.quiet_until is not None
    assert before is not None
    assert now.quiet_until > before


def test_an_unanswered_call_counts_as_none(case: Case, house: House) -> None:
    before = case.quiet_until
    contact.contact(
        case,
        house.actor("甲"),
        NOON,
        channel="phone",
        direction="out",
        text="无人接",
        reached=False,
    )
    now = fresh(case)
    assert (now.contacted_at, now.quiet_until) == (None, before)


def test_a_limit_set_to_abuse_is_on_record(case: Case, house: House) -> None:
    contact.contact(
        case, house.actor("甲"), NOON, channel="phone", direction="in", text="来电辱骂",
        limit_set="我很想帮您，改到下午三点再谈。",
    )  # fmt: skip
    assert kinds(case) == ["received", "contact", "limit_set"]


def test_an_unconfirmed_restatement_does_not_count(case: Case, house: House) -> None:
    restate.restate(case, house.actor("甲"), NOON, text="您说的是电梯", confirmed=False)
    assert fresh(case).restated_at is None
    restate.restate(fresh(case), house.actor("甲"), NOON, text="是电梯和态度", confirmed=True)
    assert fresh(case).restated_at == NOON


@pytest.fixture
def promised(case: Case, house: House) -> Promise:
    promise.promise(case, house.actor("甲"), NOON, content="下午回电", due_at=later(hours=3))
    return Promise.objects.get(case=case)


def test_a_promise_sets_the_next_date(case: Case, promised: Promise) -> None:
    assert (fresh(case).next_at, fresh(case).next_kind) == (later(hours=3), "promise")


@pytest.mark.parametrize(("hours", "late"), [(2, False), (4, True)])
def test_kept_says_whether_in_time(
    case: Case, house: House, promised: Promise, hours: int, late: bool
) -> None:
    promise.keep(fresh(case), house.actor("甲"), later(hours=hours), promise_id=promised.id)
    promised.refresh_from_db()
    assert promised.state == "kept"
    last = Event.objects.filter(case=case).order_by("seq").last()
    assert last is not None
    assert last.data["late"] is late


def test_a_moved_promise_points_to_the_new_one(case: Case, house: House, promised: Promise) -> None:
    promise.move(
        fresh(case), house.actor("甲"), NOON, promise_id=promised.id, due_at=later(days=1),
        reason="客户下午没空",
    )  # fmt: skip
    promised.refresh_from_db()
    assert promised.state == "moved"
    assert promised.moved_to is not None
    assert promised.moved_to.due_at == later(days=1)
    with pytest.raises(Refusal, match="ended"):
        promise.keep(fresh(case), house.actor("甲"), NOON, promise_id=promised.id)


def test_a_broken_promise_needs_its_reason(case: Case, house: House, promised: Promise) -> None:
    with pytest.raises(Invalid):
        promise.admit_broken(
            fresh(case), house.actor("甲"), NOON, promise_id=promised.id, reason=" "
        )
    promise.admit_broken(
        fresh(case), house.actor("甲"), NOON, promise_id=promised.id, reason="忘了"
    )
    promised.refresh_from_db()
    assert (promised.state, promised.reason) == ("broken", "忘了")


@pytest.mark.parametrize("hours", [-1, 24 * 400])
def test_promises_lie_ahead(case: Case, house: House, hours: int) -> None:
    with pytest.raises(Invalid) as refused:
        promise.promise(case, house.actor("甲"), NOON, content="x", due_at=later(hours=hours))
    assert "due_at" in refused.value.fields


def test_a_task_goes_out_comes_back_and_is_accepted(case: Case, house: House) -> None:
    task.ask(
        case,
        house.actor("甲"),
        NOON,
        department=house.second,
        content="查电梯",
        due_at=later(hours=1),
    )
    asked = Task.objects.get(case=case)
    assert fresh(case).next_kind == "task"
    task.answer(fresh(case), house.actor("乙"), later(hours=5), task_id=asked.id, text="门机故障")
    task.send_back(
        fresh(case), house.actor("甲"), later(hours=6), task_id=asked.id, reason="缺照片",
        due_at=later(hours=9),
    )  # fmt: skip
    task.answer(fresh(case), house.actor("乙"), later(hours=8), task_id=asked.id, text="照片附上")
    task.accept(fresh(case), house.actor("甲"), later(hours=8), task_id=asked.id)
    asked.refresh_from_db()
    assert (asked.state, asked.returned, asked.answer) == ("accepted", 1, "照片附上")
    late = [
        e.data["late"]
        for e in Event.objects.filter(case=case, kind="task_answered").order_by("seq")
    ]
    assert late == [True, False]


def test_a_reply_waits_and_can_be_taken_back(case: Case, house: House) -> None:
    accepted(case, house)
    reply.reply(case, house.actor("甲"), NOON, text="已修好", kind="final")
    letter = Letter.objects.get(case=case, kind="final")
    assert letter.send_after == NOON + timedelta(seconds=15)
    assert fresh(case).state == "confirming"
    assert "已修好" not in [e.text for e in public_timeline(case)]
    _written, text = reply.take_back(
        fresh(case), house.actor("甲"), later(seconds=5), letter_id=letter.id
    )
    letter.refresh_from_db()
    assert (text, letter.state, fresh(case).state) == ("已修好", "taken_back", "accepted")


def test_a_letter_that_left_stays_gone(case: Case, house: House) -> None:
    reply.reply(case, house.actor("甲"), NOON, text="稍后答复")
    letter = Letter.objects.get(case=case, kind="interim")
    Letter.objects.filter(id=letter.id).update(state="sent")
    with pytest.raises(Refusal, match="sent"):
        reply.take_back(fresh(case), house.actor("甲"), NOON, letter_id=letter.id)
    assert "稍后答复" in [e.text for e in public_timeline(case)]


def test_what_a_customer_adds_is_to_be_looked_at_now(case: Case, house: House) -> None:
    customer.add(case, later(hours=1), text="又停了")
    assert (fresh(case).next_at, fresh(case).next_kind) == (later(hours=1), "plan")
    reply.reply(fresh(case), house.actor("甲"), later(hours=2), text="马上派人")
    assert fresh(case).next_kind != "plan"
