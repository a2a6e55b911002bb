"""Two tellings of one matter: what makes them like each other, and what does not."""

import gzip
import io
import json
from collections import defaultdict
from pathlib import Path

import pytest

from tingsu.mind.likeness import (
    SAME,
    Rarity,
    groups,
    likeness,
    marks,
    shared_words,
    tokens,
    weighed,
)

USUAL = [
    "请尽快处理，谢谢，电话没有人接",
    "物业服务态度不好，请尽快处理",
    "停车位不够，物业没有处理，请尽快答复",
    "电梯坏了没有人来修，打电话没有人接",
    "小区门口很吵，晚上睡不着，请尽快处理",
]
ONE = "伊景园捆绑销售车位\n买伊景园的房子必须一起买十二万的车位，没有人处理。"
SAME_MATTER = "强制买车位\n我们在伊景园买房，被要求捆绑买车位，请尽快处理。"
OTHER = "停车位不够\n小区停车位不够，晚上没有车位停，请尽快处理。"


@pytest.fixture(scope="module")
def rarity() -> Rarity:
    return Rarity.learn(USUAL * 40)


def like(one: str, other: str, rarity: Rarity) -> float:
    return likeness(weighed(one, rarity), weighed(other, rarity))


def test_rare_words_make_like_and_usual_ones_do_not(rarity: Rarity) -> None:
    assert like(ONE, SAME_MATTER, rarity) >= SAME
    assert like(ONE, OTHER, rarity) < SAME < like(ONE, ONE, rarity)


def test_likeness_is_the_same_both_ways_and_nothing_is_like_nothing(rarity: Rarity) -> None:
    assert like(ONE, SAME_MATTER, rarity) == pytest.approx(like(SAME_MATTER, ONE, rarity))
    assert like("", ONE, rarity) == like("", "", rarity) == 0


def test_tellings_of_one_matter_meet_in_a_mark(rarity: Rarity) -> None:
    first, second = (set(marks(weighed(text, rarity))) for text in (ONE, SAME_MATTER))
    assert first & second
    assert all(0 <= mark < 2**63 for mark in first)


def test_why_is_said_in_the_words_of_both(rarity: Rarity) -> None:
    words = shared_words(ONE, SAME_MATTER, rarity)
    assert any("伊景园" in one for one in words)
    assert all(one in ONE for one in words)


def test_numbers_of_people_are_never_words() -> None:
    found = tokens("请回 13800001234，身份证 110101199001011234，订单 A1234，2 号楼 301")
    assert not any(one.isdigit() and len(one) >= 7 for one in found)
    assert "a1234" in found


def test_kept_and_read_again(rarity: Rarity) -> None:
    kept = io.BytesIO()
    rarity.save(kept)
    kept.seek(0)
    again = Rarity.load(kept)
    assert again.weight("伊景") == rarity.weight("伊景") > again.weight("处理")


def test_groups_are_what_hangs_together(rarity: Rarity) -> None:
    found = groups([ONE, OTHER, SAME_MATTER, "路灯不亮"], rarity)
    assert found == [[0, 2]]


def test_a_housing_estate_stands_out_of_a_real_stream(shared: Path) -> None:
    """3,600 real messages of two years: 58 are of one estate, 17 of one loan firm."""
    stream = _read(shared / "data" / "tipdm_annex3_stream.jsonl.gz")
    texts = [f"{row['title']}\n{row['body']}" for row in stream]
    places = {row["id"]: at for at, row in enumerate(stream)}
    truth: dict[str, set[int]] = defaultdict(set)
    for row in _read(shared / "data" / "tipdm_annex3_hot_issues_silver.jsonl.gz"):
        if row["id"] in places:
            truth[row["issue"]].add(places[row["id"]])
    found = [set(group) for group in groups(texts, Rarity.learn(texts))]
    for issue, least, strange in (("伊景园滨河苑捆绑销售车位", 52, 2), ("58车贷立案无进展", 12, 1)):
        best = max(found, key=lambda group: len(group & truth[issue]))
        assert len(best & truth[issue]) >= least
        assert len(best - truth[issue]) <= strange


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
