"""Facts as people write them."""

import pytest

from tingsu.core.remedy import Fact
from tingsu.core.remedy_facts import Unreadable, read, write


def fact(unit: str) -> Fact:
    return Fact("x", unit, {}, options={"refund": {}} if unit == "choice" else {})


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [
        ("money", "1280", 128_000), ("money", "¥1,280.00", 128_000), ("money", "1280元", 128_000),
        ("money", "１２８０．５", 128_050), ("money", "1.2万", 1_200_000), ("money", "-5", -500),
        ("money", " ", None), ("money", "0.01", 1), ("money", "1,234,567.89", 123_456_789),
        ("rate", "20", 200_000), ("rate", "20%", 200_000), ("rate", "0.5％", 5_000),
        ("rate", "3‰", 3_000), ("rate", "0.0001%", 1), ("days", "3 天", 3),
        ("km", "10,000公里", 10_000),
        ("flag", "on", 1), ("flag", "", None), ("flag", "否", 0), ("choice", "refund", "refund"),
    ],
)  # fmt: skip
def test_read(unit: str, typed: str, value: object) -> None:
    assert read(fact(unit), typed) == value


@pytest.mark.parametrize(
    ("unit", "typed", "why"),
    [
        ("money", "1280.005", "too_fine"), ("money", "abc", "not_a_number"),
        ("money", "12,80", "not_a_number"), ("money", "NaN", "not_a_number"),
        ("money", "1e5", "not_a_number"), ("days", "2.5", "too_fine"),
        ("money", "9" * 30, "not_a_number"), ("rate", "0.00001%", "too_fine"),
        ("choice", "else", "not_a_choice"), ("flag", "maybe", "not_a_choice"),
        ("money", "٣", "not_a_number"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(unit: str, typed: str, why: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read(fact(unit), typed)
    assert unreadable.value.why == why


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("money", 128_050, "1280.50"), ("money", -5, "-0.05"), ("rate", 5_000, "0.5"),
        ("rate", 200_000, "20"), ("days", 3, "3"), ("choice", "refund", "refund"),
    ],
)  # fmt: skip
def test_what_was_read_is_shown_as_it_can_be_read_again(
    unit: str, value: int | str, shown: str
) -> None:
    assert write(fact(unit), value) == shown
    assert read(fact(unit), shown) == value
