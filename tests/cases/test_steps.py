"""Every step of a case: what it writes, what it refuses (HA-2 to HA-13, CL-3, IN-8, SC-6, SC-7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, later, make_case, make_outsider
from tingsu.cases.actions import (
    assign,
    clock,
    close,
    confirm,
    contact,
    customer,
    escalate,
    facts,
    link,
    move,
    note,
    promise,
    reply,
    restate,
    task,
    watch,
)
from tingsu.cases.errors import Invalid, Refusal, Stale
from tingsu.cases.models import Case, Clock, Event, Letter, Promise, Task, WatchEntry
from tingsu.cases.queries.file import public_timeline
from tingsu.core.lifecycle import Move
from tingsu.people.actor import CUSTOMER

pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))


def fresh(case: Case) -> Case:
    return Case.objects.get(id=case.id)


def accepted(case: Case, house: House) -> Case:
    move.move(case, house.actor("甲"), NOON, to=Move.ACCEPT)
    return case


# Owner -----------------------------------------------------------------------------------------


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


# Two writers -----------------------------------------------------------------------------------


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


# Talking ---------------------------------------------------------------------------------------


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


# Promises --------------------------------------------------------------------------------------


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


# Tasks -----------------------------------------------------------------------------------------


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


# Letters ---------------------------------------------------------------------------------------


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


# The end ---------------------------------------------------------------------------------------


def answered(case: Case, house: House) -> Case:
    accepted(case, house)
    reply.reply(case, house.actor("甲"), NOON, text="已修好", kind="final")
    return case


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
    for act in (
        lambda: assign.take(fresh(case), by, NOON),
        lambda: reply.reply(fresh(case), by, NOON, text="答复"),
        lambda: promise.promise(fresh(case), by, NOON, content="x", due_at=later(hours=1)),
    ):
        with pytest.raises(Refusal, match="ended"):
            act()


def test_missing_material_sets_the_case_going_again(case: Case, house: House) -> None:
    move.ask_complete(case, house.actor("甲"), NOON, missing="合同", due_at=later(days=9))
    customer.add(fresh(case), later(days=1), text="合同在附件里")
    assert fresh(case).state == "screening"


# Together --------------------------------------------------------------------------------------


def test_a_merged_case_goes_on_in_the_main_one(case: Case, house: House) -> None:
    second = make_case(house, narrative="同一部电梯", name="赵敏", phone="13700000001")
    link.merge(second, house.actor("甲"), NOON, into=case)
    assert (fresh(second).state, fresh(second).open) == ("merged", False)
    contact.contact(
        fresh(second), house.actor("甲"), NOON, channel="phone", direction="in", text="又打来"
    )
    customer.add(fresh(second), NOON, text="还有照片")
    assert kinds(case)[-3:] == ["merged_here", "contact", "customer_added"]
    assert "contact" not in kinds(second)


def test_a_merge_can_be_opened_again(case: Case, house: House) -> None:
    second = accepted(make_case(house, narrative="同一部电梯", phone="13700000001"), house)
    running = set(Clock.objects.filter(case=second, state="running").values_list("id", flat=True))
    link.merge(second, house.actor("甲"), NOON, into=case)
    assert not Clock.objects.filter(case=second, state="running").exists()
    link.unmerge(fresh(second), house.actor("甲"), NOON, reason="不是一部电梯")
    now = fresh(second)
    assert (now.state, now.open, now.merged_into) == ("accepted", True, None)
    again = set(Clock.objects.filter(case=second, state="running").values_list("id", flat=True))
    assert again == running
    link.link(now, house.actor("甲"), NOON, other=fresh(case))  # the pair is free again


def test_links_are_seen_from_both_sides(case: Case, house: House) -> None:
    other = make_case(house, phone="13700000001")
    link.link(case, house.actor("甲"), NOON, other=other, kind="repeat")
    with pytest.raises(Refusal, match="linked"):
        link.link(other, house.actor("甲"), NOON, other=case)
    link.unlink(other, house.actor("甲"), NOON, other=case)
    assert kinds(case)[-2:] == kinds(other)[-2:] == ["linked", "unlinked"]


# Facts, supervisors, lists ---------------------------------------------------------------------


def test_the_old_value_stays(case: Case, house: House) -> None:
    facts.change(
        case, house.actor("甲"), NOON, values={"request": "赔偿并道歉", "severity": "ordinary"}
    )
    last = Event.objects.filter(case=case).order_by("seq").last()
    assert last is not None
    assert last.data["names"] == ["request"]
    assert '["", "赔偿并道歉"]' in last.text
    with pytest.raises(Invalid):
        facts.change(case, house.actor("甲"), NOON, values={"request": "赔偿并道歉"})


def test_personal_changes_are_named_but_not_told(case: Case, house: House) -> None:
    facts.change_party(case, house.actor("甲"), NOON, values={"phone": "13900009999"})
    last = Event.objects.filter(case=case).order_by("seq").last()
    assert last is not None
    assert last.data == {"party": ["phone"]}
    assert "9999" not in last.text
    assert make_case(house, phone="13900009999").party_id == case.party_id


def test_a_major_case_waits_for_the_head(case: Case, house: House) -> None:
    assert not case.for_head
    facts.change(case, house.actor("甲"), NOON, values={"severity": "major"})
    assert fresh(case).for_head
    escalate.instruct(fresh(case), house.actor("丁"), NOON, text="三日内到户道歉")
    assert not fresh(case).for_head


def test_a_written_complaint_waits_for_the_head(house: House) -> None:
    case = make_case(house, channel="letter", channel_facts={"letter_arrived": "2026-09-21"})
    assert case.for_head


def test_escalation_goes_to_who_may_decide(case: Case, house: House) -> None:
    with pytest.raises(Refusal, match="not_supervisor"):
        escalate.escalate(case, house.actor("甲"), NOON, to=house["乙"], reason="客户要见经理")
    escalate.escalate(case, house.actor("甲"), NOON, to=house["主管"], reason="客户要见经理")
    assert (fresh(case).owner, fresh(case).escalated_at) == (house["主管"], NOON)


def test_the_watch_list_is_approved_by_another(case: Case, house: House) -> None:
    tomorrow = later(days=1).date()
    watch.propose(
        case,
        house.actor("甲"),
        NOON,
        kind="vexatious",
        reason="一天四十通电话",
        expires_on=tomorrow,
    )
    entry = WatchEntry.objects.get()
    with pytest.raises(Refusal, match="same_person"):
        watch.approve(fresh(case), house.actor("甲"), NOON, entry_id=entry.id)
    watch.approve(fresh(case), house.actor("丁"), NOON, entry_id=entry.id)
    entry.refresh_from_db()
    assert entry.approved_by == house["丁"]
    assert make_case(house).party_id == case.party_id  # and is heard all the same


# Clocks ----------------------------------------------------------------------------------------


def test_acceptance_meets_one_clock_and_starts_another(case: Case, house: House) -> None:
    accepted(case, house)
    states = dict(Clock.objects.filter(case=case).values_list("rule", "state"))
    assert states["cn.samr.accept"] == "met"
    assert states["cn.samr.mediate"] == "running"


def test_testing_time_is_not_counted(case: Case, house: House) -> None:
    accepted(case, house)
    row = Clock.objects.get(case=case, rule="cn.samr.mediate")
    clock.pause(case, house.actor("甲"), later(days=3), clock_id=row.id, cause="testing")
    clock.resume(fresh(case), house.actor("甲"), later(days=10), clock_id=row.id)
    now = Clock.objects.get(id=row.id)
    assert (now.state, now.paused_at) == ("running", None)
    assert now.due_at > row.due_at
    with pytest.raises(Invalid):
        clock.pause(
            fresh(case), house.actor("甲"), later(days=11), clock_id=row.id, cause="holiday"
        )
