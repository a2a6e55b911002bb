"""Learns a classifier from labelled texts. The only module that imports scikit-learn: worker and
command line only, never the web (a test holds that). Why these learners: docs/rules/category.md.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.svm import LinearSVC

from tingsu.mind.category import BITS, Classifier, Floats, bucket
from tingsu.mind.grams import Shape, grams

Doubles = NDArray[np.float64]
Numbers = NDArray[np.int64]

FOLDS = 4  # in which leaning and confidence are chosen
MANY = 4_000  # texts from which one fold in place of four tells enough
PLAIN_COST, RATIO_COST = 0.5, 1.0
ENOUGH = 2e-4  # gain of the mean F1 below which a step is chance
LARGEST = 16_000_000  # bytes of the weights: a model stays under 20 MB
LEAST = 0.4  # confidence under which a guess helps nobody
PRECISION = 0.8  # of the suggestions that are made: below the confidence that gives it, none are


def fit(
    texts: Sequence[str], labels: Sequence[str], primer: int = 0, largest: int = 0
) -> Classifier:
    """See `Classifier.fit`. largest: bytes of the weights, if not LARGEST."""
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("two different labels are needed")
    given = np.searchsorted(names, labels)
    shape = _shape(texts)
    counts, buckets, rarity = _read(texts, shape)
    rows = _weighed(counts, rarity)
    held, answers = _held_back(rows, given, len(names), primer)
    leaning = _leaning(held, answers)
    scale = _calibrated(held + leaning, answers)
    sure = _sure((held + leaning) * scale, answers)
    weights, offset = _learned(rows, given, len(names))
    kept = _worth(weights, rarity, largest or LARGEST)
    return Classifier(
        names,
        shape,
        buckets[kept],
        rarity[kept],
        (weights[kept] * scale).astype(np.float16),
        ((offset + leaning) * scale).astype(np.float32),
        sure,
    )


def _shape(texts: Sequence[str]) -> Shape:
    """Longer character runs for alphabets, where one letter says nothing."""
    sample = "".join(text[:500] for text in texts[:500])
    latin = sum(sign.isascii() and sign.isalpha() for sign in sample)
    return Shape(3, 5) if latin * 2 > len(sample) else Shape(1, 4)


def _read(texts: Sequence[str], shape: Shape) -> tuple[Any, NDArray[np.int32], Floats]:
    """Counts of the n-grams that stand in two texts or more, with their rarity."""
    parts = []
    for begin in range(0, len(texts), 2_000):
        part = texts[begin : begin + 2_000]
        owners, hashes = grams(part, shape)
        keys = (owners.astype(np.int64) << BITS) | bucket(hashes)
        keys, times = np.unique(keys, return_counts=True)
        place = (times.astype(np.float32), (keys >> BITS, keys & ((1 << BITS) - 1)))
        parts.append(sparse.csr_matrix(place, shape=(len(part), 1 << BITS)))
    counts = sparse.vstack(parts, "csr")
    seen = np.bincount(counts.indices, minlength=1 << BITS)
    kept = np.flatnonzero(seen >= (2 if len(texts) > 200 else 1))
    rarity = np.log((1 + len(texts)) / (1 + seen[kept])) + 1
    return counts[:, kept], kept.astype(np.int32), rarity.astype(np.float32)


def _weighed(counts: Any, rarity: Floats) -> Any:
    """Dampened counts times rarity, each text of length one: as `Classifier.weighed` does."""
    rows = counts.copy()
    rows.data = (1 + np.log(rows.data)) * rarity[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr))
    return rows


def _learned(rows: Any, given: Numbers, count: int) -> tuple[Doubles, Doubles]:
    """Weights and offsets: the mean of two learners that err differently, a plain one, and one on
    n-grams weighed by how much more often a label has them (after Wang and Manning 2012)."""
    weights = np.zeros((rows.shape[1], count))
    offsets = np.full(count, -1.0)
    for label in np.unique(given):
        own = given == label
        ratio = _ratio(rows, own)
        plain, plain_offset = _line(rows, own, PLAIN_COST)
        weighed, weighed_offset = _line(_scaled(rows, ratio), own, RATIO_COST)
        weights[:, label] = (plain + weighed * ratio) / 2
        offsets[label] = (plain_offset + weighed_offset) / 2
    return weights, offsets


def _line(rows: Any, own: NDArray[np.bool_], cost: float) -> tuple[Doubles, float]:
    """One label against the rest, both sides of equal weight."""
    learner = LinearSVC(C=cost, class_weight="balanced", random_state=0, tol=1e-3)
    learner.fit(rows, own)
    return learner.coef_[0], float(learner.intercept_[0])


def _ratio(rows: Any, own: NDArray[np.bool_]) -> Floats:
    """How much more often texts of the label have each n-gram; of middle size one."""
    inside = np.bincount(rows[own].indices, minlength=rows.shape[1]) + 1.0
    outside = np.bincount(rows[~own].indices, minlength=rows.shape[1]) + 1.0
    ratio = np.abs(np.log((inside / inside.sum()) / (outside / outside.sum())))
    return np.asarray(ratio / np.sqrt(np.mean(ratio**2)), np.float32)


def _scaled(rows: Any, factor: Floats) -> Any:
    scaled = rows.copy()
    scaled.data = scaled.data * factor[scaled.indices]
    return scaled


def _held_back(rows: Any, given: Numbers, count: int, primer: int) -> tuple[Doubles, Numbers]:
    """Scores of texts by learners that had not seen them, and their true labels."""
    scores, truth = [], []
    for inside, outside in _splits(given, primer):
        weights, offset = _learned(rows[inside], given[inside], count)
        scores.append(rows[outside] @ weights + offset)
        truth.append(given[outside])
    return np.concatenate(scores), np.concatenate(truth)


def _splits(given: Numbers, primer: int) -> list[tuple[Numbers, Numbers]]:
    """Folds with every label spread evenly, the same each time; the primer is always inside."""
    order = np.random.default_rng(0).permutation(len(given))
    turn = np.zeros(len(given), np.int64)
    for label in np.unique(given):
        own = order[given[order] == label]
        turn[own] = (np.arange(len(own)) + label) % FOLDS
    turn[:primer] = -1
    folds = range(1 if len(given) > MANY else FOLDS)
    return [(np.flatnonzero(turn != at), np.flatnonzero(turn == at)) for at in folds]


def _leaning(scores: Doubles, answers: Numbers) -> Doubles:
    """What to add to each label so that rare ones are found as well as frequent ones: steps that
    raise the mean F1 of the labels on texts held back, ever smaller."""
    leaning = np.zeros(scores.shape[1])
    best = _mark(scores, answers)
    for size in (1.0, 0.5, 0.25):
        for label in range(len(leaning)):
            for step in np.linspace(-size, size, 21) * scores.std():
                tried = leaning.copy()
                tried[label] += step
                mark = _mark(scores + tried, answers)
                if mark > best + ENOUGH:
                    best, leaning = mark, tried
    return leaning


def _mark(scores: Doubles, answers: Numbers) -> float:
    """The mean F1 of the labels (macro-F1)."""
    count = scores.shape[1]
    table = np.bincount(answers * count + scores.argmax(axis=1), minlength=count * count)
    table = table.reshape(count, count)
    return float(np.mean(2 * table.diagonal() / np.maximum(table.sum(0) + table.sum(1), 1)))


def _calibrated(scores: Doubles, answers: Numbers) -> float:
    """The scale under which the softmax of the scores is as often right as it says."""

    def loss(log_scale: float) -> float:
        logits = scores * np.exp(log_scale)
        top = logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0]
        return float(np.mean(total - logits[np.arange(len(answers)), answers]))

    return float(np.exp(optimize.minimize_scalar(loss, bounds=(-2, 4), method="bounded").x))


def _sure(logits: Doubles, answers: Numbers) -> float:
    """The lowest confidence from which on four of five first guesses are right, and never
    less than helps; 1 if there is none."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    top = shares.max(axis=1) / shares.sum(axis=1)
    order = np.argsort(-top, kind="stable")
    right = np.cumsum(logits.argmax(axis=1)[order] == answers[order])
    good = np.flatnonzero(right / np.arange(1, len(order) + 1) >= PRECISION)
    return max(float(top[order[good[-1]]]), LEAST) if len(good) else 1.0


def _worth(weights: Doubles, rarity: Floats, largest: int) -> Numbers:
    """The n-grams that matter most, as many as there is room for."""
    room = largest // (8 + 2 * weights.shape[1])
    weight = np.abs(weights).max(axis=1) * rarity
    return np.sort(np.argsort(-weight, kind="stable")[:room])
