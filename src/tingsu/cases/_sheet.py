"""The hand-over sheet: all that the next one must know, as it stands now (HA-10). Reads case
tables; what comes out is JSON, frozen with the handover, without sealed values."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from tingsu.cases.models import Case, Clock, Event, Promise, Task
from tingsu.mind.reading import trend

MOST = 30  # entries of a kind, the newest
LONG = 600  # characters of an entry
TOLD = frozenset("replied promised promise_moved restated document_served".split())
TRIED = frozenset(
    "remedy_proposed remedy_done task_answered screened moved escalated passed_on limit_set"
    " customer_objected".split()
)
TALKS = frozenset({"contact", "customer_added"})


def sheet_of(case: Case, at: datetime) -> dict[str, Any]:
    """Everything on one sheet: nobody starts over."""
    kinds = TOLD | TRIED | TALKS
    rows = Event.objects.filter(Q(kind__in=kinds), case=case).select_related("member")
    events = list(rows.order_by("seq"))
    moods = [one.data["mood"] for one in events if isinstance(one.data.get("mood"), int)]
    return {
        "made_at": _at(at),
        "title": case.title,
        "state": case.state,
        "severity": case.severity,
        "narrative": case.narrative[:4_000],
        "request": case.request[:2_000],
        "amount": case.amount,
        "received_at": _at(case.received_at),
        "owner": case.owner.name if case.owner else "",
        "queue": case.queue.name if case.queue else "",
        "anger": case.anger,
        "moods": moods[-12:],
        "trend": trend(moods),
        "promises": _promises(case),
        "talks": _told(one for one in events if one.kind in TALKS),
        "told": _told(one for one in events if one.kind in TOLD),
        "tried": _told(one for one in events if one.kind in TRIED),
        "tasks": _tasks(case),
        "clocks": _clocks(case),
    }


def _told(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [
        {
            "at": _at(one.at),
            "kind": one.kind,
            "data": one.data,
            "text": one.text[:LONG],
            "who": one.member.name if one.member else "",
        }
        for one in list(events)[-MOST:]
    ]


def _promises(case: Case) -> list[dict[str, Any]]:
    rows = Promise.objects.filter(case=case).select_related("made_by").order_by("due_at", "id")
    return [
        {
            "content": row.content,
            "due": _at(row.due_at),
            "state": row.state,
            "reason": row.reason,
            "who": row.made_by.name,
        }
        for row in rows
        if row.state != "void"
    ]


def _tasks(case: Case) -> list[dict[str, Any]]:
    rows = Task.objects.filter(case=case, state__in=("open", "answered", "declined"))
    return [
        {
            "content": row.content[:LONG],
            "department": row.department.name,
            "person": row.assignee.name if row.assignee else "",
            "due": _at(row.due_at),
            "state": row.state,
        }
        for row in rows.select_related("department", "assignee").order_by("due_at", "id")
    ]


def _clocks(case: Case) -> list[dict[str, Any]]:
    alive = Clock.objects.filter(case=case, state__in=("running", "paused", "breached"))
    return [
        {"rule": row.rule, "due": _at(row.due_at), "state": row.state}
        for row in alive.order_by("due_at", "id")
    ]


def _at(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
