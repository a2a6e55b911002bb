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
from tingsu.packs.handling_tables import (
    ANY,
    MOVES,
    REMINDERS,
    SCALES,
    TABLES,
    WAYS,
    WHEN,
)
from tingsu.packs.model import Labels, Pack
from tingsu.packs.part import Part, Raw, histories
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.vocabulary import FACTS, ROLES

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read
    from tingsu.packs.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What a pack says of one move: forbidden with these words, or asking for these facts."""

    forbidden: Labels
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """When a promise is called to mind. gap: how long before or after its time; within: how long
    the one above has who is asked to see to it; None where nobody is."""

    when: str  # one of REMINDERS
    gap: Span | None
    within: Span | None


@dataclass(frozen=True, slots=True)
class CallBack:
    """One call of the plan after an event (FU-1). caller: the post that calls; empty: the owner.
    posts, role: by what the members are found who hold it."""

    id: str
    labels: Labels
    event: str
    after: Span
    when: str  # one of WHEN
    caller: Labels
    posts: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What is said at a call-back, line by line, and what is asked. id: of the call, or ANY."""

    id: str
    say: tuple[Labels, ...]
    ask: tuple[Labels, ...]


@dataclass(frozen=True, slots=True)
class Retry:
    """Nobody answered: after how long the next try comes, and how many there are in all."""

    after: Span
    most: int


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
    reminders: Mapping[str, tuple[Dated[Reminder], ...]]
    callbacks: Mapping[str, tuple[Dated[CallBack], ...]]
    surveys: Mapping[str, tuple[Dated[Survey], ...]]
    scripts: Mapping[str, tuple[Dated[Script], ...]]
    retries: tuple[Dated[Retry], ...]
    retention: tuple[Dated[Span], ...]
    personal: Mapping[str, tuple[Dated[Span], ...]]
    own_retention: frozenset[date]  # since when the house itself, and no law, says how long

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

    def reminders_on(self, on: date) -> tuple[Reminder, ...]:
        """The reminders of a promise, in their order."""
        return tuple(sorted(_values(self.reminders, on), key=lambda r: REMINDERS.index(r.when)))

    def callbacks_on(self, on: date) -> tuple[CallBack, ...]:
        """The plan of calls as it holds on a day."""
        return _values(self.callbacks, on)

    def surveys_on(self, on: date) -> tuple[Survey, ...]:
        """The surveys as they hold on a day."""
        return _values(self.surveys, on)

    def script(self, callback: str, on: date) -> Script | None:
        """The words for a call of the plan; those for any call where it has none of its own."""
        own = in_force(self.scripts.get(callback, ()), on)
        found = own or in_force(self.scripts.get(ANY, ()), on)
        return found.value if found else None

    def retry(self, on: date) -> Retry | None:
        """What follows when nobody answers a call-back."""
        found = in_force(self.retries, on)
        return found.value if found else None

    def answer_within(self, request: str, on: date) -> Dated[Span] | None:
        """How soon a person who asks about their data is answered. request: one of REQUESTS."""
        return in_force(self.personal.get(request, ()), on)

    def keep_for(self, on: date) -> Dated[Span] | None:
        """How long a closed case is kept."""
        return in_force(self.retention, on)


def _values(histories: Mapping[str, tuple[Dated[T], ...]], on: date) -> tuple[T, ...]:
    entries = (in_force(history, on) for history in histories.values())
    return tuple(entry.value for entry in entries if entry and entry.value is not None)


def _read(raw: Raw, pack: Pack) -> Handling:
    def history(name: str, key: str, value: Any) -> dict[str, tuple[Dated[Any], ...]]:
        return histories(raw.get(name, ()), value, pack, key=key)

    return Handling(
        moves=history("move", "id", _move),
        goodwill=history("goodwill", "role", lambda row: row["fen"]),
        reminders=history("reminder", "id", _reminder),
        callbacks=history("callback", "id", _callback),
        surveys=history("survey", "id", _survey),
        scripts=history("script", "id", _script),
        retries=history("retry", "id", _retry).get("callback", ()),
        retention=history("retention", "id", _span).get("case", ()),
        personal=history("personal", "id", _span),
        own_retention=frozenset(
            row["since"] for row in raw.get("retention", ()) if row.get("house")
        ),
    )


def _move(row: Raw) -> MoveRule:
    return MoveRule(row.get("forbidden", {}), frozenset(row.get("needs", ())))


def _reminder(row: Raw) -> Reminder:
    gap, within = row.get("gap"), row.get("within")
    return Reminder(row["id"], Span(**gap) if gap else None, Span(**within) if within else None)


def _callback(row: Raw) -> CallBack:
    after = Span(**row["after"])
    return CallBack(
        row["id"], row["label"], row["event"], after, row["when"], row.get("caller", {}),
        tuple(row.get("posts", ())), row.get("role", ""),
    )  # fmt: skip


def _script(row: Raw) -> Script:
    return Script(row["id"], tuple(row["say"]), tuple(row["ask"]))


def _retry(row: Raw) -> Retry:
    return Retry(Span(**row["after"]), row["most"])


def _survey(row: Raw) -> Survey:
    after = Span(**row["after"])
    scales, ways = tuple(row["scales"]), tuple(row["ways"])
    return Survey(row["id"], row["label"], row["event"], after, scales, ways)


def _span(row: Raw) -> Span:
    return Span(row["n"], row["unit"])


def _rules(read: Read, around: Around) -> Iterator[Problem]:
    del around
    for place, row in enumerate(tables(read.data, "move")):
        if row.get("forbidden") and row.get("needs"):
            yield read.at("never_asked", "move", place, "needs", value=str(row.get("id")))


PART = HANDLING = Part(
    "handling.toml",
    TABLES,
    _read,
    _rules,
    words={
        "bad_move": Words("error", _("没有这个步骤：{value}。"), USE, MOVES),
        "bad_fact": Words("error", _("没有这样的事实：{value}。"), USE, FACTS),
        "bad_role": Words("error", _("没有这个角色：{value}。"), USE, ROLES),
        "bad_when": Words("error", _("没有这种情形：{value}。"), USE, WHEN),
        "bad_scale": Words("error", _("没有这种量表：{value}。"), USE, SCALES),
        "bad_way": Words("error", _("没有这种方式：{value}。"), USE, WAYS),
        "bad_reminder": Words(
            "error",
            _("没有这种提醒：{value}。"),
            USE,
            REMINDERS,
        ),
        "bad_record": Words(
            "error", _("没有这一类：{value}。"), _("可用的见 docs/rules/pack.md。")
        ),
    },
)
