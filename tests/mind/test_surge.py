"""What stands out of many complaints, and what does not (IM-3)."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from math import exp
from pathlib import Path

import pytest

from tingsu.mind.likeness import Rarity
from tingsu.mind.surge import FEWEST, Surge, Told, at_least, surges

USUAL = (
    "电梯停了没有人来修 {}号楼，老人下不了楼",
    "水管漏水，{}天没有人管，打电话没人接",
    "停车位被占，物业不处理，第{}次了",
    "楼下跳舞太吵，{}点还不停，孩子没法睡",
    "快递柜收费{}元，没有通知业主",
    "路灯坏了{}盏，晚上看不见路",
)
TODAY = 200


def quiet(days: int = 180) -> list[Told]:
    """Everyday complaints, each of another place: none of them is a matter of many."""
    return [
        Told(f"{_place(day)}：{USUAL[day % 6].format(day % 9 + 1)}", TODAY - days + day, f"p{day}")
        for day in range(days)
    ]


def _place(day: int) -> str:
    return chr(0x4E00 + 37 * day) + chr(0x4E10 + 91 * day)


def burst(people: Iterable[str], day: int = TODAY) -> list[Told]:
    return [
        Told(f"伊景园捆绑销售车位，买房要加钱，第{n}户，请尽快查处伊景园", day, who)
        for n, who in enumerate(people)
    ]


def found(told: list[Told]) -> list[Surge]:
    told = sorted(told, key=lambda one: one.day)
    return surges(told, Rarity.learn(one.text for one in told), TODAY)


def test_everyday_complaints_raise_no_alarm() -> None:
    assert found(quiet()) == []
    assert found([]) == []


def test_many_people_in_a_few_days_do_with_words() -> None:
    (alarm,) = found(quiet() + burst(f"x{n}" for n in range(12)))
    assert (alarm.people, len(alarm.members)) == (12, 12)
    assert alarm.days <= 7
    assert alarm.usual < 2
    assert any("伊景园" in words for words in alarm.words)


def test_one_person_who_writes_often_is_one() -> None:
    assert found(quiet() + burst(["x"] * 30)) == []
    assert found(quiet() + burst(f"x{n}" for n in range(FEWEST - 1))) == []


def test_what_was_always_so_is_no_surge_of_these_days() -> None:
    """As many as ever: it may be told of the year, never of the week."""
    steady = [one for day in range(0, 200, 8) for one in burst([f"y{day}"], day)]
    assert all(alarm.days == 365 for alarm in found(quiet() + steady))


def test_the_chance_of_many() -> None:
    assert at_least(0, 2.0) == at_least(1, 2.0) == 0.0
    # Poisson with 1: P(X >= 5) is 0.00366.
    assert exp(at_least(5, 1.0)) == pytest.approx(0.00366, rel=0.03)
    assert at_least(30, 1.5) < at_least(10, 1.5) < at_least(5, 1.5) < 0


def test_the_estate_and_the_loan_firm_stand_out_of_a_real_stream(shared: Path) -> None:
    """3,600 real messages: seven alarms on the last day; four of seven known issues are among
    them, the estate whole within a day of its fifth week."""
    stream = sorted(_read(shared / "data/tipdm_annex3_stream.jsonl.gz"), key=_written)
    day_of = {row["id"]: date.fromisoformat(_written(row)).toordinal() for row in stream}
    issues: dict[str, set[str]] = defaultdict(set)
    for row in _read(shared / "data/tipdm_annex3_hot_issues_silver.jsonl.gz"):
        issues[row["issue"]].add(row["id"])
    last = max(day_of.values())
    within = [row for row in stream if day_of[row["id"]] > last - 365]
    told = [Told(f"{r['title']}\n{r['body']}", day_of[r["id"]], r["user"]) for r in within]
    alarms = surges(told, Rarity.learn(one.text for one in told), last)
    members = [{within[at]["id"] for at in alarm.members} for alarm in alarms]
    assert len(alarms) <= 8
    for issue, least, strange in (
        ("伊景园滨河苑捆绑销售车位", 54, 2),
        ("58车贷立案无进展", 12, 1),
        ("魅力之城商铺油烟噪音", 22, 8),
        ("A市人才购房/租房补贴", 22, 2),
    ):
        best = max(members, key=lambda one: len(one & issues[issue]))
        assert len(best & issues[issue]) >= least, issue
        assert len(best - issues[issue]) <= strange, issue
    assert "伊景园滨河苑" in alarms[0].words


def _written(row: dict[str, str]) -> str:
    return row["created_at"][:10].replace("/", "-")


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
