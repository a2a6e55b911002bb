"""Industries as data. Reads the TOML files beside it, once; no Django, no database.

pack = load("telecom")
rules = pack_clocks(pack, "received", on=date(2026, 9, 30))
deadline = core.clock.start(rules[0], at, calendar_of(pack))
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from tingsu.core.calendar import Calendar
from tingsu.core.clock import ClockRule
from tingsu.packs.almanac import Almanac, holiday_label, load_calendar
from tingsu.packs.check import Problem, check
from tingsu.packs.loader import Amendment, act, amended, available, load
from tingsu.packs.model import Act, Category, Clock, Pack, PackError, Severity, rules_for, say

__all__ = [
    "Act",
    "Almanac",
    "Amendment",
    "Category",
    "Clock",
    "Pack",
    "PackError",
    "Problem",
    "Severity",
    "act",
    "amended",
    "available",
    "calendar_of",
    "check",
    "holiday_label",
    "load",
    "load_calendar",
    "pack_clocks",
    "say",
]


def calendar_of(pack: Pack) -> Calendar:
    """The calendar of a pack, with its opening hours."""
    return pack.calendar


def pack_clocks(
    pack: Pack,
    event: str,
    on: date,
    *,
    received_on: date | None = None,
    variants: Collection[str] = (),
) -> tuple[ClockRule, ...]:
    """The rules that an event starts on a local day, general ones first.

    received_on: the day the complaint came in, for law that asks for it (order 121 has no
    transition clause: a complaint received before 2026-04-15 stays under order 20); the day of
    the event when left out.
    variants: places or cases with rules of their own, such as ``shanghai`` or ``rural``.
    """
    return _rules(pack, event, on, received_on or on, frozenset(variants))


_rules = lru_cache(maxsize=8192)(rules_for)
