"""The calendar files, day by day against two libraries that read the same notices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import holidays
import pytest

from tingsu.packs import PackError, holiday_label, load_calendar

CN = load_calendar("cn")
YEARS = (2009, 2010, *range(2020, 2027))


def days_of(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", YEARS)
def test_working_days_agree_with_chinesecalendar(year: int) -> None:
    ours = [day for day in days_of(year) if CN.calendar.is_workday(day)]
    assert ours == [day for day in days_of(year) if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize("year", YEARS)
def test_working_days_agree_with_holidays(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    ours = [day for day in days_of(year) if CN.calendar.is_workday(day)]
    assert ours == [day for day in days_of(year) if theirs.is_working_day(day)]


@pytest.mark.parametrize("year", [*YEARS, 2027])
def test_public_holidays_proper_agree_with_holidays(year: int) -> None:
    named = holidays.country_holidays("CN", years=year, observed=False, language="en_US")
    theirs = {day for day, name in named.items() if "Day off" not in name and "Extend" not in name}
    assert {day for day in days_of(year) if CN.calendar.is_public_holiday(day)} == theirs


def test_the_law_of_2025_added_two_days() -> None:
    public = CN.calendar.is_public_holiday
    assert not public(date(2024, 2, 9))
    assert CN.calendar.is_workday(date(2024, 2, 9))  # New Year's Eve 2024 was worked
    assert public(date(2025, 1, 28))
    assert not public(date(2024, 5, 2))
    assert public(date(2025, 5, 2))


def test_a_rest_day_by_arrangement_is_no_public_holiday() -> None:
    fifth = date(2026, 10, 5)
    assert CN.calendar.is_rest_day(fifth)
    assert not CN.calendar.is_public_holiday(fifth)
    assert CN.calendar.name_of(fifth) == "national_day"


def test_years_without_a_notice_have_fixed_holidays_and_are_provisional() -> None:
    assert CN.calendar.is_public_holiday(date(2031, 5, 2))
    assert CN.calendar.is_provisional(date(2031, 5, 2), date(2031, 5, 2))
    assert CN.calendar.is_provisional(date(2027, 1, 4), date(2027, 1, 4))
    assert not CN.calendar.is_provisional(date(2020, 1, 1), date(2026, 12, 31))


def test_every_year_has_its_source() -> None:
    assert set(YEARS) <= set(CN.sources)
    assert all("国务院" in CN.sources[year] for year in YEARS if year >= 2020)


def test_holidays_have_names_in_three_languages() -> None:
    assert holiday_label("cn", "national_day") == "国庆节"
    assert holiday_label("cn", "national_day", "zh-hant") == "國慶節"
    assert holiday_label("cn", "national_day", "en") == "National Day"
    assert holiday_label("cn", "day_of_the_cat") == "day_of_the_cat"


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(PackError, match=r"atlantis\.toml"):
        load_calendar("atlantis")


ABROAD = {
    "uk": ("GB", "ENG"),
    "uk_sct": ("GB", "SCT"),
    "us": ("US", None),
    "hk": ("HK", None),
    "tw": ("TW", None),
}


@pytest.mark.parametrize("place", ABROAD)
def test_calendars_of_other_places_agree_with_holidays(place: str) -> None:
    country, part = ABROAD[place]
    kinds = ("public", "optional") if place == "hk" else ("public",)
    theirs = holidays.country_holidays(
        country, subdiv=part, years=range(2024, 2028), categories=kinds
    )
    calendar = load_calendar(place).calendar
    for day in (day for year in range(2024, 2028) for day in days_of(year)):
        usual = day.weekday() < 5 and day not in theirs
        assert calendar.is_workday(day) == (usual or day in theirs.weekend_workdays), day


def test_a_place_keeps_its_own_day_and_its_own_holidays() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past ten in the evening in Greenwich
    days = {place: load_calendar(place).calendar.day_of(late).day for place in (*ABROAD, "eu")}
    assert days == {"uk": 1, "uk_sct": 1, "us": 1, "hk": 2, "tw": 2, "eu": 2}
    assert not load_calendar("hk").calendar.is_workday(date(2026, 7, 1))
    assert load_calendar("us").calendar.name_of(date(2026, 7, 3)) == "independence"
    assert load_calendar("eu").calendar.is_provisional(date(2026, 7, 1), date(2026, 7, 1))
