"""What a part of a pack is: one file with its tables, its reader, its checks. Touches nothing.

    PART = Part("handling.toml", TABLES, read)
    PART.of(load("tourism")).goodwill        # read at the first use, kept with the pack

To add a part, write a module with its ``PART``, and name it in `tingsu.packs.parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tingsu.core.dated import Dated
from tingsu.packs.layers import Raw, Table
from tingsu.packs.model import Pack, PackError
from tingsu.packs.problems import Problem, Words

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read

__all__ = ["Part", "Raw", "Table", "dated", "histories", "source_of"]

T = TypeVar("T")


def nothing_more(_read: Read, _around: Around) -> Iterator[Problem]:
    """No check beyond the shapes, the sources and the order of dates."""
    yield from ()


@dataclass(frozen=True, eq=False)
class Part(Generic[T]):
    """One file that a pack may have.

    tables: by name; ``""`` holds the keys above the first table, ``"method.stage"`` a table
    inside another. read: what the code works with, from what all layers say together; it is
    called once for each pack, at the first use. cross: what shapes cannot see. words: the
    complaints of ``cross`` and of own value tests, as in `tingsu.packs.problems.WORDS`. law: it
    holds the law of a place, which a pack with ``own_law`` does not take over.
    """

    file: str
    tables: Mapping[str, Table]
    read: Callable[[Raw, Pack], T]
    cross: Callable[[Read, Around], Iterator[Problem]] = nothing_more
    words: Mapping[str, Words] = field(default_factory=dict)
    law: bool = False

    def of(self, pack: Pack) -> T:
        """What a pack says here, with what it takes over. Raises PackError when unreadable."""
        if self.file not in pack.parts:
            try:
                pack.parts[self.file] = self.read(pack.raw(self.file, self.tables), pack)
            except (KeyError, TypeError, ValueError) as error:
                reason = f"{pack.id}/{self.file}: {error!r}; see `tingsu pack check`"
                raise PackError(reason) from error
        found: T = pack.parts[self.file]
        return found


def source_of(row: Raw, pack: Pack) -> str:
    """Where a value comes from, in words."""
    cited = pack.acts.get(row.get("act", ""))
    return row.get("source") or (cited.title["zh-hans"] if cited else "")


def dated(row: Raw, value: Any, pack: Pack) -> Dated[Any]:
    """A value with its day and source; ``none = true`` ends it."""
    held = None if row.get("none") else value
    source = source_of(row, pack)
    return Dated(row["since"], held, source, row.get("review_by"), row.get("review", ""))


def histories(
    rows: Iterable[Raw], value: Callable[[Raw], Any], pack: Pack, *, key: str = "id"
) -> dict[str, tuple[Dated[Any], ...]]:
    """The rows of one table as values that follow each other, by what ``key`` names."""
    found: dict[str, list[Dated[Any]]] = {}
    for row in rows:
        made = None if row.get("none") else value(row)
        found.setdefault(row[key], []).append(dated(row, made, pack))
    return {name: tuple(values) for name, values in found.items()}
