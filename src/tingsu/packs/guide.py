"""The methods by which an industry talks with the customer: mood before matter (HA-1). No I/O.

GUIDE.of(pack).method("always", received_on).stages      # the stages, in their order
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tingsu.core.dated import Dated, in_force
from tingsu.packs.cross import tables
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, Table, dated, source_of
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import CODE, LABEL, SINCE, SOURCED, Key, all_of, labels, one_of, text

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem

WHEN = ("always", "angry", "asking", "visit")
"""Which talk a method is for (``core.guide.occasions``): any, one with an angry customer, one with
somebody who asks rather than complains, one across a table."""
KINDS = ("mood", "matter")

SHOWN = (
    "prepared",  # somebody looked at the earlier cases and records of this customer
    "recorded",  # what happened, and what is asked for, is written down
    "contacted",  # a person spoke with the customer
    "apologised",  # a message to the customer says sorry, or names the feeling
    "restated",  # the customer agreed with our summary
    "checked",  # the matter was looked into
    "promised",  # a time was promised by which the customer hears more
    "offered",  # a solution was laid before the customer
    "agreed",  # the customer agreed to one
    "executed",  # it was carried out
    "answered",  # the result was sent or told
    "confirmed",  # the customer checked and rated the result
    "called_back",
    "thanked",
    "shared",  # those concerned in the house know
    "summed_up",  # cause and lesson are recorded
)
"""What a case can show of itself (``core.guide.evidence``). A stage without any of them is ticked
by the person."""
NEEDS = (
    "narrative", "request", "happened_at", "happened_where", "product", "order_number",
    "contract_number", "amount", "respondent_unit", "category",
)  # fmt: skip
"""What should be written down by the end of a stage: columns of the case."""

TABLES: Mapping[str, Table] = {
    "guide": Table(
        {
            "when": Key(one_of(WHEN, "bad_when"), required=True),
            "since": SINCE,
            "method": Key(text, required=True),
            **SOURCED,
        },
        by="when",
    ),
    "method": Table({"id": Key(text, required=True), "label": LABEL, **SOURCED}, by="id"),
    "method.stage": Table(
        {
            "code": CODE,
            "kind": Key(one_of(KINDS, "bad_kind"), required=True),
            "label": LABEL,
            "shown_by": Key(all_of(SHOWN, "bad_shown")),
            "needs": Key(all_of(NEEDS, "bad_need")),
            "hints": Key(labels),
            "questions": Key(labels),
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a talk. mood: of the customer, before the matter; shown_by: what in the case
    ticks it, any of them; empty: the person does; needs: what is written down by its end."""

    code: str
    labels: Labels
    mood: bool
    shown_by: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    hints: tuple[Labels, ...] = ()
    questions: tuple[Labels, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A way of talking, stage by stage."""

    id: str
    labels: Labels
    source: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, eq=False)
class Guide:
    """All methods that a pack knows, and which it uses when."""

    methods: Mapping[str, Method]
    uses: Mapping[str, tuple[Dated[str], ...]]

    def method(self, when: str, on: date) -> Method | None:
        """The method for a kind of talk; None where the pack has none of its own for it."""
        entry = in_force(self.uses.get(when, ()), on)
        return self.methods[entry.value] if entry and entry.value else None

    def choose(self, occasions: Iterable[str], on: date) -> Method | None:
        """The method for the first of the occasions that has one."""
        found = (self.method(when, on) for when in occasions)
        return next((method for method in found if method), None)


def _read(raw: Raw, pack: Pack) -> Guide:
    uses: dict[str, list[Dated[str]]] = {}
    for row in raw.get("guide", ()):
        uses.setdefault(row["when"], []).append(dated(row, row.get("method"), pack))
    return Guide(
        {row["id"]: _method(row, pack) for row in raw.get("method", ())},
        {when: tuple(values) for when, values in uses.items()},
    )


def _method(row: Raw, pack: Pack) -> Method:
    stages = tuple(
        Stage(
            stage["code"],
            stage["label"],
            stage["kind"] == "mood",
            frozenset(stage.get("shown_by", ())),
            tuple(stage.get("needs", ())),
            tuple(stage.get("hints", ())),
            tuple(stage.get("questions", ())),
        )
        for stage in row["stage"]
    )
    return Method(row["id"], row["label"], source_of(row, pack), stages)


def _rules(read: Read, around: Around) -> Iterator[Problem]:
    known = around.known("guide.toml", "method", "id")
    for number, row in enumerate(tables(read.data, "guide")):
        if "method" in row and str(row["method"]) not in known:
            there = sorted(known)
            yield read.at(
                "unknown_method", "guide", number, "method", value=str(row["method"]), known=there
            )
    for number, row in enumerate(tables(read.data, "method")):
        if not row.get("stage"):
            yield read.at("no_stage", "method", number, "id", value=str(row.get("id")))
        kinds = [stage.get("kind") for stage in tables(row, "stage")]
        if "matter" in kinds and "mood" in kinds[kinds.index("matter") :]:
            yield read.at("mood_late", "method", number, "id", value=str(row.get("id")))


PART = GUIDE = Part(
    "guide.toml",
    TABLES,
    _read,
    _rules,
    words={
        "bad_when": Words("error", _("没有这种场合：{value}。"), USE, WHEN),
        "bad_shown": Words("error", _("投诉件看不出这一点：{value}。"), USE, SHOWN),
        "bad_kind": Words(
            "error", _("没有这种步骤：{value}。"), _("可用：mood（心情）、matter（事情）。")
        ),
        "bad_need": Words("error", _("投诉件没有这一栏：{value}。"), USE, NEEDS),
        "mood_late": Words(
            "error", _("方法 {value} 里心情的步骤排在事情后面。"), _("先心情，后事情。")
        ),
        "unknown_method": Words("error", _("没有叫 {value} 的方法。"), _("现有的方法：{known}。")),
        "no_stage": Words("error", _("方法 {value} 没有步骤。"), _("请写 [[method.stage]]。")),
    },
)
