"""Cards by situation, wording by industry, and what an agent used (CO-3, CO-5)."""

import pytest

from tingsu.core.wording.technique import TAGS
from tingsu.packs import available, load
from tingsu.packs.techniques import TECHNIQUES
from tingsu.packs.wording import WORDING

GENERAL = TECHNIQUES.of(load("general"))
METHODS = (
    "empathy sandwich forgiving three_f seven_one guided_asking when_question change_subject "
    "repeat_words silence pause_to_consult set_limit hand_up"
).split()


def first(*situation: str) -> str:
    return GENERAL.choose(frozenset(situation))[0].technique.id


def test_all_methods_of_the_handouts_are_there() -> None:
    groups = [one.group for one in GENERAL.techniques.values()]
    assert set(METHODS) <= set(GENERAL.techniques)
    assert groups.count("counter") == 10
    assert groups.count("hard") == 18  # four for escalated, fourteen for difficult complaints


def test_every_card_can_come_up_and_has_words() -> None:
    for one in GENERAL.techniques.values():
        situation = frozenset({*one.fits, *one.needs})
        assert one.id in {c.technique.id for c in GENERAL.choose(situation, most=99)}
        assert GENERAL.words_for(one.id, situation)
        assert set(one.fits) <= set(TAGS)


@pytest.mark.parametrize(
    ("situation", "card"),
    [
        (("stage:reply", "channel:written"), "sandwich"),
        (("stage:contact",), "empathy"),
        (("stage:contact", "anger:angry", "channel:spoken"), "when_question"),
        (("stage:agree", "state:negotiating", "aim:compensation"), "seven_one"),
        (("escalated", "stage:contact"), "know_it_all"),
    ],
)
def test_the_card_follows_the_situation(situation: tuple[str, ...], card: str) -> None:
    assert first(*situation) == card


def test_silence_is_nothing_for_a_letter() -> None:
    written = frozenset({"anger:angry", "aim:venting", "channel:written"})
    assert "silence" not in {c.technique.id for c in GENERAL.choose(written, most=99)}


def test_why_a_card_is_shown_are_the_tags_that_fit() -> None:
    (choice,) = GENERAL.choose({"stage:contact", "anger:upset", "channel:written"}, most=1)
    assert choice.because == ("anger:upset", "stage:contact")


@pytest.mark.parametrize("pack", ["telecom", "property", "hotel", "auto", "bank", "tourism"])
def test_an_industry_speaks_its_own_words_first(pack: str) -> None:
    words = TECHNIQUES.of(load(pack)).words_for("empathy", {"stage:contact"})
    assert words[0].id == f"{pack}.empathy"
    assert len(words) > 1


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("我理解您的心情。", ["empathy"]),
        ("我可以做的是先换一台，您可以选周三。", ["sandwich"]),
        ("您说得有道理，同时我们还要看安全。", ["forgiving"]),
        ("请稍等，我去问一下主管。", ["pause_to_consult"]),
        ("您希望我们怎么做？", ["guided_asking"]),
        ("明天三点上门。", []),
    ],
)
def test_a_technique_is_seen_in_what_is_said(said: str, used: list[str]) -> None:
    assert GENERAL.used(said) == used


@pytest.mark.parametrize("pack", available())
def test_no_words_of_ours_hurt(pack: str) -> None:
    """The wording library and the better sentences pass the guard themselves."""
    from tingsu.core.wording.guard import Guard
    from tingsu.mind.guard import scorer

    lexicon = WORDING.of(load(pack))
    guard = Guard(lexicon, scorer())
    ours = [say.text["zh-hans"] for say in TECHNIQUES.of(load(pack)).sayings]
    ours += [kind.better["zh-hans"] for kind in lexicon.kinds.values()]
    assert {text: guard.marks(text) for text in ours if guard.marks(text)} == {}
