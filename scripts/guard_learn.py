"""Learns the guard's weights anew from src/tingsu/mind/utterances, or measures them honestly.

python scripts/guard_learn.py              writes src/tingsu/mind/guard_weights.txt
python scripts/guard_learn.py --check      tells whether the file is what the utterances give
python scripts/guard_learn.py --measure    figures by cross-validation; families are never split
python scripts/guard_learn.py --on FILE    the guard as shipped, on utterances in that file
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tingsu.core.wording.guard import Guard
from tingsu.mind.guard import FILE, LIMIT, SPARED, scorer, written
from tingsu.mind.guard_learn import learn
from tingsu.mind.guard_words import Utterance, cues, read, utterances
from tingsu.packs import load
from tingsu.packs.wording import WORDING

FOLDS = 8
Judged = tuple[Utterance, list[str]]  # what was said, and the kinds that were marked


def main() -> int:
    """Run one of the four."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--on", type=Path)
    asked = parser.parse_args()
    if asked.on:
        return _report(_judged(Guard(WORDING.of(load("general")), scorer()), read(asked.on)))
    if asked.measure:
        return _report(_crossed(utterances()))
    text = written(learn(utterances(), cues(), LIMIT, SPARED))
    if asked.check:
        return int(FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


def _crossed(examples: Sequence[Utterance]) -> list[Judged]:
    """Every utterance judged by weights that never saw its family."""
    families = sorted({one.family for one in examples})
    random.Random(3).shuffle(families)
    fold_of = {family: place % FOLDS for place, family in enumerate(families)}
    judged: list[Judged] = []
    for fold in range(FOLDS):
        known = [one for one in examples if fold_of[one.family] != fold]
        guard = Guard(WORDING.of(load("general")), learn(known, cues(), LIMIT, SPARED))
        judged += _judged(guard, (one for one in examples if fold_of[one.family] == fold))
    return judged


def _judged(guard: Guard, examples: Iterable[Utterance]) -> list[Judged]:
    return [(one, [mark.kind for mark in guard.marks(one.text)]) for one in examples]


def _report(judged: Sequence[Judged]) -> int:
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, kinds in judged:
        for row in (rows[one.kind or "harmless"], rows["all that hurts"] if one.kind else [0] * 3):
            row[0] += 1
            row[1] += bool(kinds)
            row[2] += one.kind in kinds
    false = rows["harmless"][1]
    print(f"{'kind':20} {'said':>5} {'recall':>7} {'precision':>10} {'kind right':>11}")
    for kind, (said, marked, right) in sorted(rows.items()):
        named = sum(kind in kinds for _one, kinds in judged)
        kind_precision = right / named if named else 0.0
        precision = marked / (marked + false) if kind == "all that hurts" else kind_precision
        share = right / marked if marked else 0.0
        print(f"{kind:20} {said:5} {marked / said:7.3f} {precision:10.3f} {share:11.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
