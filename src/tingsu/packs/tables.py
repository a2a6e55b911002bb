"""The tables of the files that every pack has, and of acts and calendars. Touches nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tingsu.packs.layers import Table
from tingsu.packs.shape import (
    CODE,
    COUNTING,
    LABEL,
    LENGTH,
    REVIEW,
    SINCE,
    SOURCED,
    Key,
    Shape,
    all_of,
    day,
    days,
    extensions,
    fixed_days,
    flag,
    hours,
    label,
    number,
    one_of,
    text,
    words,
    zone,
)
from tingsu.packs.vocabulary import DUTIES, EVENTS, PAUSE_CAUSES, SEVERITIES, TERMS, WEEKDAYS

PROMISE: Shape = {"since": SINCE, **LENGTH, **COUNTING, **SOURCED}

PACK: Mapping[str, Table] = {
    "": Table(
        {
            "id": Key(text, required=True),
            "label": LABEL,
            "extends": Key(text),
            "calendar": Key(text),
            "own_law": Key(flag),
        }
    ),
    "terms": Table({term: Key(label) for term in TERMS}, single=True),
    "opening": Table(
        {
            **SOURCED,
            "on_holidays": Key(flag),
            **{weekday: Key(hours) for weekday in WEEKDAYS},
        },
        single=True,
    ),
    "silence": Table(PROMISE),
    "first_contact": Table(PROMISE),
    "severity": Table(
        {
            "code": Key(one_of(SEVERITIES, "bad_severity"), required=True),
            "label": LABEL,
            "to_head": Key(flag),
        },
        by="code",
        whole=True,
    ),
    "root_cause": Table({"code": CODE, "label": LABEL}, by="code", whole=True),
    "variant": Table({"code": CODE, "label": LABEL, "standing": Key(flag)}, by="code"),
}
TAXONOMY: Mapping[str, Table] = {
    "category": Table({"code": CODE, "label": LABEL, "examples": Key(words)}, by="code", whole=True)
}
CLOCKS: Mapping[str, Table] = {
    "clock": Table(
        {
            "id": Key(text, required=True),
            "label": Key(label),
            "since": SINCE,
            "in_force_by": Key(one_of(("event", "received"), "bad_in_force")),
            "event": Key(one_of(EVENTS, "bad_event"), required=True),
            **LENGTH,
            **COUNTING,
            **SOURCED,
            "pauses": Key(all_of(PAUSE_CAUSES, "bad_pause")),
            "met_by": Key(all_of(EVENTS, "bad_event"), required=True),
            "duty": Key(one_of(DUTIES, "bad_duty")),
            "variant": Key(text),
            "replaces": Key(text),
            "extension": Key(extensions),
        },
        by="id",
    )
}
ACTS: Mapping[str, Table] = {
    "act": Table(
        {"id": Key(text, required=True), "cite": LABEL, "title": LABEL, "since": Key(day)},
        by="id",
    )
}
CALENDAR: Mapping[str, Table] = {
    "": Table(
        {
            "id": Key(text, required=True),
            "zone": Key(zone, required=True),
            "weekend": Key(all_of(WEEKDAYS, "bad_weekend"), required=True),
        }
    ),
    "names": Table({}, single=True),
    "fixed": Table({"since": SINCE, "source": Key(text), "days": Key(fixed_days, required=True)}),
    "year": Table(
        {
            "year": Key(number, required=True),
            "source": Key(text),
            "provisional": Key(flag),
            **REVIEW,
        }
    ),
    "year.holiday": Table(
        {
            "name": Key(text, required=True),
            "off": Key(days, required=True),
            "public": Key(days),
            "work": Key(days),
        }
    ),
}


def ended(table: Table) -> Shape:
    """What an entry holds that ends a value for good (``none = true``)."""
    named = {key: table.shape[key] for key in (table.by, "label") if key in table.shape}
    if "label" in named:
        named["label"] = Key(label)
    return {**named, "none": Key(flag, required=True), "since": SINCE, **SOURCED}
