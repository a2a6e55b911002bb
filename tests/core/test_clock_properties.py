"""Deadlines: what holds for every rule and every moment."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.clock import (
    HOUR_UNITS,
    ROLLS,
    STARTS,
    UNITS,
    ClockRule,
    from_json,
    start,
    stretch,
)
from tingsu.packs import load_calendar

CN = load_calendar("cn").calendar
CAUSE = frozenset({"testing"})
SIZES = {"wd": 60, "cd": 120, "h": 100, "oh": 60, "w": 20, "mo": 24, "y": 3}


@st.composite
def rules(draw: st.DrawFn, units: tuple[str, ...] = UNITS) -> ClockRule:
    """Any rule that a pack may hold."""
    unit = draw(st.sampled_from(units))
    timed = unit in HOUR_UNITS
    return ClockRule(
        "any",
        "received",
        draw(st.integers(1, SIZES[unit])),
        unit,
        date(2020, 1, 1),
        start_rule="excluded" if timed else draw(st.sampled_from(STARTS)),
        roll="none" if timed else draw(st.sampled_from(ROLLS)),
        ends_at="day" if timed else draw(st.sampled_from(("day", "close"))),
        pauses=CAUSE,
    )


moments = st.timedeltas(timedelta(), timedelta(days=2550)).map(
    lambda passed: datetime(2020, 1, 2, tzinfo=UTC) + passed
)
lengths = st.timedeltas(timedelta(), timedelta(days=60))


@given(rules(), moments, lengths)
def test_a_later_start_never_ends_earlier(rule: ClockRule, at: datetime, later: timedelta) -> None:
    assert start(rule, at + later, CN).due_at >= start(rule, at, CN).due_at


@given(rules(("wd", "cd", "w", "mo", "y")), moments)
def test_a_deadline_is_never_on_a_day_that_the_rule_forbids(rule: ClockRule, at: datetime) -> None:
    deadline = start(rule, at, CN)
    if rule.roll == "rest_days" or rule.unit == "wd":
        assert CN.is_workday(deadline.due_day)
    if rule.roll == "public_holidays":
        assert not CN.is_public_holiday(deadline.due_day)
    assert deadline.due_day >= deadline.last_day >= deadline.start_day


@given(moments, st.integers(1, 40), st.integers(1, 40))
def test_working_days_in_parts_equal_working_days_at_once(at: datetime, a: int, b: int) -> None:
    def count(n: int, moment: datetime) -> date:
        rule = ClockRule("any", "received", n, "wd", date(2020, 1, 1))
        return start(rule, moment, CN).due_day

    first = CN.instant(count(a, at), 12 * 60)
    assert count(b, first) == count(a + b, at)


@given(rules(), moments, lengths)
def test_a_pause_of_zero_changes_nothing(rule: ClockRule, at: datetime, after: timedelta) -> None:
    deadline = start(rule, at, CN)
    assert stretch(deadline, at + after, at + after, CN, "testing") == deadline


@given(rules(), moments, lengths, lengths)
def test_a_pause_never_shortens_and_longer_ones_take_more(
    rule: ClockRule, at: datetime, after: timedelta, length: timedelta
) -> None:
    deadline = start(rule, at, CN)
    short = stretch(deadline, at + after, at + after + length, CN, "testing")
    long = stretch(deadline, at + after, at + after + 2 * length, CN, "testing")
    assert deadline.due_at <= short.due_at <= long.due_at


@given(rules(), moments, lengths, lengths, lengths)
def test_two_pauses_in_a_row_equal_one(
    rule: ClockRule, at: datetime, after: timedelta, one: timedelta, two: timedelta
) -> None:
    deadline = start(rule, at, CN)
    begun = at + after
    if begun + one > deadline.due_at:
        return  # the second pause would begin when the first clock had run out
    apart = stretch(deadline, begun, begun + one, CN, "testing")
    apart = stretch(apart, begun + one, begun + one + two, CN, "testing")
    assert apart.due_at == stretch(deadline, begun, begun + one + two, CN, "testing").due_at


@given(rules(("wd",)), moments)
def test_the_segments_of_working_days_add_up(rule: ClockRule, at: datetime) -> None:
    counted = [s for s in start(rule, at, CN).segments if s.kind in ("work", "makeup")]
    assert sum(s.n for s in counted) == rule.n


@given(rules(), moments, lengths)
def test_every_deadline_can_be_stored(rule: ClockRule, at: datetime, length: timedelta) -> None:
    deadline = stretch(start(rule, at, CN), at, at + length, CN, "testing")
    assert from_json(deadline.to_json()) == deadline
