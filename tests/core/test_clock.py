"""Deadlines: tables of real cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clock_words import CN, at, rule
from tingsu.core.clock import (
    ClockRule,
    Deadline,
    Extension,
    Remaining,
    Span,
    breached,
    explain,
    extend,
    from_json,
    remaining,
    start,
    stretch,
)


def due(counted: ClockRule, moment: str) -> str:
    """The due day as text."""
    return str(start(counted, at(moment), CN).due_day)


@pytest.mark.parametrize(
    ("n", "received", "expected"),
    [
        (7, "2026-09-23 10:00", "2026-10-10"),  # Mid-Autumn, National Day; Saturday 10th worked
        (7, "2026-09-27 10:00", "2026-10-12"),
        (7, "2025-09-25 10:00", "2025-10-11"),  # eight days off, Saturday 11th worked
        (5, "2026-02-13 16:00", "2026-02-27"),  # nine days of Spring Festival, 14th worked
        (1, "2026-02-13 16:00", "2026-02-14"),  # the make-up Saturday itself
        (2, "2024-02-09 09:00", "2024-02-19"),  # New Year's Eve 2024 worked; Sunday 18th is day 1
        (3, "2026-01-01 00:30", "2026-01-06"),  # Sunday 4th worked, then 5th, 6th
        (7, "2020-01-23 12:00", "2020-02-11"),  # the prolonged festival of 2020
        (1, "2026-05-08 23:59", "2026-05-09"),
    ],
)
def test_working_days_after_the_day_of_receipt(n: int, received: str, expected: str) -> None:
    assert due(rule(n, "wd"), received) == expected


def test_the_local_day_of_receipt_counts_not_the_utc_one() -> None:
    just_after_midnight = datetime(2026, 9, 20, 16, 5, tzinfo=UTC)  # Monday 21st in Shanghai
    assert start(rule(1, "wd"), just_after_midnight, CN).due_day == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("none", "2026-10-02"),
        ("public_holidays", "2026-10-04"),  # the law names 1 to 3 October
        ("rest_days", "2026-10-08"),
    ],
)
def test_a_last_day_on_national_day_rolls_on_as_its_rule_says(roll: str, expected: str) -> None:
    assert due(rule(60, "cd", roll=roll), "2026-08-03 09:00") == expected


@pytest.mark.parametrize(
    ("roll", "expected"),
    [("public_holidays", "2026-11-21"), ("rest_days", "2026-11-23")],
)
def test_a_saturday_is_no_public_holiday(roll: str, expected: str) -> None:
    assert due(rule(10, "cd", roll=roll), "2026-11-11 09:00") == expected


@pytest.mark.parametrize(
    ("n", "unit", "begun", "expected"),
    [
        (1, "mo", "2026-01-31 10:00", "2026-02-28"),
        (1, "mo", "2028-01-31 10:00", "2028-02-29"),
        (5, "mo", "2026-09-30 10:00", "2027-02-28"),
        (1, "mo", "2026-02-28 10:00", "2026-03-28"),
        (3, "y", "2024-02-29 10:00", "2027-02-28"),
        (2, "w", "2026-11-03 10:00", "2026-11-17"),
        (13, "mo", "2026-12-31 10:00", "2028-01-31"),
    ],
)
def test_months_weeks_and_years_end_on_the_like_day_or_the_last(
    n: int, unit: str, begun: str, expected: str
) -> None:
    assert due(rule(n, unit), begun) == expected


def test_where_the_first_day_counts_a_period_ends_a_day_earlier() -> None:
    assert due(rule(5, "wd", start_rule="included"), "2026-11-02 10:00") == "2026-11-06"
    assert due(rule(10, "cd", start_rule="included"), "2026-11-02 10:00") == "2026-11-11"
    assert due(rule(1, "wd", start_rule="included"), "2026-10-03 10:00") == "2026-10-08"


def test_a_day_ends_with_its_last_second_or_at_closing() -> None:
    assert start(rule(1, "wd"), at("2026-11-02 10:00"), CN).due_at == at("2026-11-03 23:59:59")
    closing = start(rule(1, "wd", ends_at="close"), at("2026-11-02 10:00"), CN)
    assert closing.due_at == at("2026-11-03 18:00")
    sunday = start(rule(6, "cd", ends_at="close"), at("2026-11-02 10:00"), CN)
    assert sunday.due_at == at("2026-11-08 23:59:59")


def test_hours_run_from_the_minute_and_never_roll_on() -> None:
    fault = start(rule(48, "h"), at("2026-09-30 17:20"), CN)
    assert fault.due_at == at("2026-10-02 17:20")
    assert fault.due_day == date(2026, 10, 2)


def test_opening_hours_wait_for_the_house_to_open() -> None:
    first_call = start(rule(2, "oh"), at("2026-09-30 17:00"), CN)
    assert first_call.due_at == at("2026-10-08 10:00")
    assert ("skipped", ("national_day",)) in [
        (p.code, p.params.get("names")) for p in explain(first_call)
    ]


@pytest.mark.parametrize(
    ("warn", "expected"),
    [
        (Span(2, "wd"), "2026-10-09 09:00"),
        (Span(3, "cd"), "2026-10-09 09:00"),
        (Span(1, "w"), "2026-10-05 00:00"),  # closed that day
        (Span(4, "h"), "2026-10-12 19:59:59"),
        (Span(30, "wd"), "2026-09-27 10:00"),  # never before the clock runs
    ],
)
def test_warnings_come_ahead_when_the_house_opens(warn: Span, expected: str) -> None:
    deadline = start(rule(7, "wd", warn=warn), at("2026-09-27 10:00"), CN)
    assert deadline.warn_at == at(expected)


# Breach and what remains ----------------------------------------------------------------------


def test_the_last_second_is_in_time() -> None:
    deadline = start(rule(7, "wd"), at("2026-09-27 10:00"), CN)
    assert not breached(deadline, deadline.due_at)
    assert breached(deadline, deadline.due_at + timedelta(seconds=1))
    met = deadline.due_at - timedelta(days=1)
    assert not breached(deadline, at("2027-01-01 00:00"), met_at=met)


@pytest.mark.parametrize(
    ("n", "unit", "now", "expected"),
    [
        (7, "wd", "2026-09-30 09:00", Remaining(late=False, n=4, unit="wd")),
        (7, "wd", "2026-10-12 09:00", Remaining(late=False, n=0, unit="wd")),
        (7, "wd", "2026-10-14 09:00", Remaining(late=True, n=2, unit="wd")),
        (10, "cd", "2026-10-04 09:00", Remaining(late=False, n=3, unit="cd")),
        (48, "h", "2026-09-28 09:00", Remaining(late=False, n=25, unit="h")),
        (48, "h", "2026-09-29 09:40", Remaining(late=False, n=20, unit="min")),
        (48, "h", "2026-09-29 13:00", Remaining(late=True, n=3, unit="h")),
    ],
)
def test_what_remains_is_said_in_the_clocks_own_unit(
    n: int, unit: str, now: str, expected: Remaining
) -> None:
    deadline = start(rule(n, unit), at("2026-09-27 10:00"), CN)
    assert remaining(deadline, at(now), CN) == expected


# What is stored -------------------------------------------------------------------------------


def _stored() -> list[Deadline]:
    full = ClockRule(
        "cn.bank.simple",
        "received",
        15,
        "cd",
        date(2020, 3, 1),
        roll="rest_days",
        act="cn.bank.2020-3",
        article="23.1(5)",
        warn=Span(3, "wd"),
        pauses=frozenset({"testing"}),
        met_by=frozenset({"replied", "closed"}),
        extensions=(Extension(30, "cd", "to", "complex"),),
        house=True,
        review="look",
    )
    begun = start(full, at("2026-09-17 10:00"), CN)
    paused = stretch(begun, at("2026-09-18 10:00"), at("2026-09-20 10:00"), CN, "testing")
    return [
        begun,
        paused,
        extend(paused, 3, "cd", CN),
        start(rule(3, "oh"), at("2026-09-17 10:00"), CN),
    ]


@pytest.mark.parametrize("deadline", _stored())
def test_a_stored_deadline_comes_back_whole(deadline: Deadline) -> None:
    assert from_json(deadline.to_json()) == deadline


def test_a_year_without_a_notice_makes_the_deadline_provisional() -> None:
    assert not start(rule(7, "wd"), at("2026-11-02 10:00"), CN).provisional
    assert start(rule(7, "wd"), at("2026-12-28 10:00"), CN).provisional
    assert start(rule(60, "cd", roll="rest_days"), at("2026-12-28 10:00"), CN).provisional
    # Without roll-on no holiday can move it.
    assert not start(rule(60, "cd"), at("2026-12-28 10:00"), CN).provisional
