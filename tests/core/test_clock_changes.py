"""Deadlines that change on their way: pauses, extensions, a calendar that knows more."""

from dataclasses import replace
from datetime import date

import pytest

from clock_words import CN, at, rule
from tingsu.core.clock import (
    Extension,
    NotPausableError,
    explain,
    extend,
    grant,
    next_extension,
    recount,
    start,
    stretch,
)

MEDIATION = rule(60, "cd", roll="public_holidays", pauses=frozenset({"testing"}))


def test_testing_time_is_not_counted_and_the_roll_on_is_done_anew() -> None:
    begun = start(MEDIATION, at("2026-08-03 09:00"), CN)
    assert str(begun.due_day) == "2026-10-04"
    tested = stretch(begun, at("2026-08-10 10:00"), at("2026-08-31 15:00"), CN, "testing")
    assert str(tested.last_day) == "2026-10-23"  # 21 days from 2 October, not from the 4th
    assert str(tested.due_day) == "2026-10-23"
    assert [s.kind for s in tested.segments] == ["start", "days", "pause", "days"]


def test_a_pause_takes_working_days_from_a_clock_in_working_days() -> None:
    begun = start(rule(5, "wd", pauses=frozenset({"testing"})), at("2026-09-28 10:00"), CN)
    assert str(begun.due_day) == "2026-10-10"
    tested = stretch(begun, at("2026-09-29 10:00"), at("2026-10-08 10:00"), CN, "testing")
    assert str(tested.due_day) == "2026-10-13"  # the 30th and the 8th were lost


def test_a_cause_that_the_source_does_not_name_stops_nothing() -> None:
    begun = start(MEDIATION, at("2026-08-03 09:00"), CN)
    with pytest.raises(NotPausableError):
        stretch(begun, at("2026-08-10 10:00"), at("2026-08-31 15:00"), CN, "holiday of the clerk")


@pytest.mark.parametrize(
    ("paused", "resumed"),
    [
        ("2026-08-10 10:00", "2026-08-10 10:00"),
        ("2026-07-01 10:00", "2026-08-02 10:00"),  # before the clock ran
        ("2026-10-05 00:00", "2026-10-20 10:00"),  # after it had run out
    ],
)
def test_pauses_that_take_nothing_from_the_count_change_nothing(paused: str, resumed: str) -> None:
    begun = start(MEDIATION, at("2026-08-03 09:00"), CN)
    assert stretch(begun, at(paused), at(resumed), CN, "testing") == begun


def test_hours_are_paused_to_the_minute() -> None:
    begun = start(rule(48, "h"), at("2026-11-02 10:00"), CN)
    later = stretch(begun, at("2026-11-02 11:00"), at("2026-11-02 12:30"), CN)
    assert later.due_at == at("2026-11-04 11:30")


def test_a_clock_cannot_resume_before_it_paused() -> None:
    begun = start(MEDIATION, at("2026-08-03 09:00"), CN)
    with pytest.raises(ValueError, match="before"):
        stretch(begun, at("2026-08-10 10:00"), at("2026-08-09 10:00"), CN)


def test_an_extension_counts_from_the_last_day_before_rolling_on() -> None:
    begun = start(rule(15, "wd"), at("2026-11-02 10:00"), CN)
    assert str(begun.due_day) == "2026-11-23"
    longer = extend(begun, 15, "wd", CN)
    assert str(longer.due_day) == "2026-12-14"
    assert "extended" in [p.code for p in explain(longer)]
    with pytest.raises(ValueError, match="longer"):
        extend(begun, 0, "wd", CN)


def test_a_clock_in_hours_is_extended_in_hours() -> None:
    begun = start(rule(48, "h"), at("2026-11-02 10:00"), CN)
    assert extend(begun, 24, "h", CN).due_at == at("2026-11-05 10:00")
    with pytest.raises(ValueError, match="in hours"):
        extend(begun, 1, "cd", CN)


COMPLEX = Extension(30, "cd", "to", "complex")
VERY = Extension(30, "cd", "by", "very complex", "head office", notify=True)


def test_each_extension_of_the_source_is_granted_once_and_in_order() -> None:
    begun = start(rule(15, "cd", extensions=(COMPLEX, VERY)), at("2026-11-02 10:00"), CN)
    assert next_extension(begun) == COMPLEX
    once = grant(begun, COMPLEX, CN)
    assert (str(once.due_day), next_extension(once)) == ("2026-12-02", VERY)
    twice = grant(once, VERY, CN)
    assert (str(twice.last_day), next_extension(twice)) == ("2027-01-01", None)


def test_a_total_counts_what_was_paused_besides() -> None:
    rules = rule(15, "cd", extensions=(COMPLEX,), pauses=frozenset({"testing"}))
    begun = start(rules, at("2026-11-02 10:00"), CN)
    paused = stretch(begun, at("2026-11-05 10:00"), at("2026-11-10 10:00"), CN, "testing")
    assert str(grant(paused, COMPLEX, CN).due_day) == "2026-12-07"  # 30 days and the five


def test_a_total_that_is_no_longer_is_no_extension() -> None:
    begun = start(rule(15, "cd"), at("2026-11-02 10:00"), CN)
    with pytest.raises(ValueError, match="longer"):
        grant(begun, Extension(15, "cd", "to"), CN)
    with pytest.raises(ValueError, match="unit"):
        grant(begun, Extension(30, "wd", "to"), CN)


# A calendar that knows more -------------------------------------------------------------------


def test_a_new_notice_moves_the_end_and_takes_the_provisional_mark_away() -> None:
    begun = start(rule(5, "wd"), at("2026-12-28 10:00"), CN)
    assert (str(begun.due_day), begun.provisional) == ("2027-01-05", True)
    notice = replace(
        CN,
        arranged_rest={**CN.arranged_rest, date(2027, 1, 4): "new_year"},
        makeup_workdays={**CN.makeup_workdays, date(2027, 1, 9): "new_year"},
        known_years=CN.known_years | {2027},
    )
    told = recount(begun, notice)
    assert (str(told.due_day), told.provisional) == ("2027-01-06", False)
    assert recount(told, notice) == told
