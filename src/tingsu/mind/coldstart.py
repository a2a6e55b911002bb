"""The first day: a classifier from what a pack says of its own categories. numpy only.

A handful of examples is too little to learn from; it is enough to compare with. Each category is
the mean of its name and examples, a text is as near as the n-grams they share, and the model is
the same `Classifier` that training makes later. Figures: docs/rules/category.md.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from tingsu.mind.category import Classifier, bucket
from tingsu.mind.grams import Shape, grams

SHAPE = Shape(1, 3, words=False)
SCALE = 14.0  # turns likeness into shares; set on the stories of the demo, not on anybody's cases
SURE = 0.25  # there, two of three first guesses above it are right
LONE = 0.6  # weight of a single character: it says little by itself


def from_examples(examples: Mapping[str, Sequence[str]]) -> Classifier:
    """A classifier from a few words for each label, two labels at least."""
    labels = tuple(sorted(examples))
    texts = ["\n".join(examples[label]) for label in labels]
    owners, hashes = grams(texts, SHAPE)
    keys = np.unique((owners.astype(np.int64) << 32) | bucket(hashes))
    owner, found = keys >> 32, keys & 0xFFFFFFFF
    buckets, slots, seen = np.unique(found, return_inverse=True, return_counts=True)
    rarity = np.log((1 + len(labels)) / (1 + seen)) + 1
    lone = bucket(grams(texts, Shape(1, 1, words=False))[1])
    rarity[np.isin(buckets, lone)] *= LONE
    weights = np.zeros((len(buckets), len(labels)))
    weights[slots, owner] = rarity[slots]
    weights /= np.sqrt((weights**2).sum(axis=0))
    return Classifier(
        labels,
        SHAPE,
        buckets.astype(np.int32),
        rarity.astype(np.float32),
        (weights * SCALE).astype(np.float16),
        np.zeros(len(labels), np.float32),
        SURE,
    )
