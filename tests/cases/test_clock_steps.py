"""What people do to clocks: pause, extend, write down what they wait for (HA-14, HA-12)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, accepted, fresh, kinds, later, make_case, make_house
from tingsu import work
from tingsu.cases import _clocks
from tingsu.cases.actions import approve, clock, promise
from tingsu.cases.actions.extend import extend
from tingsu.cases.actions.happen import happen
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.happenings import DAY_OF, RECORDED, possible
from tingsu.cases.models import Approval, Case, Clock, Event, Letter
from tingsu.cases.verify import verify_case
from tingsu.core.clock import rule_from_json
from tingsu.packs import available, load
from tingsu.packs.vocabulary import EVENTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    made = make_house()
    made.organisation.packs = list(available())
    made.organisation.save()
    return made


def case_of(house: House, pack: str, **facts: Any) -> Case:
    return make_case(house, by="甲", pack=pack, **facts)


def clock_of(case: Case, rule: str) -> Clock:
    return Clock.objects.get(case=case, rule=rule)


def running(case: Case) -> list[str]:
    rows = Clock.objects.filter(case=case, state__in=("running", "paused", "breached"))
    return list(rows.values_list("rule", flat=True))


# What happened -------------------------------------------------------------------------------


def test_a_served_notice_meets_its_clock_on_the_day_of_service(house: House) -> None:
    case = accepted(case_of(house, "tourism"), house)
    served = later(days=1)
    happen(case, house.actor("甲"), later(days=3), event="notice_served", happened_at=served)
    row = clock_of(case, "cn.tour.serve")
    assert (row.state, row.ended_at, row.late) == ("met", served, False)
    assert Event.objects.get(case=case, kind="happened").at == served


def test_a_clock_that_was_met_in_time_is_in_time_however_late_it_is_written_down(
    house: House,
) -> None:
    case = accepted(case_of(house, "tourism"), house)
    row = clock_of(case, "cn.tour.serve")
    work.clocks(row.due_at + timedelta(days=1))
    row.refresh_from_db()
    assert row.state == "breached"
    by, at = house.actor("甲"), row.due_at + timedelta(days=2)
    happen(fresh(case), by, at, event="notice_served", happened_at=later(hours=2))
    row.refresh_from_db()
    assert (row.state, row.late) == ("met", False)


def test_what_happened_starts_the_clock_that_counts_from_it(house: House) -> None:
    case = accepted(case_of(house, "tourism"), house)
    told = later(days=1)
    happen(case, house.actor("甲"), told, event="respondent_notified")
    row = clock_of(case, "cn.tour.reply")
    assert (row.state, row.started_at) == ("running", told)
    happen(case, house.actor("甲"), later(days=4), event="respondent_answered")
    row.refresh_from_db()
    assert row.state == "met"


def test_only_what_a_clock_waits_for_or_starts_from_can_be_written_down(house: House) -> None:
    case = case_of(house, "tourism")
    by = house.actor("甲")
    for event in ("fault_repaired", "notice_served", "received", "nonsense"):
        with pytest.raises(Invalid):
            happen(case, by, NOON, event=event)
    accepted(case, house)
    happen(case, by, later(hours=1), event="respondent_notified")
    with pytest.raises(Invalid):  # that clock runs already
        happen(case, by, later(hours=2), event="respondent_notified")


def test_nothing_is_written_down_before_it_happens_or_before_the_complaint(house: House) -> None:
    case = accepted(case_of(house, "tourism"), house)
    by = house.actor("甲")
    for when in (later(days=3), NOON - timedelta(days=1)):
        with pytest.raises(Invalid):
            happen(case, by, later(days=2), event="notice_served", happened_at=when)


def _ours(pack: str) -> list[tuple[str, str]]:
    """The clocks of a pack that run on a case, with the event that starts each."""
    newest = [clock.newest for clock in load(pack).clocks.values() if not clock.variant]
    return [(rule.id, rule.event) for rule in newest if rule and rule.duty != "complainant"]


@pytest.mark.parametrize("pack", available())
def test_every_clock_of_every_pack_can_be_met(pack: str) -> None:
    moves = EVENTS - set(RECORDED)
    for rule_id, event in _ours(pack):
        rule = load(pack).clocks[rule_id].newest
        assert rule is not None
        assert event in moves | set(RECORDED)
        assert rule.met_by & (moves | set(RECORDED))
        known = possible(Case(pack=pack, state="investigating"), [rule])
        assert rule.met_by & (moves | set(known))


@pytest.mark.parametrize("pack", available())
def test_every_event_that_starts_a_clock_has_a_word_for_its_day(pack: str) -> None:
    assert {event for _rule, event in _ours(pack)} <= set(DAY_OF)


# Extensions ----------------------------------------------------------------------------------


def test_an_extension_moves_the_end_and_the_customer_is_told(house: House) -> None:
    case = case_of(house, "bank")
    row = clock_of(case, "cn.bank.simple")
    extend(case, house.actor("丁"), NOON, clock_id=row.id, reason="要向总行调取录音")
    row.refresh_from_db()
    assert row.due_at > later(days=29)
    entry = Event.objects.get(case=case, kind="clock_extended")
    assert (entry.public, entry.text) == (True, "要向总行调取录音")
    assert fresh(case).next_at is not None
    assert verify_case(fresh(case)) is None


def test_a_source_allows_each_extension_once_and_the_notice_it_demands_goes_out(
    house: House,
) -> None:
    case = case_of(house, "bank", email="wang@example.cn")
    row = clock_of(case, "cn.bank.simple")
    by = house.actor("丁")
    letters = Letter.objects.filter(case=case, kind="notice")
    extend(case, by, NOON, clock_id=row.id, reason="情况复杂")
    assert not letters.exists()
    extend(case, by, NOON, clock_id=row.id, reason="情况特别复杂")
    assert "情况特别复杂" in letters.get().body
    with pytest.raises(Refusal, match="no_extension"):
        extend(case, by, NOON, clock_id=row.id, reason="还要")
    row.refresh_from_db()
    assert sum(1 for one in row.explanation["segments"] if one[0] == "extend") == 2


def test_who_may_not_extend_alone_asks_and_the_signature_does_it(house: House) -> None:
    case = case_of(house, "bank")
    row = clock_of(case, "cn.bank.simple")
    with pytest.raises(NeedsApproval) as needed:
        extend(case, house.actor("甲"), NOON, clock_id=row.id, reason="情况复杂")
    approve.ask(case, house.actor("甲"), NOON, planned=needed.value.planned)
    assert clock_of(case, "cn.bank.simple").due_at == row.due_at
    asked = Approval.objects.get(case=case)
    assert "30 天" in asked.told["words"]
    approve.approve(fresh(case), house.actor("丁"), later(days=1), approval_id=asked.id)
    assert clock_of(case, "cn.bank.simple").due_at > row.due_at
    done = Event.objects.get(case=case, kind="clock_extended")
    assert (done.member_id, done.data["approval"]) == (house["丁"].id, str(asked.id))


def test_a_clock_that_ran_out_or_whose_source_allows_nothing_is_not_extended(
    house: House,
) -> None:
    case = case_of(house, "bank")
    by = house.actor("丁")
    with pytest.raises(Refusal, match="no_extension"):
        extend(case, by, NOON, clock_id=clock_of(case, "cn.cpl.dept").id, reason="忙")
    row = clock_of(case, "cn.bank.simple")
    with pytest.raises(Refusal, match="ended"):
        extend(case, by, row.due_at + timedelta(seconds=1), clock_id=row.id, reason="忙")


def test_a_second_click_extends_once(house: House) -> None:
    case = case_of(house, "bank")
    row = clock_of(case, "cn.bank.simple")
    for _again in range(2):
        extend(case, house.actor("丁"), NOON, clock_id=row.id, reason="复杂", key="k")
    assert kinds(case).count("clock_extended") == 1


# Pauses --------------------------------------------------------------------------------------


def test_a_clock_stands_still_only_for_a_cause_of_its_source(house: House) -> None:
    case = accepted(case_of(house, "general"), house)
    row = clock_of(case, "cn.samr.mediate")
    by = house.actor("甲")
    with pytest.raises(Invalid):
        clock.pause(case, by, NOON, clock_id=row.id, cause="holiday of the clerk")
    clock.pause(case, by, NOON, clock_id=row.id, cause="testing")
    due = row.due_at
    clock.resume(case, by, later(days=10), clock_id=row.id)
    row.refresh_from_db()
    assert (row.state, row.due_at - due) == ("running", timedelta(days=10))


def test_clocks_of_one_case_are_independent(house: House) -> None:
    case = accepted(case_of(house, "general"), house)
    before = {row.rule: row.due_at for row in Clock.objects.filter(case=case)}
    row = clock_of(case, "cn.samr.mediate")
    clock.pause(case, house.actor("甲"), NOON, clock_id=row.id, cause="testing")
    clock.resume(case, house.actor("甲"), later(days=10), clock_id=row.id)
    after = {row.rule: row.due_at for row in Clock.objects.filter(case=case)}
    assert {rule for rule in after if after[rule] != before[rule]} == {"cn.samr.mediate"}


# Silence -------------------------------------------------------------------------------------


def test_a_kept_promise_begins_the_silence_anew(house: House) -> None:
    case = case_of(house, "general")
    by = house.actor("甲")
    promise.promise(case, by, NOON, content="明天回电", due_at=later(days=1))
    quiet = fresh(case).quiet_until
    made = case.promises.get()
    promise.keep(case, by, later(days=1), promise_id=made.id)
    renewed = fresh(case).quiet_until
    assert quiet is not None
    assert renewed is not None
    assert renewed > quiet


def test_a_broken_promise_does_not(house: House) -> None:
    case = case_of(house, "general")
    by = house.actor("甲")
    promise.promise(case, by, NOON, content="明天回电", due_at=later(days=1))
    quiet = fresh(case).quiet_until
    made = case.promises.get()
    promise.admit_broken(case, by, later(days=1), promise_id=made.id, reason="忘了")
    assert fresh(case).quiet_until == quiet


# Change of law -------------------------------------------------------------------------------


def test_a_case_keeps_the_law_of_its_receipt_over_the_change(house: House) -> None:
    """Order 20 ended with 2026-04-14; order 121 has no transition clause."""
    arrived = NOON.replace(month=4, day=14)
    old = case_of(house, "general", received_at=arrived)
    new = case_of(house, "general", received_at=arrived + timedelta(days=1))
    accepted(old, house)
    accepted(new, house)
    rules = {
        case.number: rule_from_json(clock_of(case, "cn.samr.mediate").explanation["rule"])
        for case in (old, new)
    }
    assert (rules[old.number].act, rules[old.number].n, rules[old.number].unit) == (
        "cn.samr.20", 45, "wd",
    )  # fmt: skip
    assert (rules[new.number].act, rules[new.number].n, rules[new.number].unit) == (
        "cn.samr.121", 60, "cd",
    )  # fmt: skip


def test_a_new_pack_version_changes_only_new_clocks(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case_of(house, "general")
    old = clock_of(before, "cn.samr.accept")
    pack = load("general")
    known = pack.clocks["cn.samr.accept"]
    shorter = tuple(
        replace(one, value=one.value and replace(one.value, n=3)) for one in known.rules
    )
    clocks = {**pack.clocks, known.id: replace(known, rules=shorter)}
    newer = replace(pack, version="after", clocks=clocks)
    monkeypatch.setattr(_clocks, "case_pack", lambda _case: newer)
    fresh_one = clock_of(case_of(house, "general"), "cn.samr.accept")
    assert (fresh_one.pack_version, fresh_one.explanation["rule"]["n"]) == ("after", 3)
    # The running one keeps its rule, its end and its version, whatever is done to its case.
    accepted(before, house)
    old.refresh_from_db()
    assert (old.pack_version, old.explanation["rule"]["n"]) == (pack.version, 7)
    assert clock_of(before, "cn.samr.mediate").pack_version == "after"
