"""Counting a hundred thousand clocks anew by story gives what counting each one gives (HA-14)."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tingsu.cases._anew import Recounting
from tingsu.core import clock
from tingsu.core.clock import ClockRule, Deadline, Span
from tingsu.packs import available, calendar_of, load
from tingsu.packs.notices import almanac_with

CN = calendar_of(load("general"))
NOTICE = """
[[year]]
year = 2027
source = "测试"

[[year.holiday]]
name = "new_year"
off = [2027-01-01, 2027-01-06]
public = [2027-01-01]
work = [2027-01-09]
"""
NEW = almanac_with(CN.id, (NOTICE,)).calendar
STARTS = [datetime(2026, 12, 24, hour, tzinfo=UTC) + timedelta(days=day, minutes=day)
          for day in range(9) for hour in (1, 7, 16)]  # fmt: skip
RULES = [
    one.newest
    for pack in map(load, available())
    if pack.calendar.id == CN.id
    for one in pack.clocks.values()
    if one.newest is not None
]


def stored(deadline: Deadline, *, compact: bool) -> str:
    """As SQLite keeps it, or as PostgreSQL gives it back: its own order of keys."""
    says = deadline.to_json()
    return json.dumps(dict(sorted(says.items())) if compact else says)


def alone(deadline: Deadline) -> tuple[Any, ...]:
    new = clock.recount(deadline, NEW)
    return new.due_at, new.warn_at, new.provisional, new.to_json()


@pytest.mark.parametrize("compact", [False, True])
def test_by_story_and_alone_are_the_same_for_every_rule_of_every_pack(compact: bool) -> None:
    count, moved = Recounting(NEW), 0
    for rule in RULES:
        for at in STARTS:
            old = clock.start(rule, at, CN)
            new = count.anew(stored(old, compact=compact))
            assert (new.due_at, new.warn_at, new.provisional, json.loads(new.told)) == alone(old)
            assert new.changed == (json.loads(new.told) != old.to_json())
            moved += new.due_at != old.due_at
    assert moved > len(RULES)
    assert len(count.known) < len(RULES) * len(STARTS)  # stories were shared


@pytest.mark.parametrize("warn", [Span(1, "wd"), Span(30, "wd"), Span(30, "h"), None])
@pytest.mark.parametrize("unit", ["wd", "cd", "h", "oh"])
def test_pauses_extensions_hours_and_warnings_cut_off_are_counted_each_for_itself(
    unit: str, warn: Span | None
) -> None:
    rule = ClockRule("x", "received", 5, unit, date(2026, 1, 1), roll="rest_days", warn=warn)
    count = Recounting(NEW)
    for at in STARTS:
        plain = clock.start(rule, at, CN)
        for old in (
            plain,
            clock.stretch(plain, at + timedelta(hours=3), at + timedelta(days=2), CN),
            clock.extend(plain, 3, unit, CN),
        ):
            new = count.anew(stored(old, compact=False))
            assert (new.due_at, new.warn_at, new.provisional, json.loads(new.told)) == alone(old)
