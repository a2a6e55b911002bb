"""Which rule sends a case up, to which level, and never twice for the same cause (HA-10)."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tingsu.core.clock import Span
from tingsu.core.escalation import (
    Facts,
    Level,
    Rule,
    cause_of,
    fired,
    holds,
    level_after,
    level_of,
    look_again,
)
from tingsu.packs import load_calendar

CN = load_calendar("cn").calendar
NOW = datetime(2026, 9, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
FIRST, TOP = (
    Level("supervisor", 1, "supervisor", Span(4, "oh")),
    Level("head", 2, "head", Span(1, "wd")),
)
LEVELS = (FIRST, TOP)
CALM = Facts(round=1, progress_at=NOW - timedelta(hours=1))
ANGRY = Rule("anger", "supervisor", anger=4)
QUIET = Rule("quiet", "supervisor", quiet=Span(2, "wd"))
LONG = Rule("long", "head", quiet=Span(5, "wd"))


def rise(*rules: Rule, facts: Facts = CALM, used: set[str] | None = None, height: int = 0) -> str:
    found = fired(rules, LEVELS, facts, used=used or set(), height=height, now=NOW, calendar=CN)
    return f"{found.rule.id}>{found.level.id}" if found else ""


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (Rule("x", "head", anger=3), replace(CALM, anger=3)),
        (Rule("x", "head", severity="serious"), replace(CALM, severity="major")),
        (Rule("x", "head", repeat=3, days=90), replace(CALM, complaints={90: 3})),
        (Rule("x", "head", amount=100), replace(CALM, amount=100)),
        (Rule("x", "head", risks=frozenset({"media"})), replace(CALM, risks=frozenset({"media"}))),
        (Rule("x", "head", needs=frozenset({"any"})), replace(CALM, needs=frozenset({"minor"}))),
        (Rule("x", "head", needs=frozenset({"minor"})), replace(CALM, needs=frozenset({"minor"}))),
        (Rule("x", "head", quiet=Span(2, "wd")),
         replace(CALM, progress_at=NOW - timedelta(days=10))),
    ],
)  # fmt: skip
def test_each_condition_holds_and_does_not_hold(rule: Rule, facts: Facts) -> None:
    assert holds(rule, facts, NOW, CN)
    assert not holds(rule, CALM, NOW, CN)


def test_all_conditions_of_a_rule_must_hold() -> None:
    both = Rule("both", "supervisor", anger=3, risks=frozenset({"media"}))
    assert rise(both, facts=replace(CALM, anger=3)) == ""
    assert rise(both, facts=replace(CALM, anger=3, risks=frozenset({"media"}))) == "both>supervisor"
    assert not holds(Rule("none", "head"), CALM, NOW, CN)


def test_of_several_the_highest_counts() -> None:
    old = replace(CALM, anger=4, progress_at=NOW - timedelta(days=20))
    assert rise(ANGRY, QUIET, LONG, facts=old) == "long>head"


def test_who_stands_there_already_is_not_asked() -> None:
    assert rise(ANGRY, facts=replace(CALM, anger=4), height=1) == ""
    assert rise(LONG, facts=replace(CALM, progress_at=NOW - timedelta(days=20)), height=1)


def test_never_twice_for_the_same_cause() -> None:
    angry = replace(CALM, anger=4)
    cause = cause_of(ANGRY, angry)
    assert rise(ANGRY, facts=angry, used={cause}) == ""
    assert rise(ANGRY, facts=replace(angry, round=2), used={cause})  # begun anew


def test_silence_counts_anew_after_every_word() -> None:
    before = replace(CALM, progress_at=NOW - timedelta(days=20))
    again = replace(CALM, progress_at=NOW - timedelta(days=9))
    assert rise(QUIET, facts=again, used={cause_of(QUIET, before)}) == "quiet>supervisor"
    assert rise(QUIET, facts=before, used={cause_of(QUIET, before)}) == ""


def test_a_rule_to_a_level_that_is_not_there_is_left_alone() -> None:
    assert rise(Rule("x", "board", anger=1), facts=replace(CALM, anger=4)) == ""


def test_when_to_look_again() -> None:
    first = look_again([QUIET, LONG], CALM, NOW, CN)
    assert first
    assert CN.day_of(first).isoformat() == "2026-09-23"
    old = replace(CALM, progress_at=NOW - timedelta(days=60))
    after = look_again([QUIET, LONG], old, NOW, CN)
    assert after
    assert after > NOW
    assert look_again([ANGRY], CALM, NOW, CN) is None


def test_the_ladder() -> None:
    assert level_after(LEVELS, 0) == FIRST
    assert level_after(LEVELS, 1) == TOP
    assert level_after(LEVELS, 2) is None
    assert level_of(LEVELS, ["handler", "supervisor"]) == FIRST
    assert level_of(LEVELS, ["handler"]) is None
