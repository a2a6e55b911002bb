"""How an industry handles: moves it forbids or asks more for, authority, retention. No I/O.

HANDLING.of(pack).ban(Move.TRANSFER, received_on)     # why the move is forbidden, or None
HANDLING.of(pack).needs(Move.CLOSE, received_on)      # the facts that it asks for
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.core.lifecycle import Move
from tingsu.packs.cross import tables
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.shape import (
    LABEL,
    LENGTH,
    SINCE,
    SOURCED,
    Key,
    all_of,
    amount,
    label,
    one_of,
    span,
    text,
)
from tingsu.packs.vocabulary import EVENTS, FACTS, ROLES, UNITS

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem

T = TypeVar("T")
_MOVES = tuple(move.value for move in Move)
WHEN = ("always", "clash", "dissatisfied", "major")
"""Which cases a call-back is for: all, after a clash with staff, after a bad rating, major ones."""
SCALES = ("satisfaction", "rater", "justice", "recommend")
WAYS = ("link", "sms", "phone")

TABLES: Mapping[str, Table] = {
    "move": Table(
        {
            "id": Key(one_of(_MOVES, "bad_move"), required=True),
            "since": SINCE,
            "forbidden": Key(label),
            "needs": Key(all_of(FACTS, "bad_fact")),
            **SOURCED,
        },
        by="id",
    ),
    "goodwill": Table(
        {
            "role": Key(one_of(ROLES, "bad_role"), required=True),
            "since": SINCE,
            "fen": Key(amount, required=True),
            **SOURCED,
        },
        by="role",
    ),
    "callback": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "event": Key(one_of(EVENTS, "bad_event"), required=True),
            "after": Key(span(UNITS), required=True),
            "when": Key(one_of(WHEN, "bad_when"), required=True),
            "caller": Key(label),
            **SOURCED,
        },
        by="id",
    ),
    "survey": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "since": SINCE,
            "event": Key(one_of(EVENTS, "bad_event"), required=True),
            "after": Key(span(UNITS), required=True),
            "scales": Key(all_of(SCALES, "bad_scale"), required=True),
            "ways": Key(all_of(WAYS, "bad_way"), required=True),
            **SOURCED,
        },
        by="id",
    ),
    "retention": Table(
        {
            "id": Key(one_of(("case",), "bad_record"), required=True),
            "label": LABEL,
            "since": SINCE,
            **LENGTH,
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What a pack says of one move: forbidden with these words, or asking for these facts."""

    forbidden: Labels
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class CallBack:
    """One call of the plan after an event (FU-1). caller: the post that calls; empty: the owner."""

    id: str
    labels: Labels
    event: str
    after: Span
    when: str  # one of WHEN
    caller: Labels


@dataclass(frozen=True, slots=True)
class Survey:
    """Questions that go out after an event (FU-3)."""

    id: str
    labels: Labels
    event: str
    after: Span
    scales: tuple[str, ...]  # some of SCALES
    ways: tuple[str, ...]  # some of WAYS


@dataclass(frozen=True, eq=False)
class Handling:
    """The whole of handling.toml. Rules hold as on the local day of receipt."""

    moves: Mapping[str, tuple[Dated[MoveRule], ...]]
    goodwill: Mapping[str, tuple[Dated[int], ...]]
    callbacks: Mapping[str, tuple[Dated[CallBack], ...]]
    surveys: Mapping[str, tuple[Dated[Survey], ...]]
    retention: tuple[Dated[Span], ...]

    def rule(self, move: Move, received_on: date) -> MoveRule | None:
        """What the pack says of a move; None when it says nothing."""
        entry = in_force(self.moves.get(move.value, ()), received_on)
        return entry.value if entry else None

    def ban(self, move: Move, received_on: date) -> Labels | None:
        """Why the move is forbidden; None when it is not."""
        rule = self.rule(move, received_on)
        return rule.forbidden or None if rule else None

    def needs(self, move: Move, received_on: date) -> frozenset[str]:
        """The facts that must be there before the move: vocabulary.FACTS."""
        rule = self.rule(move, received_on)
        return rule.needs if rule else frozenset()

    def goodwill_limit(self, roles: Iterable[str], on: date) -> int:
        """What a person of these roles may give without asking, in fen."""
        entries = (in_force(self.goodwill.get(role, ()), on) for role in roles)
        return max((entry.value or 0 for entry in entries if entry), default=0)

    def callbacks_on(self, on: date) -> tuple[CallBack, ...]:
        """The plan of calls as it holds on a day."""
        return _values(self.callbacks, on)

    def surveys_on(self, on: date) -> tuple[Survey, ...]:
        """The surveys as they hold on a day."""
        return _values(self.surveys, on)

    def keep_for(self, on: date) -> Dated[Span] | None:
        """How long a closed case is kept."""
        return in_force(self.retention, on)


def _values(histories: Mapping[str, tuple[Dated[T], ...]], on: date) -> tuple[T, ...]:
    entries = (in_force(history, on) for history in histories.values())
    return tuple(entry.value for entry in entries if entry and entry.value is not None)


def _read(raw: Raw, pack: Pack) -> Handling:
    def history(name: str, key: str, value: Any) -> dict[str, tuple[Dated[Any], ...]]:
        found: dict[str, list[Dated[Any]]] = {}
        for row in raw.get(name, ()):
            made = None if row.get("none") else value(row)
            found.setdefault(row[key], []).append(dated(row, made, pack))
        return {name: tuple(values) for name, values in found.items()}

    return Handling(
        moves=history("move", "id", _move),
        goodwill=history("goodwill", "role", lambda row: row["fen"]),
        callbacks=history("callback", "id", _callback),
        surveys=history("survey", "id", _survey),
        retention=history("retention", "id", _span).get("case", ()),
    )


def _move(row: Raw) -> MoveRule:
    return MoveRule(row.get("forbidden", {}), frozenset(row.get("needs", ())))


def _callback(row: Raw) -> CallBack:
    after = Span(**row["after"])
    return CallBack(
        row["id"], row["label"], row["event"], after, row["when"], row.get("caller", {})
    )


def _survey(row: Raw) -> Survey:
    after = Span(**row["after"])
    scales, ways = tuple(row["scales"]), tuple(row["ways"])
    return Survey(row["id"], row["label"], row["event"], after, scales, ways)


def _span(row: Raw) -> Span:
    return Span(row["n"], row["unit"])


def _rules(read: Read, around: Around) -> Iterator[Problem]:
    del around
    for number, row in enumerate(tables(read.data, "move")):
        if row.get("forbidden") and row.get("needs"):
            yield read.at("never_asked", "move", number, "needs", value=str(row.get("id")))


PART = HANDLING = Part(
    "handling.toml",
    TABLES,
    _read,
    _rules,
    words={
        "bad_move": ("error", "没有这个步骤：{value}。", "可用：" + "、".join(_MOVES) + "。"),
        "bad_fact": ("error", "没有这样的事实：{value}。", "可用：" + "、".join(FACTS) + "。"),
        "bad_role": ("error", "没有这个角色：{value}。", "可用：" + "、".join(ROLES) + "。"),
        "bad_when": ("error", "没有这种情形：{value}。", "可用：" + "、".join(WHEN) + "。"),
        "bad_scale": ("error", "没有这种量表：{value}。", "可用：" + "、".join(SCALES) + "。"),
        "bad_way": ("error", "没有这种方式：{value}。", "可用：" + "、".join(WAYS) + "。"),
        "bad_record": ("error", "没有这类档案：{value}。", "可用：case。"),
    },
)
