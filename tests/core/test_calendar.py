"""Days and hours of one place: kinds of days, counting working days, opening hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.calendar import FIRST, LAST, Calendar, OutOfCalendarError

# The National Day of 2026: public 1-3 October, off until the 7th, the 10th worked instead.
CALENDAR = Calendar(
    "test",
    public_holidays={date(2026, 10, d): "national_day" for d in (1, 2, 3)},
    arranged_rest={date(2026, 10, d): "national_day" for d in (4, 5, 6, 7)},
    makeup_workdays={date(2026, 9, 20): "national_day", date(2026, 10, 10): "national_day"},
    known_years=frozenset({2026}),
)
SEVEN_DAYS = Calendar("shop", opening=(((9 * 60, 21 * 60),),) * 7)

days = st.dates(date(2000, 1, 1), date(2080, 1, 1))
counts = st.integers(0, 400)
minutes = st.floats(0, 365 * 24 * 60)


def local(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    """A moment of 2026 in Shanghai, as UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=CALENDAR.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "worked", "public"),
    [
        (date(2026, 9, 30), True, False),  # an ordinary Wednesday
        (date(2026, 10, 1), False, True),  # the law names it
        (date(2026, 10, 5), False, False),  # a rest day by arrangement is no public holiday
        (date(2026, 10, 10), True, False),  # a Saturday worked instead
        (date(2026, 10, 11), False, False),  # an ordinary Sunday
    ],
)
def test_kinds_of_days(day: date, *, worked: bool, public: bool) -> None:
    assert CALENDAR.is_workday(day) is worked
    assert CALENDAR.is_rest_day(day) is not worked
    assert CALENDAR.is_public_holiday(day) is public


def test_the_local_day_of_an_instant_is_not_the_utc_day() -> None:
    late = datetime(2026, 9, 30, 16, 30, tzinfo=UTC)
    assert CALENDAR.day_of(late) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # the make-up Saturday counts
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 4), -1, date(2026, 9, 30)),
        (date(2026, 10, 4), 0, date(2026, 10, 4)),
    ],
)
def test_adding_working_days(day: date, n: int, expected: date) -> None:
    assert CALENDAR.add_workdays(day, n) == expected


@given(days, counts, counts)
def test_adding_in_parts_equals_adding_at_once(day: date, a: int, b: int) -> None:
    at_once = CALENDAR.add_workdays(day, a + b)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(day, a), b) == at_once


@given(days, st.integers(1, 400))
def test_what_was_added_can_be_counted_and_taken_back(day: date, n: int) -> None:
    later = CALENDAR.add_workdays(day, n)
    assert CALENDAR.is_workday(later)
    assert CALENDAR.workdays_between(day, later) == n
    assert CALENDAR.workdays_between(later, day) == -n
    back = CALENDAR.add_workdays(later, -n)
    assert CALENDAR.workdays_between(back, day) in (0, 1)


@given(days, st.integers(0, 120))
def test_runs_cover_every_day_once(day: date, n: int) -> None:
    last = day + timedelta(days=n)
    runs = list(CALENDAR.runs(day, last))
    assert runs[0].first == day
    assert runs[-1].last == last
    assert all(a.last + timedelta(1) == b.first for a, b in pairwise(runs))
    worked = sum(run.days for run in runs if run.kind in ("work", "makeup"))
    assert worked == CALENDAR.workdays_between(day - timedelta(1), last)


def test_days_beyond_the_calendar_are_refused_in_words() -> None:
    with pytest.raises(OutOfCalendarError, match="1970-2110"):
        CALENDAR.is_workday(FIRST - timedelta(1))
    with pytest.raises(OutOfCalendarError):
        CALENDAR.add_workdays(LAST, 1)


def test_years_without_a_notice_are_provisional() -> None:
    assert not CALENDAR.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 1))


# Opening hours --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        (local(30, 10, month=9), 1, local(30, 11, month=9)),
        (local(30, 11, month=9), 2, local(30, 14, 30, month=9)),  # over the lunch break
        (local(30, 11, month=9), 1, local(30, 12, month=9)),  # ends at closing, not at opening
        (local(30, 17, month=9), 2, local(8, 10)),  # over the holiday
        (local(3, 12), 1, local(8, 10)),  # begun while closed
        (local(9, 17), 2, local(10, 10)),  # a make-up Saturday has the hours of a weekday
    ],
)
def test_opening_hours_are_added_across_breaks_and_holidays(
    at: datetime, hours: int, expected: datetime
) -> None:
    assert CALENDAR.add_open(at, timedelta(hours=hours)) == expected


@given(
    minutes,
    st.timedeltas(timedelta(), timedelta(hours=300)),
    st.timedeltas(timedelta(), timedelta(hours=300)),
)
def test_opening_hours_in_parts_equal_hours_at_once(
    minute: float, a: timedelta, b: timedelta
) -> None:
    at = local(1, 0, month=1) + timedelta(minutes=minute)
    assert CALENDAR.add_open(CALENDAR.add_open(at, a), b) == CALENDAR.add_open(at, a + b)
    assert CALENDAR.open_between(at, CALENDAR.add_open(at, a)) == a


def test_a_shop_open_on_sundays_counts_them_but_closes_on_holidays() -> None:
    assert SEVEN_DAYS.hours_on(date(2026, 10, 11)) == ((540, 1260),)
    shop = Calendar("s", opening=SEVEN_DAYS.opening, public_holidays={date(2026, 10, 1): "n"})
    assert shop.hours_on(date(2026, 10, 1)) == ()
    always = Calendar(
        "a",
        opening=SEVEN_DAYS.opening,
        public_holidays={date(2026, 10, 1): "n"},
        open_on_holidays=True,
    )
    assert always.hours_on(date(2026, 10, 1)) == ((540, 1260),)


def test_single_days_can_have_hours_of_their_own() -> None:
    eve = date(2026, 2, 13)
    short = Calendar("e", opening_exceptions={eve: ((540, 720),)})
    assert short.close_of(eve) == short.instant(eve, 720)
    assert short.add_open(short.instant(eve, 600), timedelta(hours=3)).astimezone(
        short.zone
    ) == datetime(2026, 2, 16, 10, tzinfo=short.zone)


def test_a_house_that_never_opens_says_so() -> None:
    shut = Calendar("shut", opening=((),) * 7)
    assert shut.close_of(date(2026, 10, 8)) is None
    with pytest.raises(OutOfCalendarError):
        shut.add_open(local(8, 10), timedelta(hours=1))
