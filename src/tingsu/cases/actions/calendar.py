"""A new holiday notice: brought, shown what it would move, applied or dropped, each by a person.

Writes notices; the counting and the moving of clocks is ``_recount``'s, called by the worker.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tingsu.cases._recount import Pass
from tingsu.cases.errors import Refusal
from tingsu.cases.models import CalendarNotice
from tingsu.packs.notices import almanac_with, check_notice, first_change, read_notice
from tingsu.packs.problems import Problem
from tingsu.people import rulebook
from tingsu.people.actor import Actor
from tingsu.people.holidays import take_in
from tingsu.people.models import Organisation, new_id
from tingsu.people.rulebook import notices, pack_of

LEASE = timedelta(minutes=2)
WAITS = 2  # times as long as a process may not have heard of a notice


class BadNotice(Refusal):
    """A notice that cannot be taken in; ``problems`` says what is wrong, by line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(_("这份放假安排有 %(n)s 处要改。") % {"n": len(problems)}, "text")


def propose(organisation: Organisation, by: Actor, at: datetime, *, text: str) -> CalendarNotice:
    """Check a notice and have its consequences counted. Raises BadNotice."""
    calendar_id = pack_of(organisation.id, organisation.pack).calendar.id
    if problems := check_notice(text, calendar_id):
        raise BadNotice(problems)
    told = read_notice(text)
    before = notices(organisation.id, calendar_id)
    old = almanac_with(calendar_id, before).calendar
    new = almanac_with(calendar_id, (*before, text)).calendar
    return CalendarNotice.objects.create(
        id=new_id(),
        organisation=organisation,
        calendar=calendar_id,
        years=list(told.years),
        source="；".join(told.sources)[:400],
        text=text,
        since=new.instant(first_change(old, new, told.years)),
        state="counting",
        made_by_id=by.me,
        made_at=at,
    )


def apply(notice: CalendarNotice, by: Actor, at: datetime) -> None:
    """Let a notice count from now on, and its clocks move. Raises Refusal unless it was shown."""
    begun = {"state": "applying", "applied_by_id": by.me, "applied_at": at}
    anew = {"total": None, "position": 0, "cursor": None, "busy_ms": 0}
    counts = {"moved": 0, "settled": 0, "summary": {}}
    with transaction.atomic():
        shown = CalendarNotice.objects.filter(id=notice.id, state="shown")
        if not shown.update(**begun, **anew, **counts):
            raise Refusal(_("这份放假安排已经采用或放弃了。"), code="not_shown")
        take_in(notice.organisation_id, notice.calendar, notice.text, by.me, at)


def drop(notice: CalendarNotice, at: datetime) -> None:
    """Not taken in; the notice itself is kept. Raises Refusal once it counts."""
    waiting = CalendarNotice.objects.filter(id=notice.id, state__in=("counting", "shown"))
    if not waiting.update(state="dropped", ended_at=at):
        raise Refusal(_("这份放假安排已经采用或放弃了。"), code="not_shown")


def sweep(at: datetime) -> bool:
    """The worker's part: some thousand clocks of the oldest waiting notice."""
    notice = _claim(at)
    if notice is None:
        return False
    try:
        texts = notices(notice.organisation_id, notice.calendar)
        if notice.state == "counting":
            texts = (*texts, notice.text)
        if not Pass(notice, texts).step(at):
            _finish(notice, at)
    finally:
        CalendarNotice.objects.filter(id=notice.id).update(claimed_until=None)
    return True


def _claim(at: datetime) -> CalendarNotice | None:
    """The oldest that nobody works on. One that was applied waits until every process knows it:
    a clock started the old way behind the pass would never be found."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    known = at - timedelta(seconds=WAITS * rulebook.FRESH_SECONDS)
    ready = Q(state="counting") | Q(state="applying", applied_at__lte=known)
    row = CalendarNotice.objects.filter(free & ready).order_by("id").first()
    if row is None:
        return None
    mine = CalendarNotice.objects.filter(free, id=row.id, state=row.state)
    return row if mine.update(claimed_until=at + LEASE) else None


def _finish(notice: CalendarNotice, at: datetime) -> None:
    after = "shown" if notice.state == "counting" else "done"
    ended = {"ended_at": at} if after == "done" else {}
    CalendarNotice.objects.filter(id=notice.id, state=notice.state).update(state=after, **ended)
