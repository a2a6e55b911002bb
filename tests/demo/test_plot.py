"""The plan of the demo: everything is there, the same seed tells the same, and the desks of an
ordinary day are those of a good team.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tingsu.core.channels import Channel
from tingsu.demo import plot, stages
from tingsu.demo.ledger import Ledger, ledger
from tingsu.demo.life import Life
from tingsu.demo.stories import stories

TODAY = date(2026, 11, 24)  # a Tuesday
WHOLE = 400
NOON = 12.5


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return plot.plan(TODAY)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


@pytest.fixture(scope="module")
def noon(lives: list[Life]) -> list[tuple[Life, Ledger]]:
    """The open cases as the house has them in the middle of the day."""
    return _open(lives, NOON)


def _open(lives: list[Life], hour: float) -> list[tuple[Life, Ledger]]:
    now = plot.pace_of(TODAY).at(TODAY, hour)
    counted = [(life, ledger(life, now)) for life in lives if life.received <= now]
    return [(life, count) for life, count in counted if count.open]


def _days_ahead(count: Ledger) -> int:
    """0: the next date of the case is today."""
    assert count.next_at
    return (plot.pace_of(TODAY).day_of(count.next_at) - TODAY).days


def test_as_many_as_asked_for_and_those_of_today(lives: list[Life]) -> None:
    end = plot.pace_of(TODAY).end
    before = [life for life in lives if life.received < end]
    assert abs(len(before) - WHOLE) <= 2  # an echo may find no case to repeat
    assert 10 <= len(lives) - len(before) <= 20
    assert len({life.number for life in lives}) == len(lives)


def test_every_state_pack_channel_and_house(lives: list[Life]) -> None:
    assert {life.target for life in lives} == {*plot.TARGETS, "merged", "linked"}
    assert {life.story.pack for life in lives} == {story.pack for story in stories()}
    assert {life.channel for life in lives} == set(Channel)
    assert {life.house for life in lives} == {"yunfan", "mingzhou-wly", "qinghe"}


def test_everything_is_done_that_can_be_done(lives: list[Life]) -> None:
    verbs = {step.verb for life in lives for step in life.steps}
    assert verbs >= {
        "keep", "broken", "move_promise", "send_back", "escalate", "instruct", "watch",
        "approve_watch", "merge", "link", "reopen", "ask_reopen", "add", "look", "rate",
    }  # fmt: skip


def test_no_slot_is_left_open(lives: list[Life]) -> None:
    for life in lives:
        for step in life.steps:
            for text in _texts(dict(step.facts)):
                assert "{" not in text
                assert "}" not in text


def test_a_life_goes_forward_and_the_day_has_an_evening(lives: list[Life]) -> None:
    pace = plot.pace_of(TODAY)
    for life in lives:
        moments = [step.at for step in life.steps]
        assert moments == sorted(moments)
        assert moments[-1] <= pace.at(TODAY, 20)
        assert (pace.end - moments[0]).days < plot.DAYS


def test_the_story_stops_at_the_moment_asked_for(lives: list[Life]) -> None:
    now = plot.pace_of(TODAY).at(TODAY, NOON)
    told = plot.timeline(lives, now)
    assert told[-1][1].at <= now
    assert len(told) < len(plot.timeline(lives))
    assert [step.at for _life, step in told] == sorted(step.at for _life, step in told)


def test_little_is_overdue_and_not_for_long(noon: list[tuple[Life, Ledger]]) -> None:
    now = plot.pace_of(TODAY).at(TODAY, NOON)
    late = [now - count.next_at for _life, count in noon if count.next_at and count.next_at < now]
    assert 0.04 <= len(late) / len(noon) <= 0.1
    assert sum(gap > timedelta(days=3) for gap in late) <= 2
    assert max(late) < timedelta(days=10)


def test_some_is_due_today_and_most_lies_ahead(noon: list[tuple[Life, Ledger]]) -> None:
    now = plot.pace_of(TODAY).at(TODAY, NOON)
    ahead = [count for _life, count in noon if count.next_at and count.next_at >= now]
    today = [count for count in ahead if _days_ahead(count) == 0]
    assert 0.08 <= len(today) / len(noon) <= 0.28
    hours = {count.next_at for count in today}
    assert len(hours) >= 5  # not all at midnight
    assert sum(_days_ahead(count) == 1 for count in ahead) / len(noon) >= 0.25


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 27)])
def test_a_sunday_and_a_friday_are_good_days_too(day: date) -> None:
    pace = plot.pace_of(day)
    now = pace.at(day, NOON)
    counts = [ledger(life, now) for life in plot.plan(day) if life.received <= now]
    dates = [count.next_at for count in counts if count.open and count.next_at]
    assert sum(at < now for at in dates) / len(dates) <= 0.1
    assert 0.08 <= sum(at >= now and pace.day_of(at) == day for at in dates) / len(dates) <= 0.28


def test_the_overdue_is_spread_over_the_team(noon: list[tuple[Life, Ledger]]) -> None:
    now = plot.pace_of(TODAY).at(TODAY, NOON)
    own = Counter(count.owner for _life, count in noon if count.owner)
    late = Counter(count.owner for _life, count in noon if count.next_at and count.next_at < now)
    for owner, number in late.items():
        assert number <= 4
        assert number <= max(2, own[owner] / 4)


def test_ages_and_what_waits(noon: list[tuple[Life, Ledger]], lives: list[Life]) -> None:
    pace = plot.pace_of(TODAY)
    ages = sorted((pace.at(TODAY, NOON) - life.received).days for life, _count in noon)
    assert ages[len(ages) // 2] <= 8
    assert ages[round(len(ages) * 0.95)] <= 20
    waiting = [life for life, count in noon if not count.owner and life.house == "yunfan"]
    assert 3 <= len(waiting) <= 16
    assert Counter(pace.day_of(life.received) for life in lives)[TODAY - timedelta(days=1)] >= 5


def test_the_head_has_a_few_to_read(noon: list[tuple[Life, Ledger]]) -> None:
    unread = [
        life for life, _count in noon
        if life.house == "yunfan" and stages.for_head(life) and not life.when("instruct")
    ]  # fmt: skip
    assert 2 <= len(unread) <= 4


def test_a_department_has_tasks_before_it(lives: list[Life]) -> None:
    asked = [
        life for life, count in _open(lives, 8)
        if life.house == "yunfan" and life.story.task[:1] == ("物业工程部",) and count.task
    ]  # fmt: skip
    assert len(asked) >= 3


def test_the_law_and_the_word_are_kept(lives: list[Life]) -> None:
    """About one clock in twenty was met too late; nine promises in ten are kept in time."""
    now = plot.pace_of(TODAY).at(TODAY, NOON)
    counts = [ledger(life, now) for life in lives if life.received <= now]
    clocks = sum(len(count.clocks) for count in counts)
    assert 0.02 <= sum(len(count.late(now)) for count in counts) / clocks <= 0.08
    ended = [how for life in lives for how in _promises(life)]
    assert ended.count("kept") / len(ended) >= 0.88
    assert {"late", "broken"} <= set(ended)


def _promises(life: Life) -> Iterator[str]:
    """How each promise of a life ended; moved ones count by their new time."""
    due: datetime | None = None
    for step in life.steps:
        if step.verb in ("promise", "move_promise"):
            due = step.facts["due_at"]
        elif step.verb == "broken":
            yield "broken"
        elif step.verb == "keep" and due:
            yield "kept" if step.at <= due else "late"


def test_the_same_day_tells_the_same_story() -> None:
    assert plot.plan(TODAY, 60) == plot.plan(TODAY, 60)
    assert plot.plan(TODAY, 60) != plot.plan(TODAY, 60, seed=7)


def test_any_day_of_the_year_can_be_today() -> None:
    """Holidays, weekends, the first day of a year."""
    for day in (date(2026, 10, 5), date(2026, 2, 18), date(2027, 1, 1), date(2026, 3, 1)):
        lives = plot.plan(day, 40)
        end = plot.pace_of(day).end
        assert 38 <= sum(life.received < end for life in lives) <= 40
        assert sum(life.received >= end for life in lives) == 1


def test_while_the_customer_has_the_answer_nobody_talks_on() -> None:
    """From the answer to the customer's word there is only carrying it out."""
    for day in (date(2026, 11, 22), date(2026, 10, 5), date(2026, 3, 1)):
        for life in plot.plan(day, 400):
            answered = False
            for step in life.steps:
                if step.verb in ("reply", "confirm"):
                    answered = step.verb == "reply" and step.facts["kind"] == "final"
                assert not (answered and step.facts.get("to") in ("negotiate", "mediate", "decide"))


def test_nobody_is_told_by_two_houses(lives: list[Life]) -> None:
    homes: dict[str, set[str]] = {}
    for life in lives:
        homes.setdefault(life.person.phone, set()).add(life.house)
    assert all(len(houses) == 1 for houses in homes.values())
