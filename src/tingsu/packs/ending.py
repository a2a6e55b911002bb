"""How an industry ends a complaint: texts of agreements, grounds, time to perform, silence. No I/O.

ENDING.of(pack).grounds("cancel", received_on)         # by what a case may be struck off
ENDING.of(pack).no_answer(received_on)                 # what follows when the customer is silent
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.core.ending import NEXT, NoAnswer
from tingsu.core.remedy_data import GIVES
from tingsu.packs.layers import Layer
from tingsu.packs.model import Labels, Pack, say
from tingsu.packs.part import Part, Raw, Table, histories, source_of
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import (
    LABEL,
    LENGTH,
    SINCE,
    SOURCED,
    Key,
    all_of,
    flag,
    label,
    number,
    one_of,
    text,
)

T = TypeVar("T")
KINDS = ("settlement", "mediation", "decision")
MOVES = ("cancel", "withdraw", "end_mediation", "refuse_to_perform")
_GIVES = (*GIVES, "other")

ENDING_FILE = "ending.toml"

TABLES: Mapping[str, Table] = {
    "template": Table(
        {
            "id": Key(text, required=True),
            "kind": Key(one_of(KINDS, "bad_ending"), required=True),
            "label": LABEL,
            "since": SINCE,
            "body": Key(label, required=True),
            **SOURCED,
        },
        by="id",
    ),
    "principle": Table(
        {
            "id": Key(text, required=True),
            "kind": Key(one_of(KINDS, "bad_ending"), required=True),
            "label": LABEL,
            "since": SINCE,
            **SOURCED,
        },
        by="id",
    ),
    "ground": Table(
        {
            "id": Key(text, required=True),
            "move": Key(one_of(MOVES, "bad_ground"), required=True),
            "label": LABEL,
            "since": SINCE,
            **SOURCED,
        },
        by="id",
    ),
    "after_mediation": Table(
        {
            "id": Key(text, required=True),
            "since": SINCE,
            "next": Key(all_of(NEXT, "bad_next"), required=True),
            **SOURCED,
        },
        by="id",
    ),
    "execution": Table(
        {
            "id": Key(one_of(_GIVES, "bad_given"), required=True),
            "since": SINCE,
            **LENGTH,
            **SOURCED,
        },
        by="id",
    ),
    "no_answer": Table(
        {
            "id": Key(text, required=True),
            "since": SINCE,
            "asks": Key(number, required=True),
            **LENGTH,
            "binding": Key(flag),
            "closes": Key(flag),
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A text to begin an agreement with. ``{complainant}``, ``{respondent}``, ``{lines}``."""

    id: str
    kind: str
    labels: Labels
    bodies: Labels

    def body(self, language: str) -> str:
        """The text in one language."""
        return say(self.bodies, language)


@dataclass(frozen=True, slots=True)
class Said:
    """A ground or a principle, with where it stands."""

    id: str
    of: str  # the move or the kind that it belongs to
    labels: Labels
    source: str

    def label(self, language: str) -> str:
        """Its words."""
        return say(self.labels, language)


@dataclass(frozen=True, eq=False)
class Ending:
    """The whole of ending.toml. Rules hold as on the local day of receipt."""

    template: Mapping[str, tuple[Dated[Template], ...]]
    principle: Mapping[str, tuple[Dated[Said], ...]]
    ground: Mapping[str, tuple[Dated[Said], ...]]
    after: tuple[Dated[tuple[str, ...]], ...]
    execution: Mapping[str, tuple[Dated[Span], ...]]
    silence: tuple[Dated[NoAnswer], ...]

    def templates(self, kind: str, on: date) -> list[Template]:
        """The texts to begin with."""
        return [one for one in _values(self.template, on) if one.kind == kind]

    def principles(self, kind: str, on: date) -> list[Said]:
        """What is to be kept in mind."""
        return [one for one in _values(self.principle, on) if one.of == kind]

    def grounds(self, move: str, on: date) -> list[Said]:
        """By what a step may be taken; empty where the pack names none."""
        return [one for one in _values(self.ground, on) if one.of == move]

    def after_mediation(self, on: date) -> tuple[str, ...]:
        """What may follow a mediation that failed."""
        entry = in_force(self.after, on)
        return (entry.value if entry else None) or NEXT

    def time_for(self, gives: str, on: date) -> Span:
        """How long there is to perform, where nobody says otherwise."""
        for name in (gives, "other"):
            entry = in_force(self.execution.get(name, ()), on)
            if entry and entry.value:
                return entry.value
        return Span(7, "cd")

    def no_answer(self, on: date) -> NoAnswer | None:
        """What follows when the customer does not answer."""
        entry = in_force(self.silence, on)
        return entry.value if entry else None


def _values(histories: Mapping[str, tuple[Dated[T], ...]], on: date) -> list[T]:
    entries = (in_force(history, on) for history in histories.values())
    return [entry.value for entry in entries if entry and entry.value is not None]


def _law_of_elsewhere(pack: Pack) -> frozenset[str]:
    """What a pack with ``own_law`` does not take over: practice it does, articles it does not."""
    laws = [bool(layer.data("pack.toml").get("own_law")) for layer in pack.layers]
    if True not in laws:
        return frozenset()
    below, own = pack.layers[: laws.index(True)], pack.layers[laws.index(True) :]
    cited = {row["id"] for layer in below for row in _rows(layer) if "act" in row}
    return frozenset(cited - {row["id"] for layer in own for row in _rows(layer)})


def _rows(layer: Layer) -> Iterator[Raw]:
    for rows in layer.data(ENDING_FILE).values():
        yield from rows


def _read(raw: Raw, pack: Pack) -> Ending:
    elsewhere = _law_of_elsewhere(pack)

    def history(name: str, value: Any) -> dict[str, tuple[Dated[Any], ...]]:
        here = [row for row in raw.get(name, ()) if row["id"] not in elsewhere]
        return histories(here, value, pack)

    return Ending(
        template=history(
            "template", lambda row: Template(row["id"], row["kind"], row["label"], row["body"])
        ),
        principle=history(
            "principle",
            lambda row: Said(row["id"], row["kind"], row["label"], source_of(row, pack)),
        ),
        ground=history(
            "ground", lambda row: Said(row["id"], row["move"], row["label"], source_of(row, pack))
        ),
        after=history("after_mediation", lambda row: tuple(row["next"])).get("failed", ()),
        execution=history("execution", lambda row: Span(row["n"], row["unit"])),
        silence=history("no_answer", _no_answer).get("confirm", ()),
    )


def _no_answer(row: Raw) -> NoAnswer:
    more = {name: row[name] for name in ("binding", "closes") if name in row}
    return NoAnswer(row["asks"], row["n"], row["unit"], **more)


PART = ENDING = Part(
    ENDING_FILE,
    TABLES,
    _read,
    words={
        "bad_ending": Words("error", _("没有这种了结方式：{value}。"), USE, KINDS),
        "bad_ground": Words("error", _("没有这个步骤：{value}。"), USE, MOVES),
        "bad_next": Words("error", _("没有这种后续：{value}。"), USE, NEXT),
        "bad_given": Words("error", _("没有这种给付：{value}。"), USE, _GIVES),
    },
)
