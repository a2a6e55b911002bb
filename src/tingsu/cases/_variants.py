"""Another local rule or circumstance on a running case: which clocks end, which begin (HA-14).

Reads clocks and the timeline; writes nothing itself. A clock that was lengthened or stands still
keeps the rule with which it began.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tingsu.cases._clocks import Effect, clocks_from
from tingsu.cases._moves import HAPPENINGS
from tingsu.cases._read import rows_of
from tingsu.cases._update import changing
from tingsu.cases.models import Case, Clock, Event
from tingsu.core.lifecycle import Move
from tingsu.packs import Pack
from tingsu.people.rulebook import case_pack

LENGTHENED = frozenset({"pause", "extend"})
History = list[tuple[str, datetime]]
"""What happened in this round, as clocks call it, oldest first."""


@dataclass
class Exchange:
    """Clocks to start, and the updates that end those they stand in for."""

    rows: list[Clock] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)  # the rules


def exchange(case: Case, wanted: Collection[str], at: datetime) -> Exchange:
    """What follows when a case gets the wanted variants; sets them on the case in memory."""
    pack, before = case_pack(case), list(case.variants)
    held, holds = _ids(pack, before, case, at), _ids(pack, wanted, case, at)
    gone, come = held - holds, holds - held
    own = rows_of(Clock, case_id=case.id)
    history = _history(case, own)
    case.variants = list(wanted)
    over = {row.rule: row for row in own if row.rule in gone and _as_begun(row)}
    begun = [
        row
        for happening, since in history
        for row in clocks_from(case, happening, since)
        if row.rule in come and _owed(pack, row, gone, over, history)
    ]
    case.variants = before
    stop = {"state": "void", "ended_at": at}
    return Exchange(
        begun, [changing(Clock, stop, id=row.id) for row in over.values()], sorted(over)
    )


def _ids(pack: Pack, variants: Collection[str], case: Case, at: datetime) -> set[str]:
    on, arrived = (pack.calendar.day_of(when) for when in (at, case.received_at))
    return {clock.id for clock in pack.clocks_for(variants, on, arrived)}


def _as_begun(row: Clock) -> bool:
    touched = {segment[0] for segment in row.explanation["segments"]} & LENGTHENED
    return row.state in ("running", "breached") and not touched


def _owed(
    pack: Pack, row: Clock, gone: Collection[str], over: Collection[str], history: History
) -> bool:
    """A clock that stands in for another is owed while that one was; any other as long as
    nothing has met it."""
    instead_of = {pack.clocks[row.rule].replaces} & set(gone)
    instead_of |= {one for one in gone if pack.clocks[one].replaces == row.rule}
    if instead_of:
        return bool(instead_of & set(over))
    met_by = row.explanation["rule"].get("met_by", ())
    return not any(what in met_by and when >= row.started_at for what, when in history)


def _history(case: Case, own: Collection[Clock]) -> History:
    told: History = [("received", case.received_at)]
    kinds = ("moved", "replied", "reopened", "closed", "happened")
    for event in sorted(rows_of(Event, case_id=case.id, kind=kinds), key=lambda one: one.seq):
        if event.kind == "reopened":  # what was before counts no longer
            told = []
        told.append((_happening(event.kind, event.data), event.at))
    begun = {(str(row.explanation["rule"]["event"]), row.started_at) for row in own}
    return told + sorted(one for one in begun if one not in told and one[1] >= told[0][1])


def _happening(kind: str, data: Mapping[str, str]) -> str:
    if kind == "moved":
        return HAPPENINGS.get(Move(data["move"]), data["to"])
    if kind == "happened":
        return data["event"]
    if kind == "happened":
        return data["event"]
    if kind == "replied":
        return "replied" if data.get("kind") == "final" else ""
    return kind
