"""A trained text classifier: which of several labels a text deserves, and how surely.

Scores with numpy alone; `fit` brings scikit-learn in, so only the worker and the command line call
it. What is learned, how it was chosen and measured: docs/rules/category.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from tingsu.mind.grams import Shape, grams

BITS = 21  # an n-gram is one of two million buckets
BATCH = 512  # texts scored at once: what they need stays within a few megabytes
FEW = 20_000  # n-grams up to which looking them up one by one saves the table
FORMAT = 1
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Guess:
    """A label with the share of cases in which such a guess is right."""

    label: str
    confidence: float


@dataclass(frozen=True, eq=False)
class Classifier:
    """One linear model over weighted n-grams; equal texts and labels give an equal model."""

    labels: tuple[str, ...]
    shape: Shape
    buckets: NDArray[np.int32]  # which n-grams it knows, ascending
    rarity: Floats  # of each: its weight before the label is asked (idf)
    weights: NDArray[np.float16]  # n-grams x labels
    bias: Floats  # of each label
    sure: float  # a confidence below this is no suggestion

    @staticmethod
    def fit(texts: Sequence[str], labels: Sequence[str], *, primer: int = 0) -> Classifier:
        """Learn from texts and their labels, at least two different ones.

        primer: so many texts at the beginning are learned from and never held back to learn how
        sure to be; they are not what people write. The same texts and labels in the same order
        give the same model. Raises ValueError when there is nothing to tell apart.
        """
        from tingsu.mind import training  # noqa: PLC0415 - scikit-learn stays out of the web

        return training.fit(texts, labels, primer)

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """A row per text, a column per label in the order of ``labels``; rows sum to one."""
        scores = self.scores(texts)
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)

    def predict(self, texts: Sequence[str]) -> list[str]:
        """The likeliest label of each text."""
        return [self.labels[at] for at in self.scores(texts).argmax(axis=1)]

    def guesses(self, text: str, most: int = 3) -> list[Guess]:
        """The likeliest labels with their confidence, best first; none when unsure, or when the
        text holds nothing that was ever learned."""
        if not len(self._known([text])[0]):
            return []
        shares = self.predict_proba([text])[0]
        best = np.argsort(-shares, kind="stable")[:most]
        if shares[best[0]] < self.sure:
            return []
        return [Guess(self.labels[at], float(shares[at])) for at in best]

    def scores(self, texts: Sequence[str]) -> Floats:
        """What ``predict_proba`` is made of, before it becomes shares."""
        found = np.tile(self.bias, (len(texts), 1))
        for begin in range(0, len(texts), BATCH):
            part = texts[begin : begin + BATCH]
            places, slots, values = self.weighed(part)
            found[begin : begin + len(part)] += _summed(places, slots, values, self, len(part))
        return found

    def weighed(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], ...]:
        """The known n-grams of the texts: whose, which, and with what weight (rows of length 1)."""
        slots, owners = self._known(texts)
        keys, counts = np.unique(owners * len(self.buckets) + slots, return_counts=True)
        owners, slots = np.divmod(keys, max(len(self.buckets), 1))
        values = (1 + np.log(counts)) * self.rarity[slots]
        squares = np.bincount(owners, values * values, len(texts))
        return owners, slots, values / np.sqrt(squares[owners])

    def save(self, target: Path | IO[bytes]) -> None:
        """Write it as .npz: numbers and names only, nothing that could run."""
        np.savez_compressed(
            target,
            format=FORMAT,
            labels=np.array(self.labels),
            shape=[self.shape.shortest, self.shape.longest, self.shape.words],
            buckets=self.buckets,
            rarity=self.rarity,
            weights=self.weights,
            bias=self.bias,
            sure=self.sure,
        )

    @staticmethod
    def load(source: Path | IO[bytes]) -> Classifier:
        """Read what `save` wrote. Raises ValueError for anything else."""
        with np.load(source, allow_pickle=False) as kept:
            if int(kept.get("format", 0)) != FORMAT:
                raise ValueError("not a classifier of this version")
            shortest, longest, words = kept["shape"].tolist()
            return Classifier(
                tuple(kept["labels"].tolist()),
                Shape(shortest, longest, bool(words)),
                kept["buckets"],
                kept["rarity"],
                kept["weights"],
                kept["bias"],
                float(kept["sure"]),
            )

    def _known(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        owners, hashes = grams(texts, self.shape)
        slots = self._slots_of(bucket(hashes))
        known = slots >= 0
        return slots[known].astype(np.int64), owners[known].astype(np.int64)

    def _slots_of(self, buckets: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row in the weights of each bucket; -1 for what was never learned."""
        if len(self.buckets) > FEW:
            return self._table[buckets].astype(np.int64)
        found = np.minimum(np.searchsorted(self.buckets, buckets), len(self.buckets) - 1)
        return np.where(self.buckets[found] == buckets, found, -1)

    @cached_property
    def _table(self) -> NDArray[np.int32]:
        """All rows by bucket: eight megabytes, for models that are asked often."""
        table = np.full(1 << BITS, -1, np.int32)
        table[self.buckets] = np.arange(len(self.buckets), dtype=np.int32)
        return table


def bucket(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The bucket of each hash: its highest bits."""
    return (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def _summed(
    owners: NDArray[np.int64],
    slots: NDArray[np.int64],
    values: NDArray[np.int64],
    model: Classifier,
    count: int,
) -> Floats:
    """The weights of each text's n-grams, added up."""
    sums = np.zeros((count, len(model.labels)), np.float32)
    if len(owners):
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        parts = model.weights[slots].astype(np.float32) * values[:, None].astype(np.float32)
        sums[owners[starts]] = np.add.reduceat(parts, starts)
    return sums
