"""Remedies that cannot be right are named by the check; rule sets are chosen by date (HA-8)."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tingsu.packs import available, load
from tingsu.packs.check import check
from tingsu.packs.loader import FOLDER
from tingsu.packs.remedies import REMEDIES

GOOD = """
[[topic]]
id = "t"
label = { zh-hans = "一", zh-hant = "一", en = "one" }

[[fact]]
id = "price_paid"
unit = "money"
label = { zh-hans = "价", zh-hant = "價", en = "price" }

[[rule]]
id = "own.rule"
label = { zh-hans = "规则", zh-hant = "規則", en = "rule" }
topic = "t"
since = 2020-01-01
pays = "trader"
source = "合同"

[[rule.line]]
id = "x"
gives = "refund"
way = "share"
of = ["price_paid"]
rate = "20%"
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    for name in ("acts.toml", "general", "calendars"):
        source = FOLDER / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    folder = tmp_path / "mine"
    folder.mkdir()
    label = '{ zh-hans = "我", zh-hant = "我", en = "mine" }'
    own = f'id = "mine"\nlabel = {label}\nextends = "general"\n'
    (folder / "pack.toml").write_text(own, "utf-8")
    (folder / "remedies.toml").write_text(text, "utf-8")
    return [f"{p.line} {p.code}" for p in check(folder) if p.grade == "error"]


def test_a_good_file_passes(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('rate = "20%"', "rate = 0.2", "24 bad_rate"),
        ('rate = "20%"', "", "22 way_needs"),
        ('of = ["price_paid"]', 'of = ["pirce"]', "23 unknown_name"),
        ('pays = "trader"', 'pays = "nobody"', "16 unknown_name"),
        ('topic = "t"', 'topic = "u"', "14 unknown_name"),
        ('way = "share"', 'way = "rate * price"', "22 bad_way"),
        ('gives = "refund"', 'gives = "money"', "21 bad_gives"),
        ('source = "合同"', "", "11 missing_source"),
        ('unit = "money"', 'unit = "yuan"', "8 bad_fact_unit"),
        ('pays = "trader"', 'pays = "trader"\ncurrency = "EUR"', "11 no_rounding"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert faults(tmp_path, GOOD.replace(old, new)) == [fault]


def test_the_day_of_receipt_chooses_the_rule_set() -> None:
    book = REMEDIES.of(load("tourism"))
    before = {rule.id for rule in book.on(date(2011, 4, 11))}
    after = {rule.id for rule in book.on(date(2011, 4, 12))}
    assert "tour.guide_tips" in before
    assert "tour2011.transfer" not in before
    assert "tour2011.transfer" in after
    assert "tour.guide_tips" not in after


def test_another_rule_set_can_be_chosen_by_hand() -> None:
    book = REMEDIES.of(load("tourism"))
    chosen = {rule.id for rule in book.on(date(2026, 9, 21), "deposit")}
    assert {"tour.guide_tips", "tourlaw.shopping"} <= chosen
    assert not {one for one in chosen if one.startswith("tour2011.")}


def test_law_that_had_not_begun_gives_nothing() -> None:
    book = REMEDIES.of(load("tourism"))
    assert "tourlaw.shopping" not in {rule.id for rule in book.on(date(2013, 9, 30))}
    assert "tourlaw.shopping" in {rule.id for rule in book.on(date(2013, 10, 1))}


@pytest.mark.parametrize("pack", available())
def test_every_rule_says_who_pays_and_where_it_stands(pack: str) -> None:
    loaded = load(pack)
    book = REMEDIES.of(loaded)
    for entries in book.rules.values():
        rule = entries[-1].value
        assert rule is not None
        assert rule.pays in book.parties
        assert rule.topic in book.topics
        assert rule.act in loaded.acts if rule.act else rule.source
        for line in rule.lines:
            assert set(line.way.facts) <= set(book.facts)
