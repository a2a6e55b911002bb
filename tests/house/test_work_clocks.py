"""The worker and the clocks: each warns once and runs out once, met ones are left alone (HA-14)."""

from datetime import timedelta

import pytest

from factories import NOON, House, make_case, make_house
from tingsu import work
from tingsu.cases.actions import move, sweep
from tingsu.cases.models import Case, Clock, Event
from tingsu.core.lifecycle import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def case(house: House) -> Case:
    """甲's case."""
    return make_case(house, by="甲")


def _said(case: Case, kind: str, rule: str) -> int:
    """How often the case was told this of a clock."""
    return Event.objects.filter(case=case, kind=kind, data__rule=rule).count()


@pytest.fixture
def clock(case: Case) -> Clock:
    """A running clock of the case that warns before it runs out."""
    found = Clock.objects.filter(case=case, state="running", warn_at__isnull=False)
    return found.order_by("due_at")[0]


def test_a_clock_warns_once_and_runs_out_once(case: Case, clock: Clock) -> None:
    assert clock.warn_at
    work.clocks(clock.warn_at - timedelta(seconds=1))
    assert _said(case, "clock_warned", clock.rule) == 0
    for _again in range(2):
        work.clocks(clock.warn_at)
    assert _said(case, "clock_warned", clock.rule) == 1
    work.clocks(clock.due_at)
    assert _said(case, "clock_breached", clock.rule) == 0  # to the last second it is in time
    for _again in range(2):
        work.clocks(clock.due_at + timedelta(seconds=1))
    assert _said(case, "clock_breached", clock.rule) == 1
    clock.refresh_from_db()
    assert (clock.state, clock.late) == ("breached", True)


def test_a_worker_that_slept_through_the_warning_only_tells_the_end(
    case: Case, clock: Clock
) -> None:
    for _again in range(2):
        work.clocks(clock.due_at + timedelta(days=1))
    assert _said(case, "clock_warned", clock.rule) == 0
    assert _said(case, "clock_breached", clock.rule) == 1


def test_a_clock_that_was_met_neither_warns_nor_runs_out(case: Case, house: House) -> None:
    running = set(Clock.objects.filter(case=case, state="running").values_list("id", flat=True))
    move.move(case, house.actor("甲"), NOON, to=Move.ACCEPT)
    (met,) = Clock.objects.filter(id__in=running, state="met")[:1]
    for at in (met.warn_at or met.due_at, met.due_at + timedelta(days=30)):
        work.clocks(at)
    assert _said(case, "clock_warned", met.rule) == _said(case, "clock_breached", met.rule) == 0


def test_a_clock_met_while_the_worker_looks_is_left_alone(case: Case, clock: Clock) -> None:
    at = clock.due_at + timedelta(seconds=1)
    late, _warned = sweep.due(at)
    Clock.objects.filter(id=clock.id).update(state="met")
    assert [sweep.breach(row, at) for row in late if row.id == clock.id] == [None]
    assert _said(case, "clock_breached", clock.rule) == 0
