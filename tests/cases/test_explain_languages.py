"""Every clock of every pack explains itself in each of the three languages (HA-14, PL-5)."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from tingsu.cases.explain import explain_text, extension_words, segment_rows
from tingsu.cases.happenings import RECORDED
from tingsu.core.clock import ClockRule, Deadline, extend, start, stretch
from tingsu.packs import available, load

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SIMPLIFIED = set("个联报诉处争议从认终调对时间还约没发点为暂银办签续")
BEGUN = datetime(2026, 9, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # over Mid-Autumn and 国庆


def rules(pack_id: str) -> list[ClockRule]:
    """All rules that a pack has ever had for clocks that run on cases."""
    every = (dated.value for clock in load(pack_id).clocks.values() for dated in clock.rules)
    return [rule for rule in every if rule is not None]


def lived(rule: ClockRule, pack_id: str) -> list[Deadline]:
    """The clock as it begins, and after all that may happen to it."""
    days = load(pack_id).calendar
    begun = start(rule, BEGUN, days)
    paused = stretch(begun, BEGUN + timedelta(days=1), BEGUN + timedelta(days=6), days)
    unit = "h" if rule.unit in ("h", "oh") else "wd"
    return [begun, extend(paused, 90, unit, days)]


def said(pack_id: str) -> list[str]:
    """Everything that is said of the clocks of a pack in the language that holds."""
    found = []
    for rule in rules(pack_id):
        for deadline in lived(rule, pack_id):
            found.append(explain_text(deadline).partition(" · ")[0])  # the source is its own words
            found += [row.words for row in segment_rows(deadline)]
        found += [extension_words(allowed).partition("：")[0] for allowed in rule.extensions]
    return [*found, *(str(words) for words in RECORDED.values())]


@pytest.mark.parametrize("pack_id", available())
def test_in_english_nothing_is_left_in_chinese(pack_id: str) -> None:
    with override("en"):
        left = [words for words in said(pack_id) if CHINESE.search(words) and "条件" not in words]
    assert [words for words in left if not _sourced(words)] == []


@pytest.mark.parametrize("pack_id", available())
def test_in_traditional_nothing_is_left_in_simplified(pack_id: str) -> None:
    with override("zh-hant"):
        assert [words for words in said(pack_id) if SIMPLIFIED & set(words)] == []


@pytest.mark.parametrize("pack_id", available())
def test_in_simplified_everything_is_said(pack_id: str) -> None:
    with override("zh-hans"):
        assert all(words.strip() for words in said(pack_id))


def _sourced(words: str) -> bool:
    """Condition and approval are quoted from the source as it stands."""
    return words.startswith(("condition:", "may be extended"))
