"""Which plan may be offered, which comes next, what plans cost, whose authority: tables first, then
what always holds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.lifecycle import State
from tingsu.core.plans import (
    BARGAINING,
    OPENING,
    Answer,
    Cost,
    OfferState,
    PlanState,
    Standing,
    after,
    answerable,
    authority,
    costs,
    moved,
    next_plan,
    why_not,
    yuan,
)

NOON = datetime(2026, 9, 21, 4, 0, tzinfo=UTC)


def plan(state: str = "prepared", place: int = 1, **more: object) -> Standing:
    return Standing(f"p{place}", place, state, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.RECEIVED, "early"), (State.SCREENING, "early"), (State.INCOMPLETE, "early"),
        (State.REFERRED, "early"), (State.ACCEPTED, ""), (State.INVESTIGATING, ""),
        (State.NEGOTIATING, ""), (State.MEDIATING, ""), (State.DECIDING, ""),
        (State.EXECUTING, "over"), (State.CONFIRMING, "over"), (State.CLOSED, "over"),
        (State.MERGED, "over"), (State.WITHDRAWN, "over"), (State.REFUSED, "over"),
        (State.TRANSFERRED, "over"), (State.CANCELLED, "over"), (State.ARCHIVED, "over"),
    ],
)  # fmt: skip
def test_when_a_case_is_ripe_for_an_offer(state: State, why: str) -> None:
    assert why_not(plan(), state) == why
    assert (why == "") == (state in BARGAINING | OPENING)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("prepared", ""), ("refused", ""), ("countered", ""), ("out", "out"),
        ("accepted", "settled"), ("replaced", "settled"), ("dropped", "dropped"),
    ],
)  # fmt: skip
def test_how_a_plan_stands(state: str, why: str) -> None:
    assert why_not(plan(state), State.NEGOTIATING) == why


def test_every_state_of_a_plan_has_an_answer() -> None:
    for state in PlanState:
        assert isinstance(why_not(plan(state), State.NEGOTIATING), str)


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ((), ""), (("agreed", "agreed"), ""), (("agreed", "waiting"), "waiting"),
        (("waiting", "refused"), "refused"),
    ],
)  # fmt: skip
def test_those_who_must_agree(consents: tuple[str, ...], why: str) -> None:
    assert why_not(plan(consents=consents), State.ACCEPTED) == why


@pytest.mark.parametrize(
    ("worth", "line", "why"), [(100, None, ""), (100, 100, ""), (101, 100, "beyond"), (0, 0, "")]
)
def test_no_further_than_the_line(worth: int, line: int | None, why: str) -> None:
    assert why_not(plan(worth=worth), State.NEGOTIATING, line=line) == why


def test_the_next_is_the_first_that_was_not_offered() -> None:
    plans = [plan("refused", 1), plan("prepared", 3), plan("prepared", 2)]
    found = next_plan(plans)
    assert found
    assert found.id == "p2"
    assert next_plan([*plans, plan("out", 4)]) is None
    assert next_plan([*plans, plan("accepted", 4)]) is None
    assert next_plan([plan("refused"), plan("countered", 2)]) is None
    assert next_plan([]) is None


def test_the_order_is_changed_by_neighbours() -> None:
    assert moved(["a", "b", "c"], "c", earlier=True) == ["a", "c", "b"]
    assert moved(["a", "b", "c"], "a", earlier=False) == ["b", "a", "c"]
    assert moved(["a", "b"], "a", earlier=True) == ["a", "b"]
    assert moved(["a", "b"], "b", earlier=False) == ["a", "b"]


def test_costs_are_what_is_given_and_what_we_spend() -> None:
    assert costs([["CNY", 50_000, 2_000]], 10_000, 3_000) == (Cost("CNY", 58_000, 61_000),)
    assert costs([], 0, 0) == (Cost("CNY", 0, 0),)
    assert costs([["EUR", 25_000, 0]], 0, 0) == (Cost("EUR", 25_000, 25_000),)
    mixed = costs([["EUR", 25_000, 0]], 5_000, 1_000)
    assert mixed == (Cost("CNY", 5_000, 6_000), Cost("EUR", 25_000, 25_000))
    assert yuan(mixed).worth == 5_000
    assert yuan(costs([["EUR", 1, 0]], 0, 0)) == Cost("CNY", 0, 0)


def test_money_is_whole() -> None:
    with pytest.raises(TypeError):
        costs([["CNY", 1.5, 0]], 0, 0)


def test_authority_is_that_of_the_strongest_role() -> None:
    found = authority({"handler": 20_000, "supervisor": 100_000}, used=90_000, wanted=10_000)
    assert (found.role, found.limit, found.enough, found.left) == (
        "supervisor",
        100_000,
        True,
        10_000,
    )
    assert not authority({"handler": 20_000}, used=15_000, wanted=5_001).enough
    assert authority({}, used=5, wanted=0).enough, "what costs nothing needs nobody"


@pytest.mark.parametrize(
    ("state", "after_days", "heard", "why"),
    [
        ("out", 0, False, ""), ("out", 3, False, ""), ("out", 3.1, False, "expired"),
        ("out", 3.1, True, ""), ("expired", 0, True, "expired"), ("expired", 9, False, "expired"),
        ("accepted", 0, False, "answered"), ("withdrawn", 0, True, "answered"),
        ("lapsed", 0, False, "answered"), ("void", 0, True, "answered"),
    ],
)  # fmt: skip
def test_until_when_an_answer_counts(state: str, after_days: float, heard: bool, why: str) -> None:
    at = NOON + timedelta(days=after_days)
    assert answerable(state, NOON + timedelta(days=3), at, heard=heard) == why


def test_every_answer_has_its_end() -> None:
    for answer in Answer:
        offer, of_plan = after(answer)
        assert (offer == OfferState.OUT) == (of_plan == PlanState.OUT) == (answer == Answer.TALK)


STATES = st.sampled_from([state.value for state in PlanState])
PLANS = st.lists(st.tuples(STATES, st.integers(1, 9)), max_size=6).map(
    lambda rows: [Standing(str(n), place, state) for n, (state, place) in enumerate(rows)]
)


@given(PLANS)
def test_what_comes_next_can_be_offered(plans: list[Standing]) -> None:
    found = next_plan(plans)
    if found is not None:
        assert why_not(found, State.NEGOTIATING) == ""
        assert all(found.place <= one.place for one in plans if one.state == "prepared")
        assert not any(one.state in ("out", "accepted") for one in plans)


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.data(), st.booleans())
def test_moving_loses_nobody_and_goes_back(order: list[str], data: st.DataObject, up: bool) -> None:
    one = data.draw(st.sampled_from(order))
    there = moved(order, one, earlier=up)
    assert sorted(there) == sorted(order)
    if there != order:
        assert moved(there, one, earlier=not up) == order


FEN = st.integers(0, 10**13)


@given(st.lists(st.tuples(st.sampled_from(["CNY", "EUR"]), FEN, FEN), max_size=4), FEN, FEN)
def test_sums_are_kept(totals: list[tuple[str, int, int]], goodwill: int, own: int) -> None:
    found = costs(totals, goodwill, own)
    assert sum(one.worth for one in found) == goodwill + sum(a - b for _c, a, b in totals)
    spent = sum(one.cost - one.worth for one in found)
    assert spent == own
    assert len({one.currency for one in found}) == len(found) >= 1
    assert all(type(one.worth) is type(one.cost) is int for one in found)


@given(FEN, FEN, FEN)
def test_enough_is_never_more_than_is_left(limit: int, used: int, wanted: int) -> None:
    found = authority({"handler": limit}, used=used, wanted=wanted)
    assert found.enough == (wanted == 0 or (wanted <= found.left and used <= limit))
    assert 0 <= found.left <= limit
