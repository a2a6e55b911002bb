"""Learns the weights of the guard from utterances, by hand-made linear support vectors. No I/O.

One machine tells hurting from harmless, one for each kind tells it from the other kinds. Dual
coordinate descent (Hsieh and others, 2008) on runs of characters; the same data always give the
same weights. Runs are kept when two families use them, so that no single idea decides.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tingsu.core.wording.fold import fold
from tingsu.core.wording.scorer import Cues, Scorer, features, own_words
from tingsu.mind.guard_words import Utterance

COST = 1.0
ROUNDS = 12
LEAST_FAMILIES = 2
SMALLEST_KIND_WEIGHT = 0.04


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of one machine."""

    weights: list[float]
    bias: float


def runs_of(text: str, cues: Cues) -> frozenset[str]:
    """The runs of a whole utterance."""
    folded = fold(text)
    return features(own_words(folded, 0, len(folded.text)), cues)


def learn(examples: Sequence[Utterance], cues: Cues, limit: float, spared: float) -> Scorer:
    """The scorer learnt from examples."""
    runs = [runs_of(one.text, cues) for one in examples]
    names = tuple(sorted({one.kind for one in examples} - {""}))
    known = _known(runs, examples)
    number = {run: place for place, run in enumerate(known)}
    rows = [[number[run] for run in sorted(each) if run in number] for each in runs]
    sizes = [len(each) for each in runs]
    hurt = _machine(rows, sizes, [1 if one.kind else -1 for one in examples], len(known))
    hurting = [place for place, one in enumerate(examples) if one.kind]
    machines = [
        _machine(
            [rows[place] for place in hurting],
            [sizes[place] for place in hurting],
            [1 if examples[place].kind == name else -1 for place in hurting],
            len(known),
        )
        for name in names
    ]
    return Scorer(
        names=names,
        cues=cues,
        hurt={run: round(hurt.weights[place], 3) for place, run in enumerate(known)},
        kinds=_sparse(known, machines),
        bias=round(hurt.bias, 3),
        kind_bias=tuple(round(machine.bias, 3) for machine in machines),
        limit=limit,
        spared_limit=spared,
    )


def _known(runs: Sequence[frozenset[str]], examples: Sequence[Utterance]) -> list[str]:
    families: dict[str, set[str]] = defaultdict(set)
    for each, one in zip(runs, examples, strict=True):
        for run in each:
            families[run].add(one.family)
    return sorted(run for run, used in families.items() if len(used) >= LEAST_FAMILIES)


def _sparse(
    known: Sequence[str], machines: Sequence[Learned]
) -> dict[str, tuple[tuple[int, float], ...]]:
    found = {}
    for place, run in enumerate(known):
        weights = tuple(
            (number, round(machine.weights[place], 2))
            for number, machine in enumerate(machines)
            if abs(machine.weights[place]) >= SMALLEST_KIND_WEIGHT
        )
        if weights:
            found[run] = weights
    return found


def _machine(
    rows: Sequence[list[int]], sizes: Sequence[int], signs: Sequence[int], size: int
) -> Learned:
    """Weights that keep hurting and harmless apart (squared hinge, L2)."""
    weights, bias = [0.0] * size, 0.0
    duals = [0.0] * len(rows)
    order = list(range(len(rows)))
    shuffle = random.Random(7).shuffle  # noqa: S311 - only an order, the same every time
    scales = [1 / (runs or 1) ** 0.5 for runs in sizes]
    for _round in range(ROUNDS):
        shuffle(order)
        for place in order:
            row, sign, scale = rows[place], signs[place], scales[place]
            score = sum([weights[run] for run in row]) * scale + bias
            slope = sign * score - 1 + duals[place] / (2 * COST)
            new = max(duals[place] - slope / (len(row) * scale * scale + 1 + 1 / (2 * COST)), 0.0)
            step = (new - duals[place]) * sign
            if step:
                duals[place] = new
                part = step * scale
                for run in row:
                    weights[run] += part
                bias += step
    return Learned(weights, bias)
