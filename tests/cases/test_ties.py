"""Links, facts, supervisors, the watch list, clocks (IN-8, SC-6, SC-7, HA-10, HA-14)."""

import pytest

from factories import NOON, House, accepted, fresh, kinds, later, make_case
from tingsu.cases.actions import (
    clock,
    contact,
    customer,
    escalate,
    facts,
    link,
    watch,
)
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Clock, Event, WatchEntry

pytestmark = pytest.mark.django_db


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
    case = fresh(case)
    assert (case.handed_up, case.escalated_at) == (house["主管"], NOON)
    assert case.owner is None  # until they accept: it waits where it waited


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
