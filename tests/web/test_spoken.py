"""Times and money in words: what a tired person reads at a glance."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tingsu.web import spoken

NOW = datetime(2026, 11, 21, 5, 18, tzinfo=UTC)  # Saturday 13:18 in Shanghai


@pytest.fixture(autouse=True)
def _simplified() -> Iterator[None]:
    with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
        yield


def at(day: str, time: str = "23:59") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}:00+08:00")


@pytest.mark.parametrize(
    ("due", "words", "level"),
    [
        (at("2026-11-21", "14:00"), "还有 42 分钟", "hour"),
        (at("2026-11-21", "13:18"), "还有 1 分钟", "hour"),
        (at("2026-11-21", "17:30"), "今天 17:30", "today"),
        (at("2026-11-21"), "今天", "today"),
        (at("2026-11-22", "09:00"), "明天 09:00", "soon"),
        (at("2026-11-22"), "明天", "soon"),
        (at("2026-11-23"), "下周一", "later"),
        (at("2026-11-25", "10:00"), "下周三 10:00", "later"),
        (at("2026-12-04", "12:00"), "12 月 4 日", "later"),
        (at("2027-01-05"), "2027-01-05", "later"),
        (at("2026-11-21", "13:17"), "逾期 1 分钟", "late"),
        (at("2026-11-21", "10:00"), "逾期 3 小时", "late"),
        (at("2026-11-20", "17:30"), "逾期 19 小时", "late"),
        (at("2026-11-19"), "逾期 2 天", "late"),
    ],
)
def test_due_time_is_said_as_a_person_would(due: datetime, words: str, level: str) -> None:
    said = spoken.due(due, NOW)
    assert (said.words, said.level) == (words, level)


@pytest.mark.parametrize(("language", "words"), [("en", "4 Dec"), ("zh-hant", "12 月 4 日")])
def test_a_day_is_said_as_the_language_says_it(language: str, words: str) -> None:
    with translation.override(language):
        assert spoken.due(at("2026-12-04", "12:00"), NOW).words == words


def test_days_of_this_week_have_no_next() -> None:
    monday = at("2026-11-16", "09:00")
    assert spoken.due(at("2026-11-18"), monday).words == "周三"
    assert spoken.due(at("2026-11-22"), monday).words == "周日"


def test_the_exact_time_is_always_there() -> None:
    assert spoken.due(at("2026-11-20", "17:30"), NOW).exact == "2026-11-20 周五 17:30"


def test_an_instant_is_told_in_the_zone_of_the_reader() -> None:
    late_evening = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert spoken.when(late_evening) == "2026-11-22 周日 00:30"


@given(st.timedeltas(min_value=timedelta(days=-900), max_value=timedelta(days=900)))
def test_late_is_said_exactly_when_it_is_late(distance: timedelta) -> None:
    said = spoken.due(NOW + distance, NOW)
    assert (said.level == "late") == (distance < timedelta(0)) == said.words.startswith("逾期")


def test_the_day_line_of_a_timeline_names_today_and_yesterday() -> None:
    today = date(2026, 11, 21)
    assert spoken.day_heading(today, today) == "今天 · 2026-11-21 周六"
    assert spoken.day_heading(date(2026, 11, 20), today) == "昨天 · 2026-11-20 周五"
    assert spoken.day_heading(date(2026, 11, 1), today) == "2026-11-01 周日"


@pytest.mark.parametrize(
    ("fen", "words"),
    [(None, ""), (0, "¥0.00"), (5, "¥0.05"), (128_000, "¥1,280.00"), (-50, "-¥0.50")],
)
def test_money(fen: int | None, words: str) -> None:
    assert spoken.money(fen) == words


@pytest.mark.parametrize(
    ("octets", "words"),
    [(0, "0 B"), (900, "900 B"), (420_000, "410 KB"), (1_300_000, "1.2 MB"), (20 << 20, "20 MB")],
)
def test_size(octets: int, words: str) -> None:
    assert spoken.size(octets) == words


@pytest.mark.parametrize(("seconds", "words"), [(400, "6 分 40 秒"), (9, "9 秒"), (-3, "0 秒")])
def test_length_of_a_call(seconds: int, words: str) -> None:
    assert spoken.lasted(seconds) == words
