"""What is common to templates of an organisation, for PDF and for Word. Touches nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from tingsu.documents.paper import Paper

PARTS = frozenset(one.name for one in fields(Paper))
USUAL = ("number", "blocks", "signatory", "day", "code")
"""What a paper of ours always prints: a template without it is told, and may be kept."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a template: where, and what."""

    place: str
    words: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.place, self.words)))


@dataclass(frozen=True)
class Looked:
    """What a template asks for. ``fields``: name -> whether it must have a value; ``without``:
    usual parts that it does not print."""

    fields: Mapping[str, bool] = field(default_factory=dict)
    without: Sequence[str] = ()
    problems: Sequence[Problem] = ()


class Unset(Exception):
    """A template from which no paper could be made."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, problems)))


def without(shows: Callable[[str], bool]) -> list[str]:
    """The usual parts that it does not show."""
    return [part for part in USUAL if not shows(part)]
