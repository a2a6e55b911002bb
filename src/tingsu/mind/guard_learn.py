"""Learns the weights of the guard from utterances, by hand-made linear support vectors. No I/O.

One machine tells hurting from harmless, one for each kind tells it from everything else. Dual
coordinate descent (Hsieh and others, 2008), all machines in one pass; sums are taken row by row,
so that the same data give the same weights on every processor. Signs are kept when two families
use them, so that no single idea decides.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tingsu.core.wording.fold import fold
from tingsu.core.wording.scorer import FINE, NOUGHT, STEP, Cues, Scorer, features, own_words
from tingsu.mind.guard_words import Utterance

COST = 2.0
ROUNDS = 15
LEAST_FAMILIES = 2
FIRST, LAST = 33, 125  # codes of the characters in which a kind's weight is written
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of all machines, a column each: hurting first, then the kinds."""

    weights: Floats
    bias: Floats


def signs_of(text: str, cues: Cues) -> frozenset[str]:
    """What a whole utterance shows."""
    folded = fold(text)
    return features(own_words(folded, 0, len(folded.text)), cues)


def learn(examples: Sequence[Utterance], cues: Cues, limit: float, spared: float) -> Scorer:
    """The scorer learnt from examples."""
    shown = [signs_of(one.text, cues) for one in examples]
    names = tuple(sorted({one.kind for one in examples} - {""}))
    known = _known(shown, examples)
    number = {sign: place for place, sign in enumerate(known)}
    rows = [np.array([number[s] for s in sorted(each) if s in number]) for each in shown]
    scales = [1 / (len(each) or 1) ** 0.5 for each in shown]
    wanted = np.array([[bool(one.kind), *(one.kind == name for name in names)] for one in examples])
    found = _machines(rows, scales, np.where(wanted, 1.0, -1.0), len(known))
    codes = NOUGHT + np.rint(found.weights[:, 1:] / STEP)
    kinds = codes.clip(FIRST, LAST).astype(np.uint8)
    return Scorer(
        names=names,
        cues=cues,
        hurt={sign: round(found.weights[n, 0] / FINE) for n, sign in enumerate(known)},
        kinds={sign: kinds[n].tobytes() for n, sign in enumerate(known)},
        bias=round(float(found.bias[0]), 3),
        kind_bias=tuple(round(float(bias), 3) for bias in found.bias[1:]),
        limit=limit,
        spared_limit=spared,
    )


def _known(shown: Sequence[frozenset[str]], examples: Sequence[Utterance]) -> list[str]:
    families: dict[str, set[str]] = defaultdict(set)
    for each, one in zip(shown, examples, strict=True):
        for sign in each:
            families[sign].add(one.family)
    return sorted(sign for sign, used in families.items() if len(used) >= LEAST_FAMILIES)


def _machines(
    rows: Sequence[NDArray[np.intp]], scales: Sequence[float], sides: Floats, size: int
) -> Learned:
    """Weights that keep each machine's examples from all others (squared hinge, L2)."""
    weights, bias = np.zeros((size, sides.shape[1])), np.zeros(sides.shape[1])
    duals = np.zeros_like(sides)
    order = [place for place, row in enumerate(rows) if len(row)]
    shuffle = random.Random(7).shuffle  # noqa: S311 - only an order, the same every time
    slack = 1 / (2 * COST)
    for _round in range(ROUNDS):
        shuffle(order)
        for place in order:
            row, scale, side = rows[place], scales[place], sides[place]
            score = weights[row].sum(axis=0) * scale + bias
            slope = side * score - 1 + duals[place] * slack
            steepness = len(row) * scale * scale + 1 + slack
            new = np.maximum(duals[place] - slope / steepness, 0.0)
            step = (new - duals[place]) * side
            duals[place] = new
            weights[row] += step * scale
            bias += step
    return Learned(weights, bias)
