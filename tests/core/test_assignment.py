"""Who should take a case, and why (HA-13)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tingsu.core.assignment import Candidate, Rule, Wanted, fits, ranked

LOAD = Rule("load", "load", 40)
SKILL = Rule("skill", "skill", 30)
RULES = (LOAD, SKILL, Rule("received", "received", 60), Rule("hard", "hard", -5))
ASKED = Wanted("telecom", "fees.double", "en", "明州市江东区望江路 8 号")


def person(name: str, **how: object) -> Candidate:
    return replace(Candidate(uuid4(), name), **how)  # type: ignore[arg-type]


def names(*people: Candidate, rules: tuple[Rule, ...] = RULES) -> list[str]:
    return [one.candidate.name for one in ranked(rules, people, ASKED)]


def test_who_has_least_to_do_comes_first() -> None:
    assert names(person("满", load=18), person("闲", load=2)) == ["闲", "满"]


def test_equals_stand_by_load_and_name() -> None:
    assert names(person("乙"), person("甲"), rules=()) == sorted(["乙", "甲"])
    assert names(person("甲", load=3), person("乙", load=1), rules=()) == ["乙", "甲"]


def test_who_is_away_is_never_proposed() -> None:
    assert names(person("甲", away=True, received=True), person("乙")) == ["乙"]


def test_the_first_receiver_goes_before_an_empty_desk() -> None:
    assert names(person("甲", load=10, received=True), person("乙"))[0] == "甲"


def test_hard_ones_are_not_heaped_on_one_person() -> None:
    assert names(person("甲", hard=3), person("乙", hard=0))[0] == "乙"


def test_the_reasons_are_told_the_weightiest_first() -> None:
    (only,) = ranked(RULES, [person("甲", skills=frozenset({"fees"}), load=5)], ASKED)
    assert [(one.look, one.points, one.value) for one in only.reasons] == [
        ("load", 30, "5"), ("skill", 22, "fees"),
    ]  # fmt: skip
    assert only.points == 52


@pytest.mark.parametrize(
    ("skills", "share"),
    [({"fees.double"}, 1.0), ({"fees"}, 0.75), ({"telecom"}, 0.5), ({"bank"}, 0.0)],
)
def test_a_nearer_skill_counts_more(skills: set[str], share: float) -> None:
    assert fits("skill", person("甲", skills=frozenset(skills)), ASKED)[0] == share


def test_a_must_bars_those_who_lack_it_and_nobody_where_nothing_is_known() -> None:
    must = (Rule("language", "language", 30, must=True), Rule("shift", "shift", 1, must=True))
    able = person("甲", languages=frozenset({"en"}))
    assert names(able, person("乙"), rules=must) == ["甲"]
    assert names(replace(able, on_shift=False), rules=must) == []
    home = Wanted("telecom")
    assert [one.candidate.name for one in ranked(must, [person("乙")], home)] == ["乙"]


def test_a_region_is_found_in_the_address() -> None:
    assert fits("region", person("甲", regions=("江东区", "海曙区")), ASKED) == (1.0, "江东区")
    assert fits("region", person("甲", regions=("海曙区",)), ASKED) == (0.0, "")
