"""The papers of an industry: titles, wording, whom they are for, what serving them raises. No I/O.

DOCUMENTS.of(pack).kinds_on(received_on)               # id -> the paper as it is then
DOCUMENTS.of(pack).raised("acceptance", done)          # events that serving it now brings about
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tingsu.core.dated import Dated, in_force
from tingsu.core.papers import Wrong, fields_in
from tingsu.packs.cross import tables
from tingsu.packs.model import Labels, Pack, say
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import LABEL, SINCE, SOURCED, Key, all_of, label, one_of, text, words
from tingsu.packs.vocabulary import EVENTS

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem

FORMS = ("notice", "agreement", "sheet")
FOR = ("complainant", "respondent", "unit", "file")
"""For whom a paper is: the parties, another body, or our own file."""

APPROVALS = ("document", "decision")
"""Kinds of core.approval that a paper may be signed by."""

TABLES: Mapping[str, Table] = {
    "document": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "form": Key(one_of(FORMS, "bad_form"), required=True),
            "word": Key(text, required=True),
            "to": Key(all_of(FOR, "bad_for"), required=True),
            "on": Key(all_of(EVENTS, "bad_event")),
            "approval": Key(one_of(APPROVALS, "bad_approval")),
            "salute": Key(label),
            "body": Key(label, required=True),
            **SOURCED,
        },
        by="id",
    ),
    "served": Table(
        {
            "event": Key(one_of(EVENTS, "bad_event"), required=True),
            "documents": Key(words, required=True),
            **SOURCED,
        },
        by="event",
    ),
}


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One paper of a pack. ``word`` names its register in the number: TS受〔2026〕12号."""

    id: str
    labels: Labels
    form: str
    word: str
    to: tuple[str, ...]
    on: frozenset[str]  # what happens to a case for it to be proposed
    approval: str  # the kind of approval that issuing it asks for; "" for none
    salutes: Labels
    bodies: Labels

    def title(self, language: str = "zh-hans") -> str:
        """Its name as printed."""
        return say(self.labels, language)

    def body(self, language: str = "zh-hans") -> str:
        """Its wording, see `tingsu.core.papers`."""
        return say(self.bodies, language)

    def salute(self, language: str = "zh-hans") -> str:
        """The line above the wording; "" for papers that address nobody."""
        return say(self.salutes, language)


@dataclass(frozen=True, eq=False)
class Documents:
    """The whole of documents.toml. Rules hold as on the local day of receipt."""

    history: Mapping[str, tuple[Dated[DocumentKind], ...]]
    served: Mapping[str, frozenset[str]]

    def kinds_on(self, received_on: date) -> Mapping[str, DocumentKind]:
        """The papers of a case that came in on that day."""
        found = {key: in_force(values, received_on) for key, values in self.history.items()}
        return {key: entry.value for key, entry in found.items() if entry and entry.value}

    def proposed(self, happening: str, received_on: date) -> list[DocumentKind]:
        """The papers that belong to what just happened to a case."""
        kinds = self.kinds_on(received_on).values()
        return [kind for kind in kinds if happening in kind.on]

    def raised(self, kind: str, done: Collection[str]) -> list[str]:
        """The events that come about now that this kind is served; done: all that are, with it."""
        return [
            event for event, kinds in self.served.items() if kind in kinds and kinds <= set(done)
        ]


def _read(raw: Raw, pack: Pack) -> Documents:
    history: dict[str, list[Dated[DocumentKind]]] = {}
    for row in raw.get("document", ()):
        kind = None if row.get("none") else _kind(row)
        history.setdefault(row["id"], []).append(dated(row, kind, pack))
    return Documents(
        history={key: tuple(values) for key, values in history.items()},
        served={row["event"]: frozenset(row["documents"]) for row in raw.get("served", ())},
    )


def _kind(row: Raw) -> DocumentKind:
    return DocumentKind(
        id=row["id"],
        labels=row["label"],
        form=row["form"],
        word=row["word"],
        to=tuple(row["to"]),
        on=frozenset(row.get("on", ())),
        approval=row.get("approval", ""),
        salutes=row.get("salute", {}),
        bodies=row["body"],
    )


def _cross(read: Read, around: Around) -> Iterator[Problem]:
    for number, row in enumerate(tables(read.data, "document")):
        yield from _fields(read, number, row)
    known = around.known("documents.toml", "document", "id")
    for number, row in enumerate(tables(read.data, "served")):
        for name in row.get("documents", ()):
            if name not in known:
                yield read.at("unknown_document", "served", number, "documents", value=str(name))


def _fields(read: Read, number: int, row: dict[str, Any]) -> Iterator[Problem]:
    at: Callable[..., Problem] = read.at
    asked = []
    for key in ("body", "salute"):
        wording = row.get(key)
        for said in wording.values() if isinstance(wording, dict) else ():
            try:
                found = fields_in(str(said))
            except Wrong as wrong:
                signs = wrong.unknown
                yield at("unknown_field", "document", number, key, value=signs)
            else:
                asked += [found] if key == "body" else []
    if any(one != asked[0] for one in asked[1:]):
        yield at("uneven_fields", "document", number, "body", value=str(row.get("id")))


PART = DOCUMENTS = Part(
    "documents.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_form": Words("error", _("没有这种版式：{value}。"), USE, FORMS),
        "bad_for": Words("error", _("没有这样的送达对象：{value}。"), USE, FOR),
        "bad_approval": Words(
            "error",
            _("文书不能用这种审批：{value}。"),
            USE,
            APPROVALS,
        ),
        "unknown_document": Words(
            "error", _("没有叫 {value} 的文书。"), _("请写本包或所依据的包里的文书。")
        ),
        "unknown_field": Words(
            "error",
            _("没有这样的栏目：{value}。"),
            _("栏目名见 docs/rules/documents.md。"),
        ),
        "uneven_fields": Words(
            "error",
            _("文书 {value} 三种语言用的栏目不一样。"),
            _("三种语言要用同样的栏目。"),
        ),
    },
)
