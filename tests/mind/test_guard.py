"""The guard as it ships: its own examples, its weights, its figures (CO-1)."""

import itertools
from pathlib import Path

import pytest

from tingsu.core.wording.guard import Guard
from tingsu.core.wording.lexicon import Phrase
from tingsu.mind.guard import LIMIT, SPARED, scorer, written
from tingsu.mind.guard_learn import learn
from tingsu.mind.guard_words import cues, read, utterances
from tingsu.packs import available, load
from tingsu.packs.wording import WORDING

LEXICON = WORDING.of(load("general"))
RULES = Guard(LEXICON)
UNSEEN = Path(__file__).parent / "unseen.txt"


@pytest.mark.parametrize("pack", available())
def test_every_phrase_catches_and_spares_its_own_examples(pack: str) -> None:
    guard = Guard(WORDING.of(load(pack)))

    def wrong(phrase: Phrase) -> list[str]:
        missed = [c for c in phrase.caught if phrase.kind not in {m.kind for m in guard.marks(c)}]
        return missed + [text for text in phrase.harmless if guard.marks(text)]

    assert {p.id: wrong(p) for p in guard.lexicon.phrases if wrong(p)} == {}


def test_every_kind_has_a_phrase_and_utterances() -> None:
    kinds = set(LEXICON.kinds)
    assert {phrase.kind for phrase in LEXICON.phrases} == kinds
    assert {one.kind for one in utterances()} - {""} == kinds
    assert set(cues().words) == kinds
    assert len(utterances()) > 4000
    assert len({one.text for one in utterances()}) == len(utterances())


def test_the_weights_are_what_the_utterances_give() -> None:
    assert written(scorer()) == written(learn(utterances(), cues(), LIMIT, SPARED))


def test_paraphrases_that_no_phrase_knows_are_caught() -> None:
    """Families left out of the learning are still mostly seen; harmless ones mostly spared."""
    families = sorted({one.family for one in utterances()})
    kept_back = set(itertools.islice(families, 0, None, 6))
    known = [one for one in utterances() if one.family not in kept_back]
    guard = Guard(LEXICON, learn(known, cues(), LIMIT, SPARED))
    unseen = [one for one in utterances() if one.family in kept_back]
    marked = {one: bool(guard.marks(one.text)) for one in unseen}
    hurting = [one for one in unseen if one.kind]
    recall = sum(marked[one] for one in hurting) / len(hurting)
    precision = sum(marked[one] for one in hurting) / sum(marked.values())
    by_phrase_alone = sum(bool(RULES.marks(one.text)) for one in hurting) / len(hurting)
    assert recall > by_phrase_alone + 0.3
    assert recall >= 0.84
    assert precision >= 0.89


def test_sentences_written_after_the_learning_are_mostly_caught() -> None:
    """Nobody learns from these or tunes on them; other trades than those of the utterances."""
    guard = Guard(LEXICON, scorer())
    found = [(one, {m.kind for m in guard.marks(one.text)}) for one in read(UNSEEN)]
    hurting = [(one, kinds) for one, kinds in found if one.kind]
    caught = [(one, kinds) for one, kinds in hurting if kinds]
    assert not {one.text for one, _kinds in found} & {one.text for one in utterances()}
    assert len(caught) / len(hurting) >= 0.75
    assert len(caught) / sum(bool(kinds) for _one, kinds in found) >= 0.9
    assert sum(one.kind in kinds for one, kinds in caught) / len(caught) >= 0.7


def test_a_learned_mark_says_so_and_names_a_kind() -> None:
    guard = Guard(LEXICON, scorer())
    learned = [m for one in utterances() for m in guard.marks(one.text) if not m.phrase]
    assert learned
    assert all(mark.kind in LEXICON.kinds and mark.grade == "warn" for mark in learned)
