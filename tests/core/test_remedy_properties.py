"""What always holds for remedies, over all rules of all packs and any facts."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.remedy import MOST, WHOLE, Cut, Fact, Outcome, compute
from tingsu.core.remedy_ways import ByDistance, Right
from tingsu.packs import available, load
from tingsu.packs.remedies import REMEDIES, Remedies

BOOKS = [book for book in map(REMEDIES.of, map(load, available())) if book.rules]


def rules_of(book: Remedies) -> list[Any]:
    return [entries[-1].value for entries in book.rules.values()]


def values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.unit == "choice":
        return st.sampled_from([*fact.options, "nonsense"])
    if fact.unit == "flag":
        return st.integers(0, 1)
    likely = 4 * WHOLE if fact.unit == "rate" else 5_000
    return st.one_of(st.integers(0, likely), st.integers(-5, MOST + 5), st.integers(0, 40))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Remedies, list[Any], dict[str, Any], list[Cut]]:
    book = draw(st.sampled_from(BOOKS))
    chosen = draw(st.lists(st.sampled_from(rules_of(book)), max_size=5))
    needed = {n for r in chosen for one in r.lines for n in one.way.facts}
    needed |= {need.fact for r in chosen for one in r.lines for need in one.needs}
    facts = {n: draw(values(book.facts[n])) for n in sorted(needed) if draw(st.integers(0, 9))}
    rates = st.fractions(0, 1, max_denominator=100)
    grounds = [entries[-1].value for entries in book.reductions.values()]
    cuts = [Cut(g, draw(rates)) for g in grounds if g and not draw(st.integers(0, 3))]
    return book, chosen, facts, cuts


def work(book: Remedies, chosen: Any, facts: Any, cuts: Any = ()) -> Outcome:
    return compute(chosen, facts, book.facts, groups=book.groups, cuts=cuts)


@given(cases())
def test_amounts_are_whole_never_negative_and_never_above_their_cap(case: Any) -> None:
    book, chosen, facts, cuts = case
    outcome = work(book, chosen, facts, cuts)
    for one in outcome.lines:
        assert type(one.amount) is int
        assert 0 <= one.amount <= one.full
        assert isinstance(one.exact, Fraction)
        assert one.full or isinstance(one.line.way, Right)
        caps = [facts[name] for name in one.line.limits.cap_of]
        assert not caps or one.full <= sum(caps)
        if one.line.gives == "payment":
            assert one.full <= facts["car_price"]
        if isinstance(one.line.way, ByDistance):
            assert one.full <= 60_000 * facts["passengers"]
    for total in outcome.totals:
        assert total.owed >= 0
        assert total.to_pay >= 0


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_situations_and_reductions_does_not_matter(case: Any, chance: Any) -> None:
    book, chosen, facts, cuts = case
    mixed, other = [*chosen, *chosen], list(cuts)
    chance.shuffle(mixed)
    chance.shuffle(other)
    once, again = work(book, chosen, facts, cuts), work(book, mixed, facts, other)
    assert [(o.rule.id, o.line.id, o.amount) for o in once.lines] == [
        (o.rule.id, o.line.id, o.amount) for o in again.lines
    ]
    assert once.totals == again.totals
    assert [(t.fact, t.why) for t in once.troubles] == [(t.fact, t.why) for t in again.troubles]


@given(cases())
def test_every_line_is_owed_left_out_or_waits_for_a_fact(case: Any) -> None:
    """Nothing is lost without a word, except variants not chosen and costs not filled in."""
    book, chosen, facts, cuts = case
    outcome = work(book, chosen, facts, cuts)
    told = {(o.rule.id, o.line.id) for o in outcome.lines}
    told |= {(o.rule.id, o.line.id) for o in outcome.left_out}
    waiting = {rule for trouble in outcome.troubles for rule in trouble.rules}
    for rule in chosen:
        for line in rule.lines:
            variant = line.either or any(need.chooses for need in line.needs)
            variant = variant or all(book.facts[n].blank is not None for n in line.way.facts)
            assert (rule.id, line.id) in told or rule.id in waiting or variant


@given(cases())
def test_no_loss_is_made_good_by_two_rules(case: Any) -> None:
    book, chosen, facts, cuts = case
    winners: dict[str, set[str]] = {}
    for one in work(book, chosen, facts, cuts).lines:
        group = book.groups.get(one.line.group)
        if group and group.together == "higher":
            winners.setdefault(group.id, set()).add(one.rule.id)
    assert all(len(rules) == 1 for rules in winners.values())


@given(cases())
def test_a_reduction_never_gives_more(case: Any) -> None:
    book, chosen, facts, cuts = case
    without = {t.currency: t.owed for t in work(book, chosen, facts).totals}
    for total in work(book, chosen, facts, cuts).totals:
        assert total.owed <= without[total.currency]
