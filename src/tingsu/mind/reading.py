"""A customer read from what they say: anger, need, aim, and what may come next (CO-4, SC-3).

A reading is an offer: each value with the words that led to it and how sure that is; a person
confirms or corrects it. Reads the lexicon beside it, once. What is read and how well:
docs/rules/reading.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tingsu.core.text import normalise
from tingsu.mind.category import Classifier

KINDS = ("need", "aim", "attitude", "demand", "temper", "nature")
RISKS = ("media", "regulator", "lawyer", "safety", "self_harm")
AT_ONCE = "self_harm"  # never waits for a confirmation: a person takes over now
LONGEST = 5_000  # characters of a text that are read
SURE = 0.6  # a value less sure than this is not offered: one hint is none
CALMEST, ANGRIEST = 0, 4
_GAP = ".{0,6}?"  # what … stands for
LEVELS = {"calm": 0.5, "cross": 2.0, "angry": 3.3}  # of the model's labels
SHORTEST = 6  # characters from which a text sounds like anything
SENTENCES = 40  # that are listened to one by one
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_NOT = re.compile(r"(不会|没有|没想|不是要|不是为了|并非|别)$")
_DENIED = frozenset("不没未无难")  # before a word of content
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Value:
    """What the lexicon says of one value. do, dont: of a temper alone."""

    code: str
    labels: Labels
    advice: Labels
    do: Labels
    dont: Labels
    words: re.Pattern[str]
    weights: Mapping[str, int]


@dataclass(frozen=True)
class Sign:
    """A value that was read: how sure, from 0 to 1, and by which words."""

    code: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """All that was read of a text. What was not is not there."""

    anger: int
    anger_words: tuple[str, ...]
    values: Mapping[str, Sign]  # kind to its likeliest value
    risks: tuple[Sign, ...]

    @property
    def at_once(self) -> bool:
        """Whether a person must take over now."""
        return any(one.code == AT_ONCE for one in self.risks)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.anger or self.values or self.risks)


def read(text: str) -> Reading:
    """Read what a customer said or wrote. Quotes of the house should not be among it."""
    plain = normalise(text[:LONGEST])
    anger, anger_words = _anger(text, plain)
    values = {kind: sign for kind in KINDS if (sign := _likeliest(plain, kind))}
    # What never waits is looked for to the last character, however long the text is.
    whole = normalise(text) if len(text) > LONGEST else plain
    found = (
        (code, _found(whole if code == AT_ONCE else plain, value))
        for code, value in lexicon()["risk"].items()
    )
    risks = tuple(
        Sign(code, _share(sum(weights.values()), 0), tuple(weights))
        for code, weights in found
        if weights
    )
    return Reading(anger, anger_words, values, risks)


def in_danger(text: str) -> bool:
    """Whether somebody speaks of ending their life: a person must hear of it at once."""
    return bool(_found(normalise(text), lexicon()["risk"][AT_ONCE]))


def trend(levels: Sequence[int]) -> int:
    """Whether anger rose (1), fell (-1) or stayed (0), over contacts in order."""
    if len(levels) < 2:
        return 0
    before, last = levels[:-1], levels[-1]
    mean = sum(before) / len(before)
    return (last > mean + 0.5) - (last < mean - 0.5)


def value_of(kind: str, code: str) -> Value | None:
    """What the lexicon says of a value: labels, advice, do and don't."""
    return lexicon().get(kind, {}).get(code)


@cache
def lexicon() -> Mapping[str, Mapping[str, Value]]:
    """Kind to code to value, as `lexicon.toml` has them."""
    data = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
    anger = {level: {level: words} for level, words in data.pop("anger").items()}
    return {
        kind: {code: _value(code, facts) for code, facts in values.items()}
        for kind, values in {"anger": anger, **data}.items()
    }


def _value(code: str, facts: Mapping[str, Any]) -> Value:
    weights = {
        word: int(level) for level, words in facts.items() if level.isdigit() for word in words
    }
    longest = sorted(weights, key=len, reverse=True)
    pattern = "|".join(f"({_GAP.join(map(re.escape, word.split('…')))})" for word in longest)
    return Value(
        code,
        labels=facts.get("label", {}),
        advice=facts.get("advice", {}),
        do=facts.get("do", {}),
        dont=facts.get("dont", {}),
        words=re.compile(pattern),
        weights={word: weights[word] for word in longest},
    )


def _found(plain: str, value: Value) -> dict[str, int]:
    """The words of a value that stand in the text, as they stand there, with their weights."""
    known = list(value.weights.values())
    found: dict[str, int] = {}
    for match in value.words.finditer(plain):
        if not _NOT.search(plain[max(0, match.start() - 4) : match.start()]):
            found.setdefault(match[0], known[(match.lastindex or 1) - 1])
    return found


def _anger(text: str, plain: str) -> tuple[int, tuple[str, ...]]:
    """How angry it sounds to the small model, and at least as angry as its plainest words; with
    those words, or the sentence that sounds angriest."""
    found = {
        word: int(level)
        for level, value in lexicon()["anger"].items()
        for word in _found(plain, value)
        if int(level)
    }
    parts = [part.strip() for part in _SENTENCE.findall(text[:LONGEST]) if part.strip()]
    heats = _heat([text[:LONGEST], *parts[:SENTENCES]])
    plainest = max(found.values(), default=CALMEST)
    sounds = round(heats[0]) if len(plain.strip()) >= SHORTEST else CALMEST
    if not plainest or plainest == 1:
        sounds = max(CALMEST, sounds - min(2, _content(plain)))
    # One plain word in a calm text is believed by one level less.
    level = min(ANGRIEST, max(sounds, plainest if sounds >= plainest - 1 else plainest - 1))
    if not level:
        return CALMEST, ()
    words = tuple(sorted(found, key=lambda word: -found[word])[:4])
    hottest = max(zip(heats[1:], parts, strict=False), default=(0.0, ""))[1]
    return level, words or ((hottest,) if hottest else ())


def _content(plain: str) -> int:
    """How many words of somebody who is content stand there, those denied left out."""
    words = lexicon()["anger"]["0"].words.finditer(plain)
    return sum(
        _DENIED.isdisjoint(plain[max(0, match.start() - 3) : match.start()]) for match in words
    )


def _heat(texts: Sequence[str]) -> list[float]:
    """How angry each text sounds, 0 to 4."""
    model = _model()
    levels = np.array([LEVELS[label] for label in model.labels])
    return [float(heat) for heat in model.predict_proba(texts) @ levels]


@cache
def _model() -> Classifier:
    """Made by `scripts/anger_model.py` from the product's own stories."""
    return Classifier.load(Path(__file__).with_name("anger.npz"))


def _likeliest(plain: str, kind: str) -> Sign | None:
    scores = {code: _found(plain, value) for code, value in lexicon()[kind].items()}
    totals = {code: sum(weights.values()) for code, weights in scores.items() if weights}
    if not totals:
        return None
    best = max(totals, key=lambda code: totals[code])
    confidence = _share(totals[best], sum(totals.values()) - totals[best])
    if confidence < SURE:
        return None
    return Sign(best, confidence, tuple(scores[best])[:4])


def _share(own: int, others: int) -> float:
    """Weight for it, against what speaks for others and one for what was never said."""
    return round(own / (own + others + 1), 2)
