"""What a clock is made of, and its JSON. Standard library only, no I/O.

Import these names from ``tingsu.core.clock``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

UNITS = ("wd", "cd", "h", "oh", "w", "mo", "y")
"""Working days, calendar days, hours, opening hours, weeks, months, years."""

HOUR_UNITS = frozenset({"h", "oh"})
ROLLS = ("none", "public_holidays", "rest_days")
STARTS = ("excluded", "included")
ENDS = ("day", "close")
DUTIES = ("house", "respondent", "complainant")

Json = dict[str, Any]


class Span(NamedTuple):
    """A length of time in one of UNITS."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Extension:
    """What a clock may be lengthened by: to a total (``to``) or by some more (``by``)."""

    n: int
    unit: str
    kind: str  # "by" or "to"
    condition: str = ""
    approval: str = ""  # who must approve, in the words of the source
    notify: bool = False


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One time limit as a source sets it: what starts it, how it is counted, what meets it."""

    id: str
    event: str  # what starts it: packs.vocabulary.EVENTS
    n: int
    unit: str
    since: date
    start_rule: str = "excluded"  # whether the day of the event counts
    roll: str = "none"  # what a last day may not be
    ends_at: str = "day"  # the end of the last day, or closing time on it
    act: str = ""  # key in packs/acts.toml
    article: str = ""  # "23(1)(5)": article 23, paragraph 1, item 5
    source: str = ""  # in words, where there is no act
    warn: Span | None = None  # how long before the end
    pauses: frozenset[str] = frozenset()  # causes that stop it
    met_by: frozenset[str] = frozenset()  # events that fulfil it
    duty: str = "house"  # who must act
    extensions: tuple[Extension, ...] = ()
    variant: str = ""  # place or case it is meant for; empty: all
    house: bool = False  # our own practice, not law
    review: str = ""  # what a person should check

    def __hash__(self) -> int:
        """Few fields are enough to tell rules apart, and deadlines are looked up by rule."""
        return hash((self.id, self.since, self.n, self.unit))


class Segment(NamedTuple):
    """One stretch of the count, for a strip of days and for the sentence about it.

    kind: start (n = 1 when the day counts), work, makeup and days (counted); weekend and
    holiday (not counted); roll (last day moved from first to last); pause (n = days or minutes
    not counted, names = the cause); extend (n more, names = the unit); hours (n = the length).
    """

    kind: str
    first: date
    last: date
    n: int
    names: tuple[str, ...] = ()


class Deadline(NamedTuple):
    """When a clock runs out, and how that came about. Instants are UTC."""

    rule: ClockRule
    calendar_id: str
    started_at: datetime
    start_day: date
    last_day: date  # as counted
    due_day: date  # after rolling on
    due_at: datetime  # the last instant in time
    warn_at: datetime | None
    segments: tuple[Segment, ...]
    provisional: bool  # counted over a year whose holidays are not yet announced

    def to_json(self) -> Json:
        """All of it: enough to pause, resume, extend and explain it later."""
        return {
            "rule": dict(_rule_json(self.rule)),
            "calendar": self.calendar_id,
            "started": self.started_at.astimezone(UTC).isoformat(),
            "start": str(self.start_day),
            "last": str(self.last_day),
            "due": str(self.due_day),
            "due_at": self.due_at.isoformat(),
            "warn_at": None if self.warn_at is None else self.warn_at.isoformat(),
            "segments": _segments_json(self.segments),
            "provisional": self.provisional,
        }


# JSON: what is stored with each clock row --------------------------------------------------


def segments_to_json(segments: tuple[Segment, ...]) -> list[list[Any]]:
    """Short lists ``[kind, first, last, n, name…]`` with ISO dates."""
    return [[s.kind, str(s.first), str(s.last), s.n, *s.names] for s in segments]


def segments_from_json(rows: list[list[Any]]) -> tuple[Segment, ...]:
    """The segments written by `segments_to_json`."""
    return tuple(
        Segment(kind, date.fromisoformat(first), date.fromisoformat(last), n, tuple(names))
        for kind, first, last, n, *names in rows
    )


_PLAIN = ("start_rule", "roll", "ends_at", "act", "article", "source", "duty", "variant", "review")
_SETS = ("pauses", "met_by")
_DEFAULT = ClockRule("", "", 0, "wd", date.min)


def rule_to_json(rule: ClockRule) -> Json:
    """The rule as it was when the clock started; what is usual is left out."""
    data: Json = {"id": rule.id, "event": rule.event, "n": rule.n, "unit": rule.unit}
    data["since"] = str(rule.since)
    for name in _PLAIN:
        if getattr(rule, name) != getattr(_DEFAULT, name):
            data[name] = getattr(rule, name)
    for name in _SETS:
        if getattr(rule, name):
            data[name] = sorted(getattr(rule, name))
    if rule.warn is not None:
        data["warn"] = list(rule.warn)
    if rule.house:
        data["house"] = True
    if rule.extensions:
        data["extensions"] = [
            [e.n, e.unit, e.kind, e.condition, e.approval, e.notify] for e in rule.extensions
        ]
    return data


# Many deadlines, few rules; and those that start on one day have the same days.
_rule_json = lru_cache(maxsize=1024)(rule_to_json)
_segments_json = lru_cache(maxsize=4096)(segments_to_json)


def rule_from_json(data: Json) -> ClockRule:
    """The rule written by `rule_to_json`."""
    given = dict(data)
    given["since"] = date.fromisoformat(given["since"])
    for name in _SETS:
        if name in given:
            given[name] = frozenset(given[name])
    if "warn" in given:
        given["warn"] = Span(*given["warn"])
    if "extensions" in given:
        given["extensions"] = tuple(Extension(*row) for row in given["extensions"])
    return ClockRule(**given)


def from_json(data: Json) -> Deadline:
    """The deadline written by `Deadline.to_json`."""
    warn_at = data["warn_at"]
    return Deadline(
        rule=rule_from_json(data["rule"]),
        calendar_id=data["calendar"],
        started_at=datetime.fromisoformat(data["started"]),
        start_day=date.fromisoformat(data["start"]),
        last_day=date.fromisoformat(data["last"]),
        due_day=date.fromisoformat(data["due"]),
        due_at=datetime.fromisoformat(data["due_at"]),
        warn_at=None if warn_at is None else datetime.fromisoformat(warn_at),
        segments=segments_from_json(data["segments"]),
        provisional=data["provisional"],
    )
