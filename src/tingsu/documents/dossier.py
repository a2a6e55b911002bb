"""What the file of a case is made of, before it is bound (binding.py). Touches nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tingsu.documents.paper import Block, Rows

if TYPE_CHECKING:
    from pypdf import PageObject


@dataclass(frozen=True)
class Section:
    """A part of the dossier with a heading of its own."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Bound:
    """Pages that are bound behind the sections."""

    name: str
    pages: Sequence["PageObject"]


@dataclass(frozen=True)
class Cover:
    """What stands on the first page."""

    house: str
    title: str
    number: str
    rows: Rows
    mark: str = ""
    foot: str = ""


def json_of(value: Any) -> bytes:
    """For the ZIP: readable, and the same each time."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
