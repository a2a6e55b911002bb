"""The learned half of the guard, read once from its file of weights. Standard library only.

scorer()          # the Scorer for `tingsu.core.wording.guard.Guard`

The file is text, a line for each sign of a sentence: the sign, how much it speaks for hurting, and
a character for each kind, how much it speaks for that. scripts/guard_learn.py writes it.
"""

from functools import lru_cache
from pathlib import Path

from tingsu.core.wording.scorer import Scorer
from tingsu.mind.guard_words import cues

FILE = Path(__file__).parent / "guard_weights.txt"
LIMIT = 0.05
SPARED = 2.2


@lru_cache(maxsize=1)
def scorer(file: Path = FILE) -> Scorer:
    """The scorer that ships."""
    head, *lines = file.read_text("utf-8").split("\n")
    names, bias, kind_bias = head.split("\t")
    hurt: dict[str, int] = {}
    kinds: dict[str, bytes] = {}
    for line in filter(None, lines):
        sign, weight, row = line.split("\t")
        hurt[sign] = int(weight)
        kinds[sign] = row.encode("ascii")
    return Scorer(
        names=tuple(names.split(" ")),
        cues=cues(),
        hurt=hurt,
        kinds=kinds,
        bias=float(bias),
        kind_bias=tuple(map(float, kind_bias.split(" "))),
        limit=LIMIT,
        spared_limit=SPARED,
    )


def written(learned: Scorer) -> str:
    """A scorer as the text of its file."""
    kind_bias = " ".join(f"{bias:g}" for bias in learned.kind_bias)
    lines = [f"{' '.join(learned.names)}\t{learned.bias:g}\t{kind_bias}"]
    for sign, weight in learned.hurt.items():
        lines.append(f"{sign}\t{weight}\t{learned.kinds[sign].decode('ascii')}")
    return "\n".join(lines) + "\n"
