"""When whoever was asked for something is reminded: before, at and after the day. Reads packs."""

from datetime import datetime

from tingsu.cases.models import Case
from tingsu.core.calendar import Calendar
from tingsu.core.clock_count import before
from tingsu.core.overdue import later
from tingsu.packs.sharing import SHARING, Reminder
from tingsu.people.rulebook import case_pack


def remind_at(case: Case, due: datetime, after: datetime) -> datetime | None:
    """The next reminder of a task that is due then; None after the last."""
    pack = case_pack(case)
    rules = SHARING.of(pack).reminders(pack.calendar.day_of(due))
    hours = (hour_of(one, due, pack.calendar) for one in rules)
    return min((at for at in hours if at > after), default=None)


def hour_of(rule: Reminder, due: datetime, calendar: Calendar) -> datetime:
    """The hour of one reminder."""
    if rule.before:
        return before(due, calendar.day_of(due), rule.before, calendar)
    return later(due, rule.after, calendar) if rule.after else due
