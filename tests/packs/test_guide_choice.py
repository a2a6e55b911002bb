"""Every pack says how the talk goes, in each kind of talk; the methods of HA-1 are all there."""

from datetime import date

import pytest

from tingsu.packs import available, load
from tingsu.packs.guide import GUIDE, Method

TODAY = date(2026, 11, 22)
# The pack -> its method in any talk, an angry one, one with somebody who asks, one across a table.
CHOICE = {
    "general": "six calm asking six",
    "auto": "dealer calm asking dealer",
    "bank": "six calm asking six",
    "computer": "lscia calm asking lscia",
    "hotel": "clear clear asking clear",
    "property": "cycle calm asking cycle",
    "retail": "fourteen clear asking clear",
    "telecom": "seven calm asking seven",
    "tourism": "six calm asking six",
}
STAGES = {
    "lscia": "listen share clarify illustrate ask",
    "clear": "control listen establish apologise resolve",
    "calm": "vent sorry ask solve wish follow",
    "six": "listen sympathy cause offer agree follow",
    "fourteen": "accept listen respect care cool verify apologise clarify judge act check thank"
    " tell review",
    "cycle": "receive listen handle callback sum",
    "dealer": "prepare understand options agree execute extra follow sum",
    "seven": "listen apologise ask sympathise record solve end",
    "asking": "listen again answer check thank",
}


def method(pack: str, *occasions: str) -> Method:
    found = GUIDE.of(load(pack)).choose((*occasions, "always"), TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("pack", available())
def test_each_pack_chooses_by_the_talk(pack: str) -> None:
    chosen = [method(pack, *when).id for when in ((), ("angry",), ("asking",), ("visit",))]
    ground = next(one for one in (pack, *_below(pack)) if one in CHOICE)
    assert " ".join(chosen) == CHOICE[ground]


def _below(pack: str) -> list[str]:
    found, at = [], load(pack)
    while at.extends:
        found.append(at.extends)
        at = load(at.extends)
    return found


@pytest.mark.parametrize("name", STAGES)
def test_the_methods_of_the_handouts_are_there(name: str) -> None:
    every = {key: one for pack in CHOICE for key, one in GUIDE.of(load(pack)).methods.items()}
    assert [stage.code for stage in every[name].stages] == STAGES[name].split()
    assert every[name].source


@pytest.mark.parametrize("pack", available())
def test_the_mood_comes_before_the_matter_in_every_method(pack: str) -> None:
    for one in GUIDE.of(load(pack)).methods.values():
        moods = [stage.mood for stage in one.stages]
        assert moods == sorted(moods, reverse=True), one.id
        assert moods[0]
        assert not moods[-1]
