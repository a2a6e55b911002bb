"""Stored clocks counted anew over another calendar, by the hundred thousand. Touches nothing.

Most clocks have neither been paused nor lengthened, and those of one rule that began on one day
tell the same but for the instant. So each such story is read and counted once, and kept as text
with a gap for the instant; the others go the long way.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple

from tingsu.cases._insert import JsonText
from tingsu.core import clock as clocks
from tingsu.core.calendar import Calendar

BEFORE, AFTER = '"started": "', '"'
MOST = 50_000  # stories that are remembered


class New(NamedTuple):
    """What a clock says now. ``told``: as it is stored; ``changed``: whether any of it is new."""

    due_at: datetime
    warn_at: datetime | None
    provisional: bool
    told: JsonText
    changed: bool


class Recounting:
    """One calendar, and every story that was counted over it."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.known: dict[tuple[str, str], New | None] = {}

    def anew(self, told: str) -> New:
        """A stored clock, as the database has it."""
        before, _mark, rest = told.partition(BEFORE)
        started, _mark, after = rest.partition(AFTER)
        story = before, after
        if story not in self.known:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[story] = self._shared(told)
        same = self.known[story]
        if same is None or (same.warn_at and same.warn_at < datetime.fromisoformat(started)):
            return self._alone(told)
        return same._replace(told=JsonText(same.told.replace(GAP, started, 1)))

    def _shared(self, told: str) -> New | None:
        """The outcome with a gap, for all of the same story; None where each must be counted."""
        data = json.loads(told)
        hours = data["rule"]["unit"] in clocks.HOUR_UNITS
        if hours or any(one[0] in ("pause", "extend") for one in data["segments"]):
            return None
        found = self._alone(told)
        if found.warn_at == datetime.fromisoformat(data["started"]):  # cut off at its own start
            return None
        return found._replace(told=JsonText(json.dumps(json.loads(found.told) | {"started": GAP})))

    def _alone(self, told: str) -> New:
        data: dict[str, Any] = json.loads(told)
        new = clocks.recount(clocks.from_json(data), self.calendar)
        says = new.to_json()
        return New(
            new.due_at, new.warn_at, new.provisional, JsonText(json.dumps(says)), says != data
        )


GAP = "<started>"
