"""The plan of the demo: everything is there, nothing lies ahead, the same seed tells the same."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from tingsu.core.channels import Channel
from tingsu.demo import plot
from tingsu.demo.life import Life
from tingsu.packs import available

TODAY = date(2026, 11, 21)
WHOLE = 400


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return plot.plan(TODAY)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def test_as_many_as_asked_for(lives: list[Life]) -> None:
    assert len(lives) == WHOLE
    assert len({life.number for life in lives}) == WHOLE


def test_every_state_pack_channel_and_house(lives: list[Life]) -> None:
    assert {life.target for life in lives} == {*plot.TARGETS, "merged", "linked"}
    assert {life.story.pack for life in lives} == set(available())
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


def test_a_life_goes_forward_and_ends_before_today(lives: list[Life]) -> None:
    end = plot.pace_of(TODAY).end
    for life in lives:
        moments = [step.at for step in life.steps]
        assert moments == sorted(moments)
        assert moments[-1] <= end
        assert (end - moments[0]).days < plot.DAYS


def test_promises_are_due_today_late_and_ahead(lives: list[Life]) -> None:
    owed = [due for life in lives if (due := _open_promise(life))]
    days = {due.astimezone(plot.pace_of(TODAY).calendar.zone).date() for due in owed}
    assert TODAY in days
    assert min(days) < TODAY < max(days)


def _open_promise(life: Life) -> datetime | None:
    due: datetime | None = None
    for step in life.steps:
        if step.verb in ("promise", "move_promise"):
            due = step.facts["due_at"]
        elif step.verb in ("keep", "broken"):
            due = None
    return due


def test_the_same_day_tells_the_same_story() -> None:
    assert plot.plan(TODAY, 60) == plot.plan(TODAY, 60)
    assert plot.plan(TODAY, 60) != plot.plan(TODAY, 60, seed=7)


def test_any_day_of_the_year_can_be_today() -> None:
    """Holidays, weekends, the first day of a year."""
    for day in (date(2026, 10, 5), date(2026, 2, 18), date(2027, 1, 1), date(2026, 3, 1)):
        assert len(plot.plan(day, 40)) == 40


def test_nobody_is_told_by_two_houses(lives: list[Life]) -> None:
    homes: dict[str, set[str]] = {}
    for life in lives:
        homes.setdefault(life.person.phone, set()).add(life.house)
    assert all(len(houses) == 1 for houses in homes.values())
