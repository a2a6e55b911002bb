"""Whose signatures a step needs, by table and by property (HA-18, CL-1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.approval import Rule, TwoPersons, rule_for, stages

ROLES = ("handler", "supervisor", "head")
LIMITS = {"handler": 20_000, "supervisor": 100_000, "head": 500_000}
BOTH = Rule("closing", ("supervisor", "head"), 2, "wd")
GOODWILL = Rule("remedy", ("supervisor", "head"), 1, "wd", goodwill=True)


@pytest.mark.parametrize(
    ("asking", "left"),
    [
        (("handler",), ("supervisor", "head")),
        (("supervisor",), ("head",)),
        (("head",), ("supervisor",)),
        (("supervisor", "head"), ("supervisor",)),
        ((), ("supervisor", "head")),
    ],
)
def test_who_asks_has_signed_for_the_highest_own_role(
    asking: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert stages(BOTH, asking) == left


def test_the_only_signer_needs_no_signature_unless_two_are_wanted() -> None:
    one = Rule("filing", ("head",), 2, "wd")
    assert stages(one, ("head",)) == ()
    with pytest.raises(TwoPersons):
        stages(Rule("filing", ("head",), 2, "wd", two=True), ("head",))


@pytest.mark.parametrize(
    ("role", "fen", "left"),
    [
        ("handler", 20_000, ()),
        ("handler", 20_001, ("supervisor",)),
        ("handler", 100_001, ("head",)),
        ("supervisor", 100_000, ()),
        ("supervisor", 100_001, ("head",)),
        ("handler", 900_000, ("head",)),
        ("head", 900_000, ()),
    ],
)
def test_goodwill_goes_to_the_first_whose_limit_covers_it(
    role: str, fen: int, left: tuple[str, ...]
) -> None:
    assert stages(GOODWILL, (role,), amount=fen, limits=LIMITS) == left


def test_the_rule_with_the_highest_bar_that_is_passed_holds() -> None:
    small = Rule("remedy", ("supervisor",), 1, "wd", above=10_000)
    large = Rule("remedy", ("head",), 1, "wd", above=100_000)
    found = {
        amount: rule_for((small, large), "remedy", house="company", amount=amount)
        for amount in (10_000, 10_001, 100_001)
    }
    assert found == {10_000: None, 10_001: small, 100_001: large}


def test_a_rule_for_authorities_is_none_for_companies() -> None:
    rule = Rule("filing", ("head",), 2, "wd", only="authority")
    assert rule_for((rule,), "filing", house="company", amount=None) is None
    assert rule_for((rule,), "filing", house="authority", amount=None) is rule


@given(
    who=st.permutations(["supervisor", "head"]).map(tuple),
    asking=st.sets(st.sampled_from(ROLES)),
    two=st.booleans(),
)
def test_two_persons_are_never_one(who: tuple[str, ...], asking: set[str], two: bool) -> None:
    """Whatever the roles: with the rule of two, somebody else always signs."""
    rule = Rule("filing", who, 2, "wd", two=two)
    try:
        left = stages(rule, asking)
    except TwoPersons:
        assert two
    else:
        assert left or not two
        assert set(left) <= set(who)
