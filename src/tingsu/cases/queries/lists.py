"""Lists that cost the same at a thousand and a million cases: keyset pages, bounded counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tingsu.cases.models import Case, Event, Promise, Task
from tingsu.cases.queries.access import reached
from tingsu.people.permission import Can, Who, may

PAGE = 25
MOST_COUNTED = 999  # a count stops here and is shown as 999+
DUE_FIRST = ("next_at", "id")
NEWEST_FIRST = ("-received_at", "-id")


# What a line of a list shows of a case, and what its next step is told from.
LINE = (
    "number", "title", "state", "open", "severity", "channel", "category", "pack",
    "received_at", "next_at", "next_kind", "contacted_at", "restated_at", "confirmed_at",
    "organisation_id", "party__name_sealed", "party__organisation_id", "party__need_kinds",
    "owner__name", "owner__roles", "queue__name", "handed_up_id", "escalated_at",
)  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """What a list shows; every field is optional. ``queue``: one of QUEUES."""

    queue: str = ""
    state: str = ""
    pack: str = ""
    category: str = ""
    channel: str = ""
    severity: str = ""
    owner: UUID | None = None
    department: UUID | None = None
    received_from: datetime | None = None
    received_until: datetime | None = None
    due_from: datetime | None = None
    due_until: datetime | None = None
    is_open: bool | None = None


@dataclass(frozen=True)
class Page:
    """One page of rows and where the next begins ("" at the end)."""

    rows: list[Case]
    following: str


def queue_of(who: Who, code: str) -> QuerySet[Case]:
    """The cases of one queue of the desk; an unknown code is no queue: all cases in reach."""
    # Being asked opens a case for answering, to those who could not read it otherwise.
    rows = reached(who, Can.ANSWER if code == "tasks" else Can.READ)
    return rows.filter(_QUEUES[code](who)) if code in _QUEUES else rows


def _promised(who: Who) -> Q:
    own = Promise.objects.filter(state="due", made_by_id=who.member_id)
    return Q(open=True, id__in=own.values("case_id"))


def _asked(who: Who) -> Q:
    asked = Task.objects.filter(state="open", department_id__in=who.branch)
    # From the few open tasks to their cases: the other way round walks every case there is.
    return Q(id__in=asked.values("case_id"))


_QUEUES: Mapping[str, Callable[[Who], Q]] = {
    "mine": lambda who: Q(open=True, owner_id=who.member_id),
    # Asked to take over: by name, or the own department.
    "takeover": lambda who: (
        Q(open=True) & (Q(handed_up_id=who.member_id) | Q(handed_across_id__in=who.branch))
    ),
    # Nobody's yet, in the own departments or over them.
    "waiting": lambda who: Q(open=True, owner__isnull=True, queue_id__in=who.branch | who.above),
    "team": lambda who: Q(open=True, queue_id__in=who.branch),
    "promises": _promised,
    "tasks": _asked,
    # Major or written ones without an instruction yet (SC-6).
    "head": lambda _who: Q(open=True, for_head=True),
    # Own ones that wait for a signature.
    "signing": lambda who: Q(open=True, owner_id=who.member_id, approvals_waiting__gt=0),
    # The customer's turn: material, or a word on the result.
    "customer": lambda _who: Q(open=True, state__in=("confirming", "incomplete")),
    # Asked to be reopened; a person decides.
    "reopen": lambda _who: Q(open=False, reopen_asked_at__isnull=False),
    "all": lambda _who: Q(open=True),
    "ended": lambda _who: Q(open=False),
}
# Shown on the desk in this order.
QUEUES = tuple(_QUEUES)


def page(who: Who, wanted: Filter, *, after: str = "", size: int = PAGE) -> Page:
    """Open cases by the date they are due, ended ones by the date they came in."""
    return _page(queue_of(who, wanted.queue), wanted, after, size)


def lines(who: Who, wanted: Filter, *, after: str = "", size: int = PAGE) -> Page:
    """The same cases with what LINE names: a third of the work, asked for many times a minute."""
    rows = queue_of(who, wanted.queue).select_related(None)
    return _page(rows.select_related("party", "owner", "queue").only(*LINE), wanted, after, size)


def _page(rows: QuerySet[Case], wanted: Filter, after: str, size: int) -> Page:
    rows = _narrowed(rows, wanted)
    by_due = wanted.queue not in ("", "ended", "reopen") and wanted.is_open is not False
    rows = _after(rows, after, by_due).order_by(*(DUE_FIRST if by_due else NEWEST_FIRST))
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], _cursor(found[size - 1], by_due) if more else "")


def waiting(who: Who) -> dict[str, QuerySet[Case]]:
    """The queues in which something can wait for this member."""
    shown = [code for code in QUEUES if code not in ("all", "ended") and _shown(who, code)]
    return {code: queue_of(who, code) for code in shown}


def ids_matching(who: Who, wanted: Filter) -> QuerySet[Case]:
    """The cases that a search may find under a filter."""
    return _narrowed(queue_of(who, wanted.queue), wanted)


def _shown(who: Who, code: str) -> bool:
    needed = {
        "head": Can.INSTRUCT,
        "reopen": Can.DECIDE,
        "team": Can.ASSIGN,
        "tasks": Can.ANSWER,
        "mine": Can.HANDLE,
        "takeover": Can.HANDLE,
        "signing": Can.HANDLE,
        "promises": Can.HANDLE,
        "waiting": Can.HANDLE,
    }
    return may(who, needed.get(code, Can.READ))


def _narrowed(rows: QuerySet[Case], wanted: Filter) -> QuerySet[Case]:
    exact: Mapping[str, Any] = {
        "state": wanted.state,
        "pack": wanted.pack,
        "channel": wanted.channel,
        "severity": wanted.severity,
        "owner_id": wanted.owner,
        "queue_id": wanted.department,
        "received_at__gte": wanted.received_from,
        "received_at__lt": wanted.received_until,
        "next_at__gte": wanted.due_from,
        "next_at__lt": wanted.due_until,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.is_open is not None:
        rows = rows.filter(open=wanted.is_open)
    if wanted.category:
        group = Q(category__startswith=f"{wanted.category}.")
        rows = rows.filter(Q(category=wanted.category) | group)
    return rows


def _cursor(row: Case, by_due: bool) -> str:
    at = row.next_at if by_due else row.received_at
    return f"{at.isoformat() if at else ''}~{row.id.hex}"


def _after(rows: QuerySet[Case], cursor: str, by_due: bool) -> QuerySet[Case]:
    """Rows behind the cursor; a cursor that somebody made up is simply the beginning."""
    try:
        stamp, last = cursor.split("~")
        at, last_id = datetime.fromisoformat(stamp), UUID(last)
    except ValueError:
        return rows
    if by_due:
        return rows.filter(next_at__gte=at).filter(Q(next_at__gt=at) | Q(id__gt=last_id))
    return rows.filter(received_at__lte=at).filter(Q(received_at__lt=at) | Q(id__lt=last_id))


NEWS = (
    "customer_added customer_objected customer_confirmed reopen_asked task_answered clock_breached"
    " letter_failed instructed promise_reminded approved approval_returned escalated assigned"
    " merged_here takeover_accepted takeover_returned takeover_lapsed task_declined task_reminded"
    " responsible_answered plan_consent offer_accepted offer_refused offer_countered offer_talk"
    " offer_expired signed sign_declined"
).split()


MOST_UNSEEN = 100  # the bell says 99+ from here on
MOST_OWN = 200  # open cases that the bell looks at, those that are due first


def news(who: Who, now: datetime, most: int = 50) -> list[Event]:
    """What others did on the own cases in the last week, newest first."""
    rows = _news(who, now, None).filter(case__owner_id=who.member_id, case__open=True)
    return list(rows.select_related("case", "member").order_by("-at", "-seq")[:most])


def unseen(who: Who, now: datetime, seen: datetime | None) -> int:
    """How many news came after the last look, up to MOST_UNSEEN. Every page asks, so the work is
    bounded for any number of cases."""
    own = Case.objects.filter(owner_id=who.member_id, open=True).order_by("next_at", "id")
    rows = _news(who, now, seen).filter(case_id__in=own.values("id")[:MOST_OWN])
    return rows.order_by().values("id")[:MOST_UNSEEN].count()


def _news(who: Who, now: datetime, seen: datetime | None) -> QuerySet[Event]:
    week_ago = now - timedelta(days=7)
    since = max(seen, week_ago) if seen else week_ago
    return Event.objects.filter(kind__in=NEWS, at__gt=since).exclude(member_id=who.member_id)
