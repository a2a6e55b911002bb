"""Deadlines: what holds for every rule and every moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tingsu.core.clock import (
    HOUR_UNITS,
    ROLLS,
    STARTS,
    UNITS,
    ClockRule,
    Deadline,
    extend,
    from_json,
    recount,
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


@given(moments, st.integers(1, 60), st.integers(1, 60), st.sampled_from(("wd", "cd", "w")))
def test_extensions_in_parts_equal_one(at: datetime, a: int, b: int, unit: str) -> None:
    deadline = start(ClockRule("any", "received", 5, unit, date(2020, 1, 1)), at, CN)
    apart = extend(extend(deadline, a, unit, CN), b, unit, CN)
    assert apart.due_at == extend(deadline, a + b, unit, CN).due_at


@st.composite
def histories(draw: st.DrawFn) -> Deadline:
    """A clock with whatever may have happened to it."""
    deadline = start(draw(rules()), draw(moments), CN)
    timed = deadline.rule.unit in HOUR_UNITS
    for _step in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            unit = draw(st.sampled_from(("h", "oh") if timed else ("wd", "cd", "w", "mo")))
            deadline = extend(deadline, draw(st.integers(1, 20)), unit, CN)
        else:
            begun = deadline.started_at + draw(lengths)
            deadline = stretch(deadline, begun, begun + draw(lengths), CN, "testing")
    return deadline


@given(histories())
def test_counted_anew_over_the_same_days_a_clock_stays_what_it_is(deadline: Deadline) -> None:
    assert recount(deadline, CN) == deadline


FREE = st.dates(date(2020, 1, 2), date(2028, 1, 1))


def _mixed(deadline: Deadline) -> bool:
    """Counts working days, was lengthened by calendar time, and paused: when a day of the pause
    turns out free, the pause took one working day less, and gives one less back."""
    units = {segment.names for segment in deadline.segments if segment.kind == "extend"}
    paused = any(segment.kind == "pause" for segment in deadline.segments)
    return deadline.rule.unit == "wd" and paused and bool(units - {("wd",)})


@given(histories(), FREE)
def test_one_more_day_off_never_makes_a_clock_end_earlier(deadline: Deadline, day: date) -> None:
    assume(day not in CN.makeup_workdays)  # a holiday on a made-up day is no notice at all
    assume(not _mixed(deadline))
    more = replace(CN, public_holidays={**CN.public_holidays, day: "new_year"})
    assert recount(deadline, more).due_at >= deadline.due_at


@given(rules(), moments, FREE)
def test_days_beyond_the_due_day_do_not_move_it(rule: ClockRule, at: datetime, day: date) -> None:
    deadline = start(rule, at, CN)
    assume(day > deadline.due_day)
    more = replace(CN, public_holidays={**CN.public_holidays, day: "new_year"})
    assert recount(deadline, more).due_at == deadline.due_at


@given(rules(("wd",)), moments)
def test_the_segments_of_working_days_add_up(rule: ClockRule, at: datetime) -> None:
    counted = [s for s in start(rule, at, CN).segments if s.kind in ("work", "makeup")]
    assert sum(s.n for s in counted) == rule.n


@given(rules(), moments, lengths)
def test_every_deadline_can_be_stored(rule: ClockRule, at: datetime, length: timedelta) -> None:
    deadline = stretch(start(rule, at, CN), at, at + length, CN, "testing")
    assert from_json(deadline.to_json()) == deadline
