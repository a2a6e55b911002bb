"""A paper as data: what the templates of typst and of Word are given. Pure, touches nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

FORMS = ("notice", "agreement", "sheet")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Block:
    """A piece of the body: text | heading | facts | opinions | lines.

    facts: label and value; opinions: label, value, who, day (empty ones leave room to write);
    lines: a table with a head, and the shares of its columns.
    """

    kind: str
    text: str = ""
    rows: Rows = ()
    head: Sequence[str] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Paper:
    """One paper, complete. Every value is plain text; "" is a thing that it does not have."""

    form: str
    language: str
    house: str
    title: str
    blocks: Sequence[Block]
    number: str = ""
    to: str = ""
    signatory: str = ""
    day: str = ""
    parties: Rows = ()  # who signs an agreement: role, name, picture as SVG, what it says of it
    copies: Sequence[str] = ()  # to whom it is served
    foot: str = ""
    mark: str = ""  # across the page: draft, void
    code: str = ""  # by which the public checks it
    qr: str = ""  # SVG
    image: str = ""  # of the seal, SVG
    hand: str = ""  # of the signature of whoever signs for the house, SVG
    imprints: dict[str, str] = field(default_factory=dict)  # which signature and seal these are
    layouts: dict[str, str] = field(default_factory=dict)  # own templates: typst, word
    fields: dict[str, str] = field(default_factory=dict)  # values that those place themselves
    words: dict[str, str] = field(default_factory=dict)  # what the layout itself says

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def from_data(data: dict[str, Any]) -> Paper:
    """The paper back from JSON."""
    return Paper(**{**data, "blocks": [Block(**block) for block in data["blocks"]]})


def said(paper: Paper) -> str:
    """Every character that the paper shows."""
    parts: list[str] = [paper.house, paper.title, paper.number, paper.to, paper.signatory]
    parts += [paper.day, paper.foot, paper.mark, paper.code, *paper.copies, *paper.words.values()]
    parts += paper.fields.values()
    parts += [word for row in paper.parties for word in (*row[:2], *row[3:])]
    for block in paper.blocks:
        parts += [block.text, *block.head, *(value for row in block.rows for value in row)]
    return "".join(parts)
