"""Parts of a pack: what a pack does not say, the pack that it extends says."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tingsu.core.clock import Span
from tingsu.core.lifecycle import Move
from tingsu.packs import PackError, available, load
from tingsu.packs.check import check
from tingsu.packs.guide import GUIDE
from tingsu.packs.handling import HANDLING
from tingsu.packs.layers import Layer, Table, merged
from tingsu.packs.loader import FOLDER
from tingsu.packs.shape import LABEL, SINCE, Key, text
from tingsu.packs.vocabulary import ROLES
from tingsu.people.permission import Role

TODAY = date(2026, 11, 21)
NAMED = {"rule": Table({"id": Key(text), "label": LABEL, "since": SINCE, "n": Key(text)}, by="id")}


def layer(text: str, *, amends: bool = False) -> Layer:
    return Layer("x", {"x.toml": text}, amends)


def rows(*layers: Layer) -> list[tuple[object, ...]]:
    found = merged(layers, "x.toml", NAMED)["rule"]
    return [(row["id"], row["since"].year, row["n"], row.get("label")) for row in found]


GROUND = layer("""
rule = [
  { id = "a", label = "A", since = 2020-01-01, n = 1 },
  { id = "b", label = "B", since = 2020-01-01, n = 2 },
  { id = "a", since = 2022-01-01, n = 3 },
]""")


def test_an_entry_is_replaced_with_its_history_and_keeps_its_name() -> None:
    above = layer('rule = [{ id = "a", since = 2021-01-01, n = 9 }]')
    assert rows(GROUND, above) == [("a", 2021, 9, "A"), ("b", 2020, 2, "B")]


def test_an_amendment_joins_the_history() -> None:
    above = layer(
        'rule = [{ id = "a", since = 2021-01-01, n = 9 }, { id = "b", since = 2020-01-01, n = 8 }]',
        amends=True,
    )
    assert [row[:3] for row in rows(GROUND, above)] == [
        ("a", 2020, 1),
        ("a", 2021, 9),
        ("a", 2022, 3),
        ("b", 2020, 8),
    ]


def test_a_table_is_taken_over_key_by_key_and_a_list_as_a_whole() -> None:
    tables = {"terms": Table({}, single=True), "step": Table({})}
    ground = layer('terms = { a = 1, b = 2 }\nstep = ["x", "y"]')
    above = layer('terms = { b = 3 }\nstep = ["z"]')
    assert merged((ground, above), "x.toml", tables) == {"terms": {"a": 1, "b": 3}, "step": ["z"]}


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Two packs to write into."""
    for name in ("general", "tourism", "calendars"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    shutil.copy(FOLDER / "acts.toml", tmp_path)
    return tmp_path


def add(file: Path, text: str) -> None:
    """Write something more at the end of a file."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")


FORBID = """
[[move]]
id = "transfer"
since = 2026-04-15
forbidden = { zh-hans = "不得移送。", zh-hant = "不得移送。", en = "No transfer." }
act = "cn.samr.121"
article = "41"
"""


def test_a_forbidden_move_holds_from_its_day(packs: Path) -> None:
    add(packs / "general" / "handling.toml", FORBID)
    for pack_id in ("general", "tourism"):
        handling = HANDLING.of(load(pack_id, packs))
        assert handling.ban(Move.TRANSFER, date(2026, 4, 14)) is None
        assert handling.ban(Move.TRANSFER, date(2026, 4, 15))["en"] == "No transfer."  # type: ignore[index]
        assert handling.ban(Move.REFER, TODAY) is None


def test_goodwill_is_the_most_that_one_of_the_roles_may_give() -> None:
    handling = HANDLING.of(load("bank"))
    handler, head = (handling.goodwill_limit([role], TODAY) for role in ("handler", "head"))
    assert 0 < handler < head
    assert handling.goodwill_limit(["handler", "head"], TODAY) == head
    assert handling.goodwill_limit(["auditor"], TODAY) == 0


def test_a_part_changes_the_version_of_its_pack_and_of_those_above(packs: Path) -> None:
    shutil.copytree(packs, packs / "after")
    add(packs / "after" / "general" / "handling.toml", FORBID)
    before, after = load("tourism", packs), load("tourism", packs / "after")
    assert before.version != after.version


def test_a_part_that_cannot_be_read_names_its_file(packs: Path) -> None:
    (packs / "tourism" / "handling.toml").write_text("[[goodwill]]\nrole = 1\n")
    with pytest.raises(PackError, match=r"tourism/handling\.toml"):
        HANDLING.of(load("tourism", packs))


def test_a_part_is_checked_by_its_own_words(packs: Path) -> None:
    (packs / "tourism" / "handling.toml").write_text(
        FORBID.replace("transfer", "tranfer") + '[[goodwill]]\nrole = "boss"\nsince = 2020-01-01\n'
    )
    found = {(p.code, p.line) for p in check(packs) if p.grade == "error"}
    assert found == {("bad_move", 3), ("bad_role", 9), ("missing_key", 8), ("missing_source", 8)}


def test_packs_know_the_roles_of_the_house() -> None:
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("pack_id", available())
def test_every_pack_says_how_it_talks_calls_back_asks_and_keeps(pack_id: str) -> None:
    pack = load(pack_id)
    method = GUIDE.of(pack).method("always", TODAY)
    assert method is not None
    assert len(method.stages) >= 5
    first = next(stage for stage in method.stages if stage.shown_by)
    assert first.mood  # before the matter
    handling = HANDLING.of(pack)
    assert {"first", "again"} <= {call.id for call in handling.callbacks_on(TODAY)}
    assert handling.surveys_on(TODAY)
    assert handling.keep_for(TODAY).value == Span(3, "y")  # type: ignore[union-attr]


def test_property_calls_three_times_after_a_clash() -> None:
    plan = HANDLING.of(load("property")).callbacks_on(TODAY)
    assert [call.after for call in plan if call.when == "clash"] == [Span(7, "cd"), Span(30, "cd")]


def test_a_method_that_nobody_knows_is_an_error(packs: Path) -> None:
    text = '[[guide]]\nwhen = "angry"\nsince = 2020-01-01\nmethod = "cleer"\nsource = "x"\n'
    (packs / "tourism" / "guide.toml").write_text(text)
    assert [(p.code, p.line) for p in check(packs) if p.grade == "error"] == [("unknown_method", 4)]
