"""Mood before matter: which talk it is, what a case shows, which stage comes next (HA-1)."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.guide import BY_KIND, BY_STATE, Seen, evidence, occasions, standing
from tingsu.core.lifecycle import State
from tingsu.packs.guide import SHOWN


@dataclass(frozen=True)
class Stage:
    """A stage without its words."""

    code: str
    mood: bool
    shown_by: frozenset[str] = frozenset()


STAGES = (
    Stage("calm", True),
    Stage("listen", True, frozenset({"contacted"})),
    Stage("sorry", True, frozenset({"apologised"})),
    Stage("offer", False, frozenset({"offered"})),
    Stage("gift", False),
    Stage("check", False, frozenset({"confirmed", "called_back"})),
)


def states(*shown: str, ticked: tuple[str, ...] = ()) -> str:
    """One letter a stage: s shown, t ticked, p passed, N now, - later."""
    places = standing(STAGES, shown, ticked).places
    return "".join(place.how[:1] or ("N" if place.now else "-") for place in places)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"anger": 3, "channel": "visit"}, ("angry", "visit", "always")),
        ({"nature": "communicative"}, ("asking", "always")),
        ({"anger": 4, "nature": "communicative"}, ("angry", "asking", "always")),
        ({"anger": 2}, ("always",)),
    ],
)
def test_the_talk_decides_the_method(told: dict[str, object], expected: tuple[str, ...]) -> None:
    usual: dict[str, object] = {"anger": 0, "channel": "phone", "nature": "questioning"}
    assert occasions(**(usual | told)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "ticked", "expected"),
    [
        ((), (), "N-----"),
        (("contacted",), (), "psN---"),  # nothing could show the first: the talk has gone on
        (("contacted", "apologised"), (), "pssN--"),
        ((), ("calm",), "tN----"),
        (("contacted",), ("sorry",), "pstN--"),
        (("offered",), (), "N--s--"),  # the matter passes nothing of the mood
        (("contacted", "apologised", "offered", "called_back"), (), "psssps"),
    ],
)
def test_stages_tick_themselves_and_by_hand(
    shown: tuple[str, ...], ticked: tuple[str, ...], expected: str
) -> None:
    assert states(*shown, ticked=ticked) == expected


def test_jumping_ahead_is_seen_until_the_mood_is_done() -> None:
    early = standing(STAGES, {"contacted", "offered"})
    assert early.ahead is not None
    assert early.mood_open is not None
    assert (early.ahead.code, early.mood_open.code) == ("offer", "sorry")
    mended = standing(STAGES, {"contacted", "offered", "apologised"})
    assert (mended.ahead, mended.mood_open) == (None, None)
    assert mended.now is not None
    assert mended.now.code == "gift"


@given(st.sets(st.sampled_from(SHOWN)), st.sets(st.sampled_from([s.code for s in STAGES])))
def test_more_evidence_never_opens_a_stage(shown: set[str], ticked: set[str]) -> None:
    before = standing(STAGES, shown, ticked)
    for code in SHOWN:
        after = standing(STAGES, shown | {code}, ticked)
        for old, new in zip(before.places, after.places, strict=True):
            assert new.how or not old.how


def test_only_what_packs_may_name_is_shown() -> None:
    every = {*BY_KIND.values(), *(code for codes in BY_STATE.values() for code in codes)}
    assert every <= set(SHOWN)
    assert set(BY_STATE) <= {state.value for state in State}
    seen = Seen(True, True, True, True, True, BY_KIND, BY_STATE, ("sorry", "thanks"))
    assert evidence(seen) >= set(SHOWN)


def test_what_was_said_and_done_shows_it() -> None:
    assert evidence(Seen()) == frozenset()
    assert evidence(Seen(restated=True)) == {"contacted", "restated"}
    assert evidence(Seen(said=("feeling",))) == {"apologised"}
    assert "executed" in evidence(Seen(states=("executing", "confirming")))
    assert "executed" not in evidence(Seen(states=("confirming",)))
    assert evidence(Seen(kinds=("agreement_put_up", "agreed"))) == {"offered", "agreed"}
