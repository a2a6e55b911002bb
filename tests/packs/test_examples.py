"""The worked examples of every pack hold (packs/*/examples.toml)."""

import tomllib
from collections.abc import Mapping
from datetime import date

import pytest

from tingsu.packs import available, load
from tingsu.packs.examples import KINDS, Example, Kind, Odd, differences, own_examples
from tingsu.packs.model import Pack

# Kinds that need more than packs and core.
ALL_KINDS: Mapping[str, Kind] = {**KINDS}

EXAMPLES = [(load(pack_id), one) for pack_id in available() for one in own_examples(load(pack_id))]


@pytest.mark.parametrize(
    ("pack", "example"), EXAMPLES, ids=[f"{pack.id}: {one.name}" for pack, one in EXAMPLES]
)
def test_the_example_holds(pack: Pack, example: Example) -> None:
    assert example.kind in ALL_KINDS
    assert differences(pack, example, ALL_KINDS[example.kind]) == []


@pytest.mark.parametrize("pack_id", available())
def test_every_pack_gives_examples_with_a_name_of_their_own(pack_id: str) -> None:
    names = [example.name for example in own_examples(load(pack_id))]
    assert names
    assert len(names) == len(set(names))


def worked(text: str) -> list[Odd]:
    """What is odd about one example of the general pack."""
    pack = load("general")
    [row] = tomllib.loads(text)["example"]
    return differences(pack, Example(**{"facts": {}, **row}), KINDS["clock"])


def test_an_example_that_does_not_hold_says_what_came_out() -> None:
    text = """
    [[example]]
    name = "国庆前收到"
    kind = "clock"
    given = { received = 2026-09-30 }
    expect = { "cn.samr.accept" = 2026-10-09, "cn.samr.mediate" = "none" }
    """
    assert worked(text) == [Odd("cn.samr.accept", date(2026, 10, 9), date(2026, 10, 15))]


def test_a_remedy_example_names_what_it_cannot_work_out() -> None:
    def run(facts: dict[str, object]) -> Mapping[str, object]:
        given = {"received": date(2010, 5, 1)}
        return KINDS["remedy"](load("tourism"), Example("", "remedy", facts, given, {}))

    assert run({"rules": ["tour.guide_tips"], "tip": "12.50"})["total"] == 25
    with pytest.raises(ValueError, match="tip"):
        run({"rules": ["tour.guide_tips"]})
    with pytest.raises(ValueError, match="tour2011"):
        run({"rules": ["tour2011.transfer"], "tour_price": 4000})


def test_tourism_has_examples_of_every_kind_and_of_both_sets_of_rules() -> None:
    own = list(own_examples(load("tourism")))
    assert len(own) >= 80
    assert {one.kind for one in own} == {"clock", "remedy", "screening"}
    old = date(2010, 7, 1)
    days = [one.given["received"] for one in own if "received" in one.given]
    assert sum(day < old for day in days) >= 30
    assert sum(day >= old for day in days) >= 30


@pytest.mark.parametrize("pack_id", available())
def test_every_pack_has_fifteen_examples_of_clocks(pack_id: str) -> None:
    kinds = [one.kind for one in own_examples(load(pack_id))]
    assert kinds.count("clock") >= (40 if pack_id == "tourism" else 15)
