"""Dated values: the one in force, the explicit end, the order of a history."""

from datetime import date

from tingsu.core.dated import Dated, in_force, out_of_order, overdue_for_review

OLD = Dated(date(2020, 1, 1), 45, "order 20")
NEW = Dated(date(2026, 4, 15), 60, "order 121", review_by=date(2027, 6, 30))
END = Dated[int](date(2030, 1, 1), None, "repealed")


def test_a_value_holds_from_its_day_until_the_next_one() -> None:
    history = [OLD, NEW, END]
    assert in_force(history, date(2019, 12, 31)) is None
    assert in_force(history, date(2020, 1, 1)) is OLD
    assert in_force(history, date(2026, 4, 14)) is OLD
    assert in_force(history, date(2026, 4, 15)) is NEW
    assert in_force(history, date(2029, 12, 31)) is NEW


def test_an_explicit_end_leaves_nothing_in_force() -> None:
    assert in_force([OLD, NEW, END], date(2030, 1, 1)) is None


def test_a_history_is_written_oldest_first_and_one_entry_a_day() -> None:
    assert out_of_order([OLD, NEW, END]) is None
    assert out_of_order([NEW, OLD]) is OLD
    assert out_of_order([OLD, OLD]) is OLD


def test_a_passed_review_is_named_and_the_value_goes_on() -> None:
    assert overdue_for_review([OLD, NEW], date(2027, 6, 30)) == ()
    assert overdue_for_review([OLD, NEW], date(2027, 7, 1)) == (NEW,)
    assert in_force([OLD, NEW], date(2027, 7, 1)) is NEW
