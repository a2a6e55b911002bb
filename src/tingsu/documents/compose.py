"""From a wording and its values to a paper: the form first, the values after. Touches no table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.core import papers
from tingsu.core.papers import Line
from tingsu.documents.paper import Block, Paper
from tingsu.documents.words import words
from tingsu.packs.documents import DocumentKind


@dataclass(frozen=True)
class Wording:
    """What is said: by the pack, or by the organisation instead of it."""

    title: str
    body: str
    salute: str = ""

    def fields(self) -> dict[str, bool]:
        """Field -> whether it must have a value. Raises papers.Wrong."""
        return papers.fields_in(f"{self.salute}\n{self.body}")


@dataclass(frozen=True)
class Marks:
    """What makes a paper one of its kind: number, day, who signs, how it is checked."""

    number: str = ""
    day: str = ""
    signatory: str = ""
    code: str = ""
    qr: str = ""
    mark: str = ""
    hands: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # of the parties, by role
    hand: str = ""  # of whoever signs for the house
    seal: str = ""
    imprints: Mapping[str, str] = field(default_factory=dict)  # whose they are, which they are


def compose(
    kind: DocumentKind,
    wording: Wording,
    values: Mapping[str, str],
    *,
    language: str,
    marks: Marks,
    table: Callable[[str], Block],
) -> Paper:
    """The paper. A field without a value is an empty place: who issues asks ``missing`` first."""
    lines = papers.filled(papers.lines_of(wording.body), values)
    (salute,) = papers.filled([Line("text", wording.salute)], values)
    with override(language):
        return Paper(
            form=kind.form,
            language=language,
            house=values.get("house", ""),
            title=wording.title,
            number=marks.number,
            to=salute.text if wording.salute else "",
            blocks=list(_blocks(lines, table)),
            signatory=marks.signatory,
            day=marks.day,
            parties=_parties(kind, values, marks.hands),
            copies=_copies(kind, values),
            foot=values.get("house_contact", ""),
            mark=marks.mark,
            code=_grouped(marks.code),
            qr=marks.qr,
            image=marks.seal,
            hand=marks.hand,
            imprints=dict(marks.imprints),
            words=words(language),
        )


def _blocks(lines: Sequence[Line], table: Callable[[str], Block]) -> Iterable[Block]:
    """Neighbouring rows of a grid become one."""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        if kind == "facts":
            yield Block("facts", rows=[(line.label, line.text) for line in group])
        elif kind == "opinions":
            yield Block("opinions", rows=[(line.label, line.text, "", "") for line in group])
        elif kind == "table":
            yield from (table(line.text) for line in group)
        else:
            yield from (Block(kind, text=line.text) for line in group)


def _parties(
    kind: DocumentKind, values: Mapping[str, str], hands: Mapping[str, tuple[str, str]]
) -> list[tuple[str, str, str, str]]:
    """Who signs an agreement: role, name, and their signature where it is there."""
    if kind.form != "agreement":
        return []
    names = {"complainant": _("投诉人"), "respondent": _("被投诉方")}
    return [
        (word, values.get(name, ""), *hands.get(name, ("", "")))
        for name, word in names.items()
        if name in kind.to
    ]


def _copies(kind: DocumentKind, values: Mapping[str, str]) -> list[str]:
    found = [values.get(one, "") for one in kind.to if one != "file"]
    return [name for name in found if name]


def _grouped(code: str) -> str:
    """Sixteen letters in four groups, to be read aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
