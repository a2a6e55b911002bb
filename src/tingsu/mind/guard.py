"""The learned half of the guard, read once from its file of weights. Standard library only.

scorer()          # the Scorer for `tingsu.core.wording.guard.Guard`

The file is text, a line for each run of characters: the run, how much it speaks for hurting, and
the kinds it speaks for or against. scripts/guard_learn.py writes it.
"""

from functools import lru_cache
from pathlib import Path

from tingsu.core.wording.scorer import Scorer
from tingsu.mind.guard_words import cues

FILE = Path(__file__).parent / "guard_weights.txt"
LIMIT = 0.15
SPARED = 0.7


@lru_cache(maxsize=1)
def scorer(file: Path = FILE) -> Scorer:
    """The scorer that ships."""
    head, *lines = file.read_text("utf-8").split("\n")
    names, bias, kind_bias = head.split("\t")
    hurt: dict[str, float] = {}
    kinds: dict[str, tuple[tuple[int, float], ...]] = {}
    for line in filter(None, lines):
        run, weight, *pairs = line.split("\t")
        hurt[run] = float(weight)
        if pairs:
            kinds[run] = tuple(_pair(pair) for pair in pairs)
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


def _pair(written: str) -> tuple[int, float]:
    number, _, weight = written.partition(":")
    return int(number), float(weight)


def written(learned: Scorer) -> str:
    """A scorer as the text of its file."""
    kind_bias = " ".join(f"{bias:g}" for bias in learned.kind_bias)
    lines = [f"{' '.join(learned.names)}\t{learned.bias:g}\t{kind_bias}"]
    for run, weight in learned.hurt.items():
        pairs = [f"{number}:{value:g}" for number, value in learned.kinds.get(run, ())]
        lines.append("\t".join([run, f"{weight:g}", *pairs]))
    return "\n".join(lines) + "\n"
