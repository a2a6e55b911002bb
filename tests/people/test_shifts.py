"""Hours as people type them (HA-13)."""

from datetime import UTC, datetime

import pytest

from tingsu.people.shifts import on_shift, read

MONDAY = datetime(2026, 9, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mon-fri 09:00-18:00", ["mon-fri 09:00-18:00"]),
        ("周一至周五 9:00-18:00", ["mon-fri 09:00-18:00"]),
        ("周六 10:00 到 16:00\n\nSUN 22:00-06:00", ["sat 10:00-16:00", "sun 22:00-06:00"]),
        ("", []),
    ],
)
def test_hours_are_tidied(typed: str, kept: list[str]) -> None:
    assert read(typed) == kept


@pytest.mark.parametrize(
    "odd", ["早班", "mon 9-18", "mon 09:00-09:00", "abc 09:00-18:00", "mon 25:00-26:00"]
)
def test_what_cannot_be_read_is_named(odd: str) -> None:
    with pytest.raises(ValueError, match=odd.split(maxsplit=1)[0]):
        read(odd)


def test_whether_somebody_is_at_work() -> None:
    day, night = ["mon-fri 09:00-18:00"], ["sun 22:00-06:00"]
    assert on_shift([], MONDAY) is None
    assert on_shift(day, MONDAY) is True
    assert on_shift(day, MONDAY.replace(hour=18)) is False
    assert on_shift(night, MONDAY) is False
    assert on_shift(night, MONDAY.replace(hour=3)) is True  # begun on Sunday
    assert on_shift(["sat-mon 09:00-18:00"], MONDAY) is True
