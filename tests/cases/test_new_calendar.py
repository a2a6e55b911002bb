"""A new holiday notice: checked, shown what it would move, applied once, by a person (HA-14)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from factories import House, fresh, make_case, make_house
from tingsu import work
from tingsu.cases._recount import Pass
from tingsu.cases.actions import calendar, clock
from tingsu.cases.actions.extend import extend
from tingsu.cases.actions.move import move
from tingsu.cases.errors import Refusal
from tingsu.cases.models import CalendarNotice, Case, Clock, ClockMove, Event
from tingsu.cases.verify import verify_case
from tingsu.core.lifecycle import Move
from tingsu.people import rulebook
from tingsu.people.rulebook import case_pack

pytestmark = pytest.mark.django_db
KNOWN = calendar.WAITS * rulebook.FRESH_SECONDS  # by when every process knows a notice
DECEMBER = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)  # a Monday, four days before the unknown year
LATER = DECEMBER + timedelta(hours=1)
NOTICE = """
[[year]]
year = 2027
source = "放假安排测试通知"

[[year.holiday]]
name = "new_year"
off = [2027-01-01, 2027-01-05]
public = [2027-01-01]
work = [2027-01-09]

[[year.holiday]]
name = "spring_festival"
off = [2027-02-05, 2027-02-11]
public = [2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08]

[[year.holiday]]
name = "qingming"
off = [2027-04-05, 2027-04-05]
public = [2027-04-05]

[[year.holiday]]
name = "labour_day"
off = [2027-05-01, 2027-05-02]
public = [2027-05-01, 2027-05-02]

[[year.holiday]]
name = "dragon_boat"
off = [2027-06-09, 2027-06-09]
public = [2027-06-09]

[[year.holiday]]
name = "mid_autumn"
off = [2027-09-15, 2027-09-15]
public = [2027-09-15]

[[year.holiday]]
name = "national_day"
off = [2027-10-01, 2027-10-03]
public = [2027-10-01, 2027-10-02, 2027-10-03]
"""


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def case_of(house: House, at: datetime = DECEMBER, **facts: Any) -> Case:
    return make_case(house, by="甲", at=at, pack="general", **facts)


def due(case: Case, rule: str = "cn.cpl.dept") -> str:
    row = Clock.objects.get(case=case, rule=rule)
    return str(case_pack(case).calendar.day_of(row.due_at))


def proposed(house: House, text: str = NOTICE) -> CalendarNotice:
    """A notice whose consequences were counted by the worker."""
    notice = calendar.propose(house.organisation, house.actor("丁"), LATER, text=text)
    while calendar.sweep(LATER):
        pass
    notice.refresh_from_db()
    return notice


def applied(house: House, notice: CalendarNotice) -> CalendarNotice:
    calendar.apply(notice, house.actor("丁"), LATER)
    while calendar.sweep(LATER + timedelta(seconds=KNOWN)):
        pass
    notice.refresh_from_db()
    return notice


def test_what_would_move_is_shown_and_nothing_moves_yet(house: House) -> None:
    case = case_of(house)
    before = due(case)
    notice = proposed(house)
    assert (notice.state, notice.position) == ("shown", notice.total)
    moves = {one.rule: one for one in ClockMove.objects.filter(notice=notice)}
    assert set(moves) == {"cn.cpl.dept", "cn.samr.accept"}
    assert moves["cn.cpl.dept"].due > moves["cn.cpl.dept"].was
    assert notice.summary["cn.cpl.dept"] == [1, 0]
    assert due(case) == before == "2027-01-07"


def test_applied_every_moved_clock_has_its_entry_and_the_mark_is_gone(house: House) -> None:
    case = case_of(house)
    notice = applied(house, proposed(house))
    assert notice.state == "done"
    assert due(case) == "2027-01-09"  # 4 and 5 January off, Saturday 9th made up
    entries = Event.objects.filter(case=case, kind="clock_recounted")
    assert {one.data["rule"] for one in entries} == {"cn.cpl.dept", "cn.samr.accept"}
    assert {one.member_id for one in entries} == {house["丁"].id}
    assert not Clock.objects.filter(case=case, provisional=True).exists()
    assert not ClockMove.objects.filter(notice=notice, applied=False).exists()
    assert verify_case(fresh(case)) is None
    nearest = Clock.objects.filter(case=case).order_by("due_at")[0]
    assert fresh(case).next_at == min(nearest.due_at, fresh(case).quiet_until or nearest.due_at)


def test_a_clock_that_ends_on_the_same_day_only_loses_the_mark(house: House) -> None:
    case = case_of(house, at=datetime(2027, 1, 11, 2, 0, tzinfo=UTC))
    assert Clock.objects.filter(case=case, provisional=True).exists()
    notice = applied(house, proposed(house))
    assert (notice.moved, notice.settled) == (0, 2)
    assert not Clock.objects.filter(case=case, provisional=True).exists()
    assert not Event.objects.filter(case=case, kind="clock_recounted").exists()


def test_the_next_clock_counts_by_the_notice_at_once(house: House) -> None:
    calendar.apply(proposed(house), house.actor("丁"), LATER)
    assert due(case_of(house, at=LATER)) == "2027-01-09"
    assert due(case_of(make_house("mingzhou", "明州"), at=LATER)) == "2027-01-07"


def test_other_houses_keep_their_clocks(house: House) -> None:
    theirs = case_of(make_house("mingzhou", "明州"))
    applied(house, proposed(house))
    assert due(theirs) == "2027-01-07"


def test_running_clocks_wait_until_every_process_knows(house: House) -> None:
    case = case_of(house)
    calendar.apply(proposed(house), house.actor("丁"), LATER)
    assert not calendar.sweep(LATER + timedelta(seconds=KNOWN - 1))
    assert due(case) == "2027-01-07"


def test_pauses_and_extensions_stay_what_they_are(house: House) -> None:
    case = make_case(house, by="甲", at=DECEMBER, pack="bank")
    row = Clock.objects.get(case=case, rule="cn.bank.simple")
    extend(case, house.actor("丁"), LATER, clock_id=row.id, reason="复杂")
    mediated = case_of(house)
    move(mediated, house.actor("甲"), DECEMBER, to=Move.ACCEPT)
    other = Clock.objects.get(case=mediated, rule="cn.samr.mediate")
    clock.pause(mediated, house.actor("甲"), DECEMBER, clock_id=other.id, cause="testing")
    clock.resume(mediated, house.actor("甲"), DECEMBER + timedelta(days=5), clock_id=other.id)
    applied(house, proposed(house))
    row.refresh_from_db()
    other.refresh_from_db()
    assert [one[0] for one in row.explanation["segments"]].count("extend") == 1
    assert [one[0] for one in other.explanation["segments"]].count("pause") == 1
    assert not row.provisional
    assert not other.provisional


def test_what_is_met_or_ran_out_does_not_move(house: House) -> None:
    case = case_of(house)
    row = Clock.objects.get(case=case, rule="cn.cpl.dept")
    notice = proposed(house)
    work.clocks(row.due_at + timedelta(seconds=1))
    applied(house, notice)
    assert due(case) == "2027-01-07"


def test_a_worker_killed_between_two_batches_goes_on_and_moves_nothing_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tingsu.cases._recount.BATCH", 2)
    cases = [case_of(house, phone=f"1380000{n:04}", narrative=f"第{n}件") for n in range(3)]
    notice = proposed(house)
    calendar.apply(notice, house.actor("丁"), LATER)
    real = Pass._move_on
    done: list[object] = []

    def killed(self: Pass, *given: Any) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(given)
        real(self, *given)

    monkeypatch.setattr(Pass, "_move_on", killed)
    at = LATER + timedelta(seconds=KNOWN)
    with pytest.raises(KeyboardInterrupt):
        calendar.sweep(at)
    monkeypatch.setattr(Pass, "_move_on", real)
    while calendar.sweep(at):
        pass
    notice.refresh_from_db()
    assert (notice.state, notice.moved) == ("done", 6)
    for case in cases:
        assert Event.objects.filter(case=case, kind="clock_recounted").count() == 2
        assert verify_case(fresh(case)) is None


def test_somebody_who_writes_meanwhile_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(house)
    notice = proposed(house)
    calendar.apply(notice, house.actor("丁"), LATER)
    real = Pass._outcome
    once: list[int] = []

    def meanwhile(self: Pass, batch: Any) -> Any:
        found = real(self, batch)
        if not once:
            once.append(1)
            move(fresh(case), house.actor("甲"), LATER, to=Move.ACCEPT)
        return found

    monkeypatch.setattr(Pass, "_outcome", meanwhile)
    while calendar.sweep(LATER + timedelta(seconds=KNOWN)):
        pass
    met = Clock.objects.get(case=case, rule="cn.samr.accept")
    assert met.state == "met"
    assert due(case) == "2027-01-09"
    assert verify_case(fresh(case)) is None


def test_a_dropped_notice_counts_for_nothing_and_cannot_be_applied(house: House) -> None:
    notice = proposed(house)
    calendar.drop(notice, LATER)
    with pytest.raises(Refusal):
        calendar.apply(notice, house.actor("丁"), LATER)
    assert due(case_of(house, at=LATER)) == "2027-01-07"


def test_a_notice_is_applied_once(house: House) -> None:
    notice = proposed(house)
    calendar.apply(notice, house.actor("丁"), LATER)
    with pytest.raises(Refusal):
        calendar.apply(notice, house.actor("丁"), LATER)
    with pytest.raises(Refusal):
        calendar.drop(notice, LATER)


def test_a_correction_takes_the_place_of_the_year(house: House) -> None:
    applied(house, proposed(house))
    case = case_of(house)
    assert due(case) == "2027-01-09"
    applied(house, proposed(house, NOTICE.replace("2027-01-05]", "2027-01-04]")))
    assert due(case) == "2027-01-08"  # one more working day before


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[[year]\n", 1),
        ("[[year]]\nyear = 2027\n", 1),
        (NOTICE.replace('"new_year"', '"neu"'), 7),
        (NOTICE.replace("[2027-01-09]", "[2027-01-08]"), 10),  # a Friday needs no making up
        (NOTICE.replace("[2027-01-01, 2027-01-05]", "[2027-01-05, 2027-01-01]"), 8),
        (NOTICE.replace("2027-10-01, 2027-10-02, 2027-10-03", "2027-10-01"), 1),
        (NOTICE.replace("work =", "wrok ="), 10),
    ],
)
def test_a_bad_notice_is_refused_by_line_and_nothing_is_kept(
    house: House, text: str, line: int
) -> None:
    with pytest.raises(calendar.BadNotice) as refused:
        calendar.propose(house.organisation, house.actor("丁"), LATER, text=text)
    assert line in {problem.line for problem in refused.value.problems}
    assert all(problem.what for problem in refused.value.problems)
    assert not CalendarNotice.objects.exists()


def test_only_what_is_due_in_the_new_year_is_looked_at(house: House) -> None:
    case_of(house, at=datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    assert proposed(house).total == 0
    assert date(2027, 1, 1) == case_pack(case_of(house)).calendar.day_of(
        CalendarNotice.objects.get().since
    )
