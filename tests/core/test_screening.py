"""First review: every item by every answer, and what never happens (SC-1, SC-2)."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.lifecycle import Move
from tingsu.core.screening import (
    OF_UNKNOWN,
    Answer,
    Effect,
    Item,
    Kind,
    Known,
    Outcome,
    derived,
    possible,
    propose,
)

FULL = Known(
    named=True, reachable=True, respondent="明州旅行社", request="退票", narrative="少景点", files=1
)
ITEMS = st.lists(
    st.builds(
        Item,
        code=st.sampled_from("abcdefgh"),
        kind=st.sampled_from(Kind),
        no=st.sampled_from(Effect),
        unknown=st.sampled_from(OF_UNKNOWN),
    ),
    max_size=8,
    unique_by=lambda item: item.code,
)
ANSWERS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(Answer))


def one(no: Effect, unknown: Effect = Effect.NOTE, kind: Kind = Kind.SCOPE) -> Item:
    return Item("x", kind, no, unknown)


@pytest.mark.parametrize(
    ("no", "answer", "outcome"),
    [
        (Effect.REFUSE, Answer.NO, Outcome.REFUSE),
        (Effect.TRANSFER, Answer.NO, Outcome.TRANSFER),
        (Effect.REFER, Answer.NO, Outcome.REFER),
        (Effect.COMPLETE, Answer.NO, Outcome.COMPLETE),
        (Effect.ASK, Answer.NO, None),
        (Effect.NOTE, Answer.NO, Outcome.ACCEPT),
        *((effect, Answer.YES, Outcome.ACCEPT) for effect in Effect),
        *((effect, Answer.UNKNOWN, Outcome.ACCEPT) for effect in Effect),
    ],
)
def test_each_effect_by_each_answer(no: Effect, answer: Answer, outcome: Outcome | None) -> None:
    assert propose([one(no)], {"x": answer}).outcome is outcome


@pytest.mark.parametrize(
    ("unknown", "outcome"),
    [(Effect.ASK, None), (Effect.NOTE, Outcome.ACCEPT), (Effect.COMPLETE, Outcome.COMPLETE)],
)
def test_what_nobody_knows(unknown: Effect, outcome: Outcome | None) -> None:
    assert propose([one(Effect.REFUSE, unknown)], {}).outcome is outcome


def test_refusal_stands_before_hand_over_and_before_asking_for_papers() -> None:
    items = [
        Item("a", Kind.EVIDENCE, Effect.COMPLETE),
        Item("b", Kind.JURISDICTION, Effect.TRANSFER),
    ]
    no = {"a": Answer.NO, "b": Answer.NO, "c": Answer.NO}
    assert propose(items, no).outcome is Outcome.TRANSFER
    found = propose([*items, Item("c", Kind.TIME_BAR, Effect.REFUSE)], no)
    assert (found.outcome, found.grounds, found.asks) == (Outcome.REFUSE, ("c",), ("a",))


@pytest.mark.parametrize(
    ("kind", "lacking", "fact"),
    [
        (Kind.RESPONDENT, {"respondent": " "}, "no_respondent"),
        (Kind.REQUEST, {"request": ""}, "no_request"),
        (Kind.REQUEST, {"narrative": ""}, "no_narrative"),
        (Kind.FORM, {"named": False}, "no_name"),
        (Kind.FORM, {"reachable": False}, "no_contact"),
        (Kind.REPRESENTATIVES, {"people": 5, "fits_joint": False}, "joint"),
    ],
)
def test_the_file_answers_and_its_gaps_ask_but_never_refuse(
    kind: Kind, lacking: Mapping[str, object], fact: str
) -> None:
    gap = replace(FULL, **lacking)  # type: ignore[arg-type]
    assert derived(one(Effect.COMPLETE, kind=kind), FULL).answer is Answer.YES
    assert derived(one(Effect.COMPLETE, kind=kind), gap).answer is Answer.NO
    found = derived(one(Effect.REFUSE, kind=kind), gap)
    assert (found.answer, found.fact) == (Answer.UNKNOWN, fact)


@pytest.mark.parametrize("repeats", [0, 3])
def test_a_repeat_is_shown_and_decides_nothing(repeats: int) -> None:
    item = one(Effect.NOTE, kind=Kind.HANDLED)
    found = derived(item, replace(FULL, repeats=repeats))
    assert found.answer is Answer.UNKNOWN
    assert propose([item], {"x": found.answer}).outcome is Outcome.ACCEPT


def test_no_file_is_no_proof_of_no_evidence() -> None:
    item = one(Effect.COMPLETE, kind=Kind.EVIDENCE)
    assert derived(item, replace(FULL, files=0)).answer is Answer.UNKNOWN


def test_outcomes_are_moves() -> None:
    assert {Move(outcome.value) for outcome in Outcome} == {
        Move.ACCEPT,
        Move.REFUSE,
        Move.TRANSFER,
        Move.REFER,
        Move.ASK_COMPLETE,
    }


@given(items=ITEMS, answers=ANSWERS)
def test_the_outcome_never_contradicts_a_ground_of_refusal(
    items: list[Item], answers: dict[str, Answer]
) -> None:
    grounds = [
        item.code
        for item in items
        if item.no is Effect.REFUSE and answers.get(item.code) is Answer.NO
    ]
    found = propose(items, answers)
    assert (found.outcome is Outcome.REFUSE) == bool(grounds)
    chosen = possible(items, answers, list(Outcome))
    assert (Outcome.REFUSE in chosen) == bool(grounds)
    assert not (grounds and Outcome.ACCEPT in chosen)


@given(items=ITEMS, known=st.dictionaries(st.sampled_from("abcdefgh"), st.just(Answer.UNKNOWN)))
def test_the_unknown_never_refuses_nor_hands_over(
    items: list[Item], known: dict[str, Answer]
) -> None:
    assert propose(items, known).outcome in (None, Outcome.ACCEPT, Outcome.COMPLETE)


@given(items=ITEMS, answers=ANSWERS)
def test_what_is_proposed_may_be_chosen(items: list[Item], answers: dict[str, Answer]) -> None:
    found = propose(items, answers)
    if found.outcome is not None:
        assert found.outcome in possible(items, answers, list(Outcome))


@given(items=ITEMS, answers=ANSWERS, allowed=st.sets(st.sampled_from(Outcome)))
def test_only_what_the_pack_has_may_be_chosen(
    items: list[Item], answers: dict[str, Answer], allowed: set[Outcome]
) -> None:
    assert set(possible(items, answers, allowed)) <= allowed


@given(items=ITEMS, answers=ANSWERS)
def test_every_item_that_is_not_met_is_named_once(
    items: list[Item], answers: dict[str, Answer]
) -> None:
    found = propose(items, answers)
    named = [*found.grounds, *(code for code in found.asks if code not in found.grounds)]
    assert len(named) == len(set(named))
    met = {item.code for item in items if answers.get(item.code) is Answer.YES}
    assert not met & {*found.grounds, *found.asks, *found.notes}
