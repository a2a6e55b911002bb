"""What may stand in handling.toml: its tables, their keys and the words they know. No I/O."""

from __future__ import annotations

from collections.abc import Mapping

from tingsu.core.lifecycle import Move
from tingsu.packs.part import Table
from tingsu.packs.shape import (
    LABEL,
    LENGTH,
    SINCE,
    SOURCED,
    Key,
    all_of,
    amount,
    label,
    labels,
    number,
    one_of,
    span,
    text,
    words,
)
from tingsu.packs.vocabulary import EVENTS, FACTS, ROLES, UNITS

MOVES = tuple(move.value for move in Move)
WHEN = ("always", "clash", "dissatisfied", "major")
"""Which cases a call-back is for: all, after a clash with staff, after a bad rating, major ones."""
ANY = "any"
"""The script for call-backs that have none of their own."""
REQUESTS = ("erase", "export")
"""What a person may ask of their data: that they are erased, or a copy."""
SCALES = ("satisfaction", "rater", "justice", "recommend")
WAYS = ("link", "sms", "phone")
REMINDERS = ("before", "at", "after")
"""When a promise is called to mind: ahead of its time, at it, and once it is over."""

TABLES: Mapping[str, Table] = {
    "move": Table(
        {
            "id": Key(one_of(MOVES, "bad_move"), required=True),
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
    "reminder": Table(
        {
            "id": Key(one_of(REMINDERS, "bad_reminder"), required=True),
            "since": SINCE,
            "gap": Key(span(("h", "cd"))),
            "within": Key(span(UNITS)),
            **SOURCED,
        },
        by="id",
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
            "posts": Key(words),
            "role": Key(one_of(ROLES, "bad_role")),
            **SOURCED,
        },
        by="id",
    ),
    "script": Table(
        {
            "id": Key(text, required=True),
            "since": SINCE,
            "say": Key(labels, required=True),
            "ask": Key(labels, required=True),
            **SOURCED,
        },
        by="id",
    ),
    "retry": Table(
        {
            "id": Key(one_of(("callback",), "bad_record"), required=True),
            "since": SINCE,
            "after": Key(span(UNITS), required=True),
            "most": Key(number, required=True),
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
    "personal": Table(
        {
            "id": Key(one_of(REQUESTS, "bad_record"), required=True),
            "label": LABEL,
            "since": SINCE,
            **LENGTH,
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
