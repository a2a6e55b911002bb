"""What is owed: no double counting, reductions, bad facts named, only what is needed asked."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tingsu.core.remedy import (
    Base,
    Cut,
    Fact,
    Group,
    Limits,
    Line,
    Need,
    Outcome,
    Reduction,
    Rule,
    asked,
    compute,
    rounded,
)
from tingsu.core.remedy_ways import Agreed, Gap, Right, Share, Whole

DAY = date(2020, 1, 1)
FACTS = {
    name: Fact(name, unit, {}, blank=0 if unit == "flag" else None)
    for name, unit in [
        ("price", "money"), ("cost", "money"), ("tip", "money"), ("rate", "rate"),
        ("days", "days"), ("abroad", "flag"), ("fee", "money"),
    ]
}  # fmt: skip
FACTS["wish"] = Fact("wish", "choice", {}, options={"refund": {}, "repair": {}})
GROUPS = {
    "service": Group("service", {}, "higher"),
    "guide": Group("guide", {}, "special"),
}


def line(name: str, way: object = None, gives: str = "penalty", **more: object) -> Line:
    made = way or Whole(Base(("price",)))
    return Line(name, gives, made, {}, **more)  # type: ignore[arg-type]


def rule(name: str, *lines: Line, **more: object) -> Rule:
    return Rule(name, {}, lines, DAY, **more)  # type: ignore[arg-type]


def work(*rules: Rule, cuts: tuple[Cut, ...] = (), **facts: Any) -> Outcome:
    return compute(rules, facts, FACTS, groups=GROUPS, cuts=cuts)


def sums(outcome: Outcome) -> dict[str, int]:
    return {f"{one.rule.id}.{one.line.id}": one.amount for one in outcome.lines}


def share(percent: int, *of: str, less: tuple[str, ...] = ()) -> Share:
    return Share(Base(of or ("price",), less), Fraction(percent, 100))


def test_several_situations_add_up() -> None:
    outcome = work(rule("a", line("x")), rule("b", line("y", share(20))), price=1_000)
    assert sums(outcome) == {"a.x": 1_000, "b.y": 200}
    assert outcome.totals[0].owed == 1_200


def test_of_rules_for_one_loss_the_whole_rule_that_gives_most_stays() -> None:
    small = rule(
        "a", line("back", share(50), group="service"), line("fine", share(20), group="service")
    )
    large = rule(
        "b", line("back", share(40), group="service"), line("fine", share(40), group="service")
    )
    outcome = work(small, large, price=1_000)
    assert sums(outcome) == {"b.back": 400, "b.fine": 400}
    told = [(one.line.id, one.why, one.amount, one.instead) for one in outcome.left_out]
    assert told == [("back", "group", 500, large), ("fine", "group", 200, large)]


def test_of_alternatives_in_one_rule_the_highest_stays() -> None:
    both = rule(
        "a", line("ten", share(1000), either="x"), line("three", share(300, "cost"), either="x")
    )
    assert sums(work(both, price=100, cost=200)) == {"a.ten": 1_000}
    assert sums(work(both, price=100, cost=900)) == {"a.three": 2_700}


def test_a_general_rule_gives_way_to_special_ones_which_stand_together() -> None:
    general = rule("a", line("x", share(500), group="guide", general=True))
    tips = rule("b", line("y", share(200, "tip"), group="guide"))
    drops = rule("c", line("z", share(100, "fee"), group="guide"))
    assert sums(work(general, price=100)) == {"a.x": 500}
    outcome = work(general, tips, drops, price=100, tip=10, fee=30)
    assert sums(outcome) == {"b.y": 20, "c.z": 30}
    assert [(one.why, one.instead) for one in outcome.left_out] == [("special", tips)]


def test_the_same_situation_twice_counts_once() -> None:
    one = rule("a", line("x"))
    assert work(one, one, price=5).totals[0].owed == 5


def test_a_floor_lifts_and_a_cap_has_the_last_word() -> None:
    limited = line("x", share(300), limits=Limits(floor=500, cap=900))
    assert sums(work(rule("a", limited), price=10)) == {"a.x": 500}
    assert sums(work(rule("a", limited), price=200)) == {"a.x": 600}
    assert sums(work(rule("a", limited), price=1_000)) == {"a.x": 900}
    by_price = line("x", share(300), limits=Limits(floor=500, cap_of=("price",)))
    assert sums(work(rule("a", by_price), price=100)) == {"a.x": 100}


@pytest.mark.parametrize(
    ("exact", "how", "fen"),
    [
        (Fraction(5, 2), "half_up", 3), (Fraction(3, 2), "half_up", 2),
        (Fraction(7, 5), "half_up", 1),
        (Fraction(5, 2), "down", 2), (Fraction(11, 5), "up", 3), (Fraction(2), "up", 2),
    ],
)  # fmt: skip
def test_rounding_to_the_fen(exact: Fraction, how: str, fen: int) -> None:
    assert rounded(exact, how) == fen


def test_reductions_take_from_what_is_left_and_only_from_what_they_reach() -> None:
    told = Reduction("told", {}, frozenset({"penalty"}))
    made_good = Reduction("made_good", {}, frozenset({"penalty"}))
    both = rule("a", line("fine"), line("back", gives="refund"))
    cuts = (Cut(told, Fraction(1, 2), "说明过"), Cut(made_good, Fraction(1, 10), "已致歉"))
    outcome = work(both, cuts=cuts, price=1_000)
    assert sums(outcome) == {"a.fine": 450, "a.back": 1_000}
    fine = next(one for one in outcome.lines if one.line.id == "fine")
    assert (fine.full, [cut.reason for cut in fine.cuts]) == (1_000, ["说明过", "已致歉"])


def test_a_waiver_leaves_nothing_and_says_so() -> None:
    waiver = Reduction("waiver", {}, frozenset({"penalty", "repair"}))
    both = rule("a", line("fine"), line("mend", Right(), gives="repair"))
    outcome = work(both, cuts=(Cut(waiver, Fraction(1)),), price=1_000)
    assert not outcome.lines
    assert [(one.why, one.amount) for one in outcome.left_out] == [("waived", 1_000), ("waived", 0)]


def test_a_missing_fact_is_named_once_with_all_that_wait_for_it() -> None:
    outcome = work(rule("a", line("x"), line("y", share(20))), rule("b", line("z")))
    assert [(t.fact, t.why, t.rules) for t in outcome.troubles] == [
        ("price", "missing", ("a", "b"))
    ]
    assert not outcome.lines


def test_what_can_be_worked_out_is_worked_out_beside_what_is_missing() -> None:
    outcome = work(rule("a", line("x")), rule("b", line("y", share(100, "tip"))), price=7)
    assert sums(outcome) == {"a.x": 7}
    assert [trouble.fact for trouble in outcome.troubles] == ["tip"]


@pytest.mark.parametrize(
    ("facts", "fact", "why"),
    [
        ({"price": -1, "cost": 0}, "price", "negative"),
        ({"price": 10**14, "cost": 0}, "price", "too_much"),
        ({"price": 100, "cost": 101}, "cost", "more_than"),
        ({"price": "viel", "cost": 0}, "price", "not_a_choice"),
    ],
)
def test_bad_facts_are_named(facts: dict[str, Any], fact: str, why: str) -> None:
    less = rule("a", line("x", Whole(Base(("price",), ("cost",)))))
    (trouble,) = work(less, **facts).troubles
    assert (trouble.fact, trouble.why, trouble.rules) == (fact, why, ("a",))


def test_a_rate_outside_what_the_source_allows_is_named() -> None:
    ranged = rule(
        "a", line("x", Agreed(Base(("price",)), "rate", Fraction(1, 100), Fraction(5, 100)))
    )
    assert sums(work(ranged, price=1_000, rate=30_000)) == {"a.x": 30}
    for rate, why in ((9_999, "rate_low"), (50_001, "rate_high")):
        (trouble,) = work(ranged, price=1_000, rate=rate).troubles
        assert (trouble.fact, trouble.why) == ("rate", why)


def test_a_lower_price_above_the_paid_one_is_inconsistent() -> None:
    gap = rule("a", line("x", Gap("price", "cost", Fraction(15, 100))))
    (trouble,) = work(gap, price=100, cost=101).troubles
    assert (trouble.fact, trouble.why, trouble.other) == ("cost", "more_than", "price")


def test_only_what_the_chosen_variant_needs_is_asked() -> None:
    home = line("home", share(10), needs=(Need("abroad", "is", 0),))
    away = line("away", share(10, "cost"), needs=(Need("abroad", "is", 1),))
    two = rule("a", home, away)
    assert [fact.id for fact in asked([two], FACTS, {})] == ["price", "abroad"]
    assert [fact.id for fact in asked([two], FACTS, {"abroad": 1})] == ["cost", "abroad"]
    assert asked([], FACTS, {}) == ()
    assert not work(two, price=100, cost=1).left_out  # the other variant is no news


def test_an_unmet_condition_is_told() -> None:
    late = rule("a", line("x", needs=(Need("days", "more_than", 5),)))
    outcome = work(late, price=1, days=5)
    (left,) = outcome.left_out
    assert left.why == "unmet"
    assert left.need == Need("days", "more_than", 5)
    assert outcome.complete


def test_a_choice_asks_before_anything_else() -> None:
    wish = rule("a", line("x", needs=(Need("wish", "is", "refund"),)))
    assert [fact.id for fact in asked([wish], FACTS, {})] == ["wish"]
    assert [t.fact for t in work(wish).troubles] == ["wish"]
    assert sums(work(wish, wish="repair")) == {}
    assert sums(work(wish, wish="refund", price=3)) == {"a.x": 3}


def test_what_the_customer_pays_is_told_apart() -> None:
    outcome = work(
        rule("a", line("back", gives="refund"), line("fee", share(10), gives="payment")), price=100
    )
    (totals,) = outcome.totals
    assert (totals.owed, totals.to_pay) == (100, 10)


def test_currencies_are_never_added() -> None:
    outcome = work(rule("a", line("x")), rule("b", line("y"), currency="EUR"), price=100)
    assert [(t.currency, t.owed) for t in outcome.totals] == [("CNY", 100), ("EUR", 100)]
