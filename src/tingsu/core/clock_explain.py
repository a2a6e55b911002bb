"""Why a deadline is when it is, as phrases without words. Standard library only, no I/O.

A phrase is a code and its values; the faces turn it into a sentence in the reader's language
(`tingsu.cases.explain`). The codes, in the order in which they can come:

    due             day (time too when the clock is in hours or ends at closing: at)
    length          n, unit
    start_excluded  event     the day of the event is not counted
    start_included  event
    skipped         names, first, last   a holiday, its weekend included, not counted
    makeup          days      weekend days that were worked and therefore count
    paused          n, unit, cause, first, last
    extended        n, unit
    rolled          first, last, names   the last day was one that the rule forbids
    provisional               some year's holidays are not announced (or not recorded) yet
    source          act, article, source, house
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tingsu.core.clock_data import HOUR_UNITS, Deadline, Segment


class Phrase(NamedTuple):
    """One thing to say."""

    code: str
    params: Mapping[str, Any]


def explain(deadline: Deadline) -> tuple[Phrase, ...]:
    """All there is to say about a deadline, in the order in which to say it."""
    return tuple(_phrases(deadline))


def _phrases(deadline: Deadline) -> Iterator[Phrase]:
    rule = deadline.rule
    timed = rule.unit in HOUR_UNITS or rule.ends_at == "close"
    yield Phrase("due", {"day": deadline.due_day, "at": deadline.due_at if timed else None})
    yield Phrase("length", {"n": rule.n, "unit": rule.unit})
    for segment in deadline.segments:
        yield from _of_segment(segment, deadline)
    makeup = tuple(s.first for s in deadline.segments if s.kind == "makeup")
    if makeup:
        yield Phrase("makeup", {"days": makeup})
    if deadline.provisional:
        yield Phrase("provisional", {})
    yield Phrase(
        "source",
        {"act": rule.act, "article": rule.article, "source": rule.source, "house": rule.house},
    )


def _of_segment(segment: Segment, deadline: Deadline) -> Iterator[Phrase]:
    days = {"first": segment.first, "last": segment.last}
    match segment.kind:
        case "start":
            code = "start_included" if segment.n else "start_excluded"
            yield Phrase(code, {"event": deadline.rule.event})
        case "holiday":
            yield Phrase("skipped", {"names": segment.names, **days})
        case "roll":
            yield Phrase("rolled", {"names": segment.names, **days})
        case "pause":
            lost = {"n": segment.n, "unit": _pause_unit(deadline), "cause": segment.names[0]}
            yield Phrase("paused", {**lost, **days})
        case "extend":
            yield Phrase("extended", {"n": segment.n, "unit": segment.names[0]})


def _pause_unit(deadline: Deadline) -> str:
    unit = deadline.rule.unit
    if unit in HOUR_UNITS:
        return "min"
    return "wd" if unit == "wd" else "cd"
