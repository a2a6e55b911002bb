"""A deadline in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tingsu.cases.explain import (
    article_words,
    explain_parts,
    explain_text,
    remaining_words,
    segment_rows,
)
from tingsu.core.clock import ClockRule, Deadline, Remaining, extend, start, stretch
from tingsu.packs import calendar_of, load, pack_clocks

SHANGHAI = ZoneInfo("Asia/Shanghai")
GENERAL = load("general")
CN = calendar_of(GENERAL)


def at(text: str) -> datetime:
    """A local moment."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def begun(pack_id: str, event: str, clock: str, moment: str) -> Deadline:
    """A deadline of a pack's clock."""
    pack = load(pack_id)
    rules = pack_clocks(pack, event, at(moment).date())
    rule = next(rule for rule in rules if rule.id == clock)
    return start(rule, at(moment), calendar_of(pack))


@pytest.mark.parametrize(
    ("pack_id", "event", "clock", "moment", "words"),
    [
        (
            "general",
            "received",
            "cn.samr.accept",
            "2026-09-27 10:00",
            "10 月 12 日到期：7 个工作日，收到当日不计，国庆节 10 月 1 日–7 日不计，"
            "10 月 10 日补班计入 · 令121 第15条",
        ),
        (
            "general",
            "received",
            "cn.samr.accept",
            "2025-09-25 10:00",
            "10 月 11 日到期：7 个工作日，收到当日不计，国庆节、中秋节 10 月 1 日–8 日不计，"
            "9 月 28 日、10 月 11 日补班计入 · 令20 第14条",
        ),
        (
            "general",
            "accepted",
            "cn.samr.mediate",
            "2026-08-03 10:00",
            "10 月 4 日到期：60 天，受理当日不计，10 月 2 日是国庆节，顺延"
            " · 令121 第23条第1款第5项",
        ),
        (
            "telecom",
            "fault_reported",
            "cn.telecom.fault",
            "2026-11-02 10:30",
            "11 月 4 日 10:30 到期：48 小时 · 电信条例 第32条",
        ),
        (
            "general",
            "received",
            "cn.cpl.dept",
            "2026-12-28 10:00",
            "2027 年 1 月 7 日到期：7 个工作日，收到当日不计，元旦 2027 年 1 月 1 日–3 日不计，"
            "放假安排尚未公布，日期暂定 · 消法 第46条",
        ),
    ],
)
def test_a_deadline_says_why(pack_id: str, event: str, clock: str, moment: str, words: str) -> None:
    assert explain_text(begun(pack_id, event, clock, moment)) == words


def test_pauses_and_extensions_are_said() -> None:
    mediation = begun("general", "accepted", "cn.samr.mediate", "2026-08-03 10:00")
    tested = stretch(mediation, at("2026-08-10 10:00"), at("2026-08-31 10:00"), CN, "testing")
    assert "鉴定、检测 8 月 10 日–31 日不计，共 21 天" in explain_parts(tested)
    assert "延长 10 个工作日" in explain_parts(extend(tested, 10, "wd", CN))


def test_the_strip_shows_what_counts() -> None:
    rows = segment_rows(begun("general", "received", "cn.samr.accept", "2026-09-27 10:00"))
    assert [(row.words, row.counted) for row in rows] == [
        ("收到当日不计", False),
        ("3 个工作日", True),
        ("国庆节不计", False),
        ("2 个工作日", True),
        ("调休上班，计入", True),
        ("周末不计", False),
        ("1 个工作日", True),
    ]


def test_every_kind_of_segment_has_words() -> None:
    mediation = begun("general", "accepted", "cn.samr.mediate", "2026-08-03 10:00")
    tested = stretch(mediation, at("2026-08-10 10:00"), at("2026-08-12 10:00"), CN, "testing")
    longer = extend(extend(tested, 2, "wd", CN), 5, "cd", CN)
    called = start(
        ClockRule("c", "received", 3, "oh", date(2020, 1, 1)), at("2026-09-30 17:00"), CN
    )
    for deadline in (mediation, tested, longer, called):
        assert all(row.words for row in segment_rows(deadline))


def test_a_house_practice_does_not_pose_as_law() -> None:
    quiet = start(GENERAL.silence, at("2026-11-02 10:00"), CN)
    assert explain_text(quiet) == "11 月 4 日到期：2 个工作日，联系当日不计 · 本单位惯例"


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("15", "第15条"),
        ("10(4)", "第10条第4项"),
        ("23.2", "第23条第2款"),
        ("", ""),
        ("III", "第III条"),
    ],
)
def test_articles_are_cited_the_chinese_way(article: str, words: str) -> None:
    assert article_words(article) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (Remaining(late=False, n=2, unit="wd"), "还有 2 个工作日"),
        (Remaining(late=False, n=0, unit="wd"), "今天到期"),
        (Remaining(late=True, n=3, unit="cd"), "逾期 3 天"),
        (Remaining(late=True, n=0, unit="min"), "刚刚逾期"),
        (Remaining(late=False, n=20, unit="min"), "还有 20 分钟"),
    ],
)
def test_what_remains_in_words(left: Remaining, words: str) -> None:
    assert remaining_words(left) == words
