"""Reads the utterances beside it: what agents say, told apart by a person into kinds of hurt.

How to write them: docs/rules/guard-writers.md. A file begins with its kind; `= name` begins a
family of one idea; a line is an utterance of that kind, `!kind` before it gives another kind,
`-` makes it harmless.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tingsu.core.wording.fold import fold
from tingsu.core.wording.scorer import Cues

FOLDER = Path(__file__).parent / "utterances"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said. kind is "" when nothing about it hurts."""

    text: str
    kind: str
    family: str


@lru_cache(maxsize=4)
def utterances(folder: Path = FOLDER) -> tuple[Utterance, ...]:
    """All utterances of a folder. Raises ValueError with file and line."""
    return tuple(one for file in sorted(folder.glob("*.txt")) for one in read(file))


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Words by kind that point to it without proving anything, and words of one meaning."""
    return Cues(_lists("cues.txt"), _lists("concepts.txt"))


def _lists(name: str) -> dict[str, list[str]]:
    """A file with a list on each line, its name first; the words as the guard reads them."""
    lines = (FOLDER.parent / name).read_text("utf-8").splitlines()
    parts = (line.partition(":") for line in lines)
    return {key: [fold(word).text for word in words.split()] for key, _, words in parts}


def read(file: Path) -> Iterator[Utterance]:
    """The utterances of one file. Raises ValueError with file and line."""
    kind = family = ""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.startswith("kind: "):
            kind = line[6:]
        elif line.startswith("= "):
            family = f"{file.stem}/{line[2:]}"
        elif line.strip():
            if not kind or not family:
                raise ValueError(f"{file.name}:{number}: 先写 kind 和 = 家族名")
            yield _utterance(line, kind, family)


def _utterance(line: str, kind: str, family: str) -> Utterance:
    if line.startswith("- "):
        return Utterance(line[2:], "", family)
    if line.startswith("!"):
        other, _, text = line[1:].partition(" ")
        return Utterance(text, other, family)
    return Utterance(line, kind, family)
