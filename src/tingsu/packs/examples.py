"""Worked examples of a pack, which a lawyer can read and a test runs. No I/O, no Django.

    [[example]]
    name = "九月三十日收到，国庆不计、补班日计入"
    kind = "clock"
    given = { received = 2026-09-30 }
    expect = { "cn.samr.accept" = 2026-10-12 }

A kind says what ``facts`` and ``given`` mean and works out the answers; the names asked for in
``expect`` are compared. To add a kind, write a function like `clocks` and name it in `KINDS`.
Kinds that need more than packs are named in tests/packs/test_examples.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from tingsu.core.calendar import Calendar
from tingsu.core.clock import Deadline, grant, next_extension, start, stretch
from tingsu.core.clock_data import HOUR_UNITS
from tingsu.packs.model import Pack, rules_for
from tingsu.packs.part import Part, Raw, Table, source_of
from tingsu.packs.remedy_example import remedies
from tingsu.packs.screening_examples import screening
from tingsu.packs.shape import SOURCED, Key, table, text
from tingsu.packs.vocabulary import PAUSE_CAUSES

NONE = "none"
"""What an example expects of something that must not come about."""

TABLES: Mapping[str, Table] = {
    "example": Table(
        {
            "name": Key(text, required=True),
            "kind": Key(text, required=True),
            "facts": Key(table),
            "given": Key(table),
            "expect": Key(table, required=True),
            "source": Key(text),
            "act": SOURCED["act"],
            "article": SOURCED["article"],
            "note": Key(text),
        },
        must_source=False,
    )
}


@dataclass(frozen=True)
class Example:
    """One example: what was so (facts), when it happened (given), what comes out (expect)."""

    name: str
    kind: str
    facts: Mapping[str, Any]
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    source: str = ""
    note: str = ""


class Odd(NamedTuple):
    """A name in ``expect`` of which something else came out."""

    name: str
    expected: object
    found: object


Kind = Callable[[Pack, Example], Mapping[str, object]]


def differences(pack: Pack, example: Example, kind: Kind) -> list[Odd]:
    """What comes out otherwise than the example says; empty when it holds."""
    found = kind(pack, example)
    return [
        Odd(name, expected, found.get(name, NONE))
        for name, expected in example.expect.items()
        if found.get(name, NONE) != expected
    ]


# Clocks -------------------------------------------------------------------------------------


def clocks(pack: Pack, example: Example) -> Mapping[str, object]:
    """The last day of every clock, by its id; for clocks in hours the local instant.

    given: events with their day (taken at ten in the morning) or time; ``testing_from`` and
    ``testing_to`` for a pause. facts: ``variants`` (places with rules of their own), ``extended``
    (ids of clocks that were extended as their source allows, named once for each time).
    """
    place = pack.calendar
    times = {name: _instant(value, place) for name, value in example.given.items()}
    received = place.day_of(times.get("received") or min(times.values()))
    variants = frozenset(example.facts.get("variants", ()))
    found: dict[str, object] = {}
    for event, at in times.items():
        for rule in rules_for(pack, event, place.day_of(at), received, variants):
            deadline = _rested(start(rule, at, place), times, place)
            for _again in range(list(example.facts.get("extended", ())).count(rule.id)):
                deadline = _extended(deadline, place)
            found[rule.id] = _last(deadline, place)
    return found


def _instant(value: date | datetime, place: Calendar) -> datetime:
    at = value if isinstance(value, datetime) else datetime.combine(value, time(10))
    return at.replace(tzinfo=place.zone)


def _rested(deadline: Deadline, times: Mapping[str, datetime], place: Calendar) -> Deadline:
    for cause in sorted(PAUSE_CAUSES & deadline.rule.pauses):
        if f"{cause}_from" in times:
            began, ended = times[f"{cause}_from"], times[f"{cause}_to"]
            deadline = stretch(deadline, began, ended, place, cause)
    return deadline


def _extended(deadline: Deadline, place: Calendar) -> Deadline:
    allowed = next_extension(deadline)
    if allowed is None:
        raise ValueError(f"{deadline.rule.id} cannot be extended any more")
    return grant(deadline, allowed, place)


def _last(deadline: Deadline, place: Calendar) -> date | datetime:
    if deadline.rule.unit not in HOUR_UNITS:
        return deadline.due_day
    return deadline.due_at.astimezone(place.zone).replace(tzinfo=None)


KINDS: Mapping[str, Kind] = {"clock": clocks, "remedy": remedies, "screening": screening}


# Reading ------------------------------------------------------------------------------------


def own_examples(pack: Pack) -> Iterator[Example]:
    """The examples that a pack gives itself; those of the pack below hold for that one."""
    own = next(layer for layer in pack.layers if layer.id == pack.id)
    for row in own.data(PART.file).get("example", ()):
        yield _example(row, pack)


def _example(row: Raw, pack: Pack) -> Example:
    return Example(
        row["name"],
        row["kind"],
        row.get("facts", {}),
        row.get("given", {}),
        row["expect"],
        source_of(row, pack),
        row.get("note", ""),
    )


def _read(raw: Raw, pack: Pack) -> tuple[Example, ...]:
    return tuple(_example(row, pack) for row in raw.get("example", ()))


PART = EXAMPLES = Part("examples.toml", TABLES, _read)
