"""The own dates as iCalendar (RFC 5545): the next date of own cases, promises that are due. Reads
case tables. Numbers and what is due, and never who complained or of what."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from icalendar import Calendar, Event

from tingsu.cases.models import Promise
from tingsu.cases.queries import lists
from tingsu.people.permission import Can, Who, may

MOST = 300
LASTS = timedelta(minutes=30)
KINDS: Mapping[str, Any] = {
    "clock": _l("时限"),
    "promise": _l("承诺"),
    "task": _l("协办"),
    "quiet": _l("联系客户"),
    "plan": _l("查看"),
}


def feed(who: Who, at: datetime, base: str) -> bytes:
    """The calendar of a member. base: the address of the house, for the links."""
    made = Calendar()
    made.add("prodid", "-//tingsu//dates//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("听诉 · %(name)s") % {"name": who.name})
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    if may(who, Can.HANDLE):
        for case in lists.page(who, lists.Filter(queue="mine"), size=MOST).rows:
            if case.next_at and case.next_kind != "promise":
                words = f"{KINDS.get(case.next_kind, '')} {case.number}".strip()
                made.add_component(
                    _entry(f"case-{case.id.hex}", words, case.next_at, at, _url(base, case.id))
                )
    own = Promise.objects.filter(made_by_id=who.member_id, state="due").select_related("case")
    for row in own.order_by("due_at")[:MOST]:
        words = _("承诺到期 %(number)s") % {"number": row.case.number}
        made.add_component(
            _entry(f"promise-{row.id.hex}", words, row.due_at, at, _url(base, row.case_id))
        )
    return bytes(made.to_ical())


def _url(base: str, case_id: UUID) -> str:
    return f"{base}/cases/{case_id}/"


def _entry(ident: str, words: str, due: datetime, at: datetime, url: str) -> Event:
    """Ends when it is due: in a calendar the half hour before it is taken."""
    made = Event()
    made.add("uid", f"{ident}@tingsu")
    made.add("summary", words)
    made.add("dtstamp", at)
    made.add("dtstart", due - LASTS)
    made.add("dtend", due)
    made.add("url", url)
    return made
