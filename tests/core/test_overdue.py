"""What follows when a clock has run out: which steps, in which hour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tingsu.core.clock import Span
from tingsu.core.overdue import Step, hour_of, ready
from tingsu.packs import load_calendar

CN = load_calendar("cn").calendar
DUE = datetime(2026, 9, 30, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))  # then seven days off
AT_ONCE = Step("report")
NEXT = Step("task", "head", Span(1, "wd"), Span(1, "wd"))
LAST = Step("escalate", "head", Span(3, "wd"))
STEPS = (AT_ONCE, NEXT, LAST)


def test_hours_are_counted_in_working_days_behind_the_end() -> None:
    assert hour_of(AT_ONCE, DUE, CN) == DUE
    assert CN.day_of(hour_of(NEXT, DUE, CN)).isoformat() == "2026-10-08"
    assert CN.day_of(hour_of(LAST, DUE, CN)).isoformat() == "2026-10-10"  # a Saturday made up


@pytest.mark.parametrize(
    ("done", "passed", "taken", "more"),
    [
        (0, timedelta(), [], True),  # to the last second it is in time
        (0, timedelta(seconds=1), [AT_ONCE], True),
        (1, timedelta(days=5), [], True),
        (1, timedelta(days=9), [NEXT], True),
        (0, timedelta(days=30), [AT_ONCE, NEXT, LAST], False),
        (3, timedelta(days=30), [], False),
    ],
)
def test_each_step_is_taken_in_its_hour_and_once(
    done: int, passed: timedelta, taken: list[Step], more: bool
) -> None:
    found, following = ready(STEPS, done, DUE, DUE + passed, CN)
    assert found == taken
    assert (following is not None) == more
