"""What still runs on a case, as cards: clocks with their count, promises, tasks. No models."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.explain import (
    Row,
    cause_words,
    explain_parts,
    remaining_words,
    segment_rows,
)
from tingsu.cases.happenings import RECORDED
from tingsu.core import clock as clocks
from tingsu.packs import calendar_of
from tingsu.people.rulebook import case_pack
from tingsu.web import spoken
from tingsu.web.case.words import language

MOST_DAYS = 35  # a longer count is told in rows, not day by day
ALIVE = ("running", "paused", "breached")


@dataclass(frozen=True)
class Day:
    """One day of the strip. look: on | off | end."""

    number: str
    weekday: str
    look: str
    title: str


@dataclass(frozen=True)
class ClockCard:
    """A time limit: by when, why, and what may be done with it."""

    row: Any
    name: str
    why: str
    left: str
    alive: bool
    late: bool
    done_words: str
    days: list[Day]
    rows: list[Row]
    causes: list[tuple[str, str]]
    all_rows: list[Row]  # of those that are over too
    awaited: list[tuple[str, str]]  # what can be written down that fulfils it
    longer: bool  # its source allows another extension


def clock_cards(case: Any, rows: Collection[Any], now: datetime) -> list[ClockCard]:
    """Those that run first; each explains itself (HA-14)."""
    pack = case_pack(case)
    calendar = calendar_of(pack)
    found = []
    for row in rows:
        deadline = clocks.from_json(row.explanation)
        alive = row.state in ALIVE
        parts = explain_parts(deadline)
        every = segment_rows(deadline)
        strip = every if alive else []
        runs = row.state in ("running", "breached")
        left = remaining_words(clocks.remaining(deadline, now, calendar)) if runs else ""
        found.append(
            ClockCard(
                row=row,
                name=pack.clock_label(row.rule, language()),
                why=" · ".join(parts),
                left=left,
                alive=alive,
                late=runs and row.due_at < now,
                done_words="" if alive else _over(row),
                days=_days(strip, deadline.due_day),
                rows=strip,
                all_rows=every,
                causes=_causes(row, deadline),
                awaited=_awaited(deadline) if alive else [],
                longer=row.state == "running"
                and row.due_at >= now
                and clocks.next_extension(deadline) is not None,
            )
        )
    return found


def _causes(row: Any, deadline: Any) -> list[tuple[str, str]]:
    if row.state != "running":
        return []
    return [(cause, cause_words(cause)) for cause in sorted(deadline.rule.pauses)]


def _awaited(deadline: clocks.Deadline) -> list[tuple[str, str]]:
    return [(code, str(RECORDED[code])) for code in RECORDED if code in deadline.rule.met_by]


def _over(row: Any) -> str:
    if row.state == "met":
        return _("逾期完成") if row.late else _("按时完成")
    return _("主件里继续") if row.state == "resting" else _("不再需要")


def _days(strip: list[Row], due: date) -> list[Day]:
    if not strip:
        return []
    first, last = strip[0].first, max(due, *(row.last for row in strip))
    if (last - first).days > MOST_DAYS:
        return []
    counted = {}
    for row in strip:
        for on in range((row.last - row.first).days + 1):
            counted[row.first + timedelta(days=on)] = row
    return [_box(first + timedelta(days=n), counted, due) for n in range((last - first).days + 1)]


def _box(day: date, counted: dict[date, Row], due: date) -> Day:
    row = counted.get(day)
    look = "end" if day == due else "on" if row and row.counted else "off"
    weekday = str(spoken.WEEKDAYS[day.weekday()])
    return Day(str(day.day), weekday[-1:] if weekday.startswith("周") else weekday, look,
               f"{spoken.day(day)} {row.words if row else ''}".strip())  # fmt: skip
