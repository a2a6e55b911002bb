"""What follows when a clock has run out: overdue.toml. No I/O.

OVERDUE.of(pack).steps("cn.tour.screen", "house", received_on)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.core.overdue import DEEDS, LADDER, Step
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.problems import Problem, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import SINCE, SOURCED, Key, one_of, span, text
from tingsu.packs.vocabulary import DUTIES, UNITS

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read


def _steps(value: object) -> str:
    """A list of { do, to, after, within }."""
    if not isinstance(value, list) or not value:
        return "bad_steps"
    return "" if all(_step(item) for item in value) else "bad_steps"


def _step(item: object) -> bool:
    if not isinstance(item, dict) or set(item) - {"do", "to", "after", "within"}:
        return False
    lengths = all(not span(UNITS)(item[name]) for name in ("after", "within") if name in item)
    named = item.get("to") in LADDER if item.get("do") != "report" else "to" not in item
    asked = ("within" in item) == (item.get("do") == "task")
    return item.get("do") in DEEDS and lengths and named and asked


TABLES: Mapping[str, Table] = {
    "breach": Table(
        {
            "id": Key(text, required=True),
            "duty": Key(one_of(DUTIES, "bad_duty")),
            "clock": Key(text),
            "since": SINCE,
            "steps": Key(_steps, required=True),
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, eq=False)
class Overdue:
    """The whole of overdue.toml: steps by the clock or by whose duty it is."""

    by_clock: Mapping[str, tuple[Dated[tuple[Step, ...]], ...]]
    by_duty: Mapping[str, tuple[Dated[tuple[Step, ...]], ...]]

    def steps(self, clock_id: str, duty: str, on: date) -> tuple[Step, ...]:
        """What follows when this clock runs out, as in force on a day; those of the clock itself
        stand in for those of its duty."""
        values = self.by_clock.get(clock_id) or self.by_duty.get(duty, ())
        entry = in_force(values, on)
        return (entry.value or ()) if entry else ()


def _read(raw: Raw, pack: Pack) -> Overdue:
    found: dict[str, list[Dated[Any]]] = {}
    place: dict[str, tuple[str, str]] = {}
    for row in raw.get("breach", ()):
        steps = None if row.get("none") else tuple(_made(item) for item in row["steps"])
        found.setdefault(row["id"], []).append(dated(row, steps, pack))
        if "clock" in row or "duty" in row:
            place[row["id"]] = (row.get("clock", ""), row.get("duty", ""))
    return Overdue(
        {place[key][0]: tuple(values) for key, values in found.items() if place[key][0]},
        {place[key][1]: tuple(values) for key, values in found.items() if not place[key][0]},
    )


def _made(item: Raw) -> Step:
    def length(name: str) -> Span | None:
        return Span(item[name]["n"], item[name]["unit"]) if name in item else None

    return Step(item["do"], item.get("to", ""), length("after"), length("within"))


def _cross(read: Read, _around: Around) -> Iterator[Problem]:
    """Every entry says of which clocks, and its steps follow each other in time."""
    named: set[str] = set()
    for number, row in enumerate(read.data.get("breach", ())):
        if not isinstance(row, dict) or row.get("none"):
            continue
        name = str(row.get("id", ""))
        if ("clock" in row) == ("duty" in row) and name not in named:
            yield read.at("breach_of_what", "breach", number, "id", value=name)
        named.add(name)
        if _steps(row.get("steps")):
            continue  # told already
        at_once = [("after" not in item) for item in row["steps"]]
        if at_once != sorted(at_once, reverse=True):
            yield read.at("steps_backwards", "breach", number, "steps", value=name)


PART = OVERDUE = Part(
    "overdue.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_steps": Words(
            "error",
            _("逾期步骤的写法不对。"),
            _(
                '例如 [{{ do = "report" }}, {{ do = "escalate", to = "supervisor" }}, '
                '{{ do = "task", to = "head", after = {{ n = 1, unit = "wd" }}, '
                'within = {{ n = 1, unit = "wd" }} }}]。'
            ),
        ),
        "breach_of_what": Words(
            "error", _("{value} 没写是哪些时限。"), _("请写 duty 或 clock，只写一样。")
        ),
        "steps_backwards": Words(
            "error", _("{value} 的步骤没有按时间先后写。"), _("马上做的写在前面。")
        ),
    },
)
