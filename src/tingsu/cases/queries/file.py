"""One case for the screen: timeline, clocks, promises, tasks, people, masked as the role asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from tingsu.cases._parties import ids_with
from tingsu.cases.models import (
    Attachment,
    Case,
    Clock,
    Event,
    Letter,
    Link,
    Look,
    Party,
    Promise,
    Task,
    WatchEntry,
)
from tingsu.core.lifecycle import Next, State, next_step
from tingsu.core.masking import mask_address, mask_email, mask_name, mask_phone, mask_text
from tingsu.people.permission import Can, Who, may

HOUSEHOLD = 50  # people behind one number whose cases are looked at


@dataclass(frozen=True)
class Person:
    """A complainant as this member may see them."""

    id: UUID
    name: str
    phone: str
    email: str
    address: str
    masked: bool  # something is hidden and may be looked at
    party: Party


@dataclass(frozen=True)
class Watch:
    """An approved entry in force, or a proposal that waits for the second person."""

    entry: WatchEntry
    waits: bool


def person(who: Who, party: Party | None) -> Person | None:
    """Name in full for those who talk to the customer, the rest masked until looked at."""
    if party is None:
        return None
    talks = may(who, Can.UNMASK)
    return Person(
        id=party.id,
        name=party.name if talks else mask_name(party.name),
        phone=mask_phone(party.phone),
        email=mask_email(party.email),
        address=mask_address(party.address),
        masked=bool(party.phone or party.email or party.address or (party.name and not talks)),
        party=party,
    )


def hiding(who: Who, case: Case) -> Callable[[str], str] | None:
    """Masks what free text gives away, for those who do not talk with customers (PL-2); None for
    those who do."""
    return None if may(who, Can.UNMASK) else bare(case)


def bare(case: Case) -> Callable[[str], str]:
    """Masks names and numbers, for those who were only asked something."""
    return partial(mask_text, names=[case.party.name] if case.party else [])


def timeline(case: Case) -> list[Event]:
    """All entries in order, with their members."""
    return list(Event.objects.filter(case=case).select_related("member").order_by("seq"))


def public_timeline(case: Case) -> list[Event]:
    """What the customer may see, in order. A letter shows once its fifteen seconds are over."""
    entries = list(Event.objects.filter(case=case, public=True).order_by("seq"))
    hidden = set(
        Letter.objects.filter(case=case)
        .exclude(state="sent")
        .exclude(kind="acknowledgement")
        .values_list("event_id", flat=True)
    )
    return [entry for entry in entries if entry.id not in hidden]


def clocks(case: Case) -> list[Clock]:
    """Running and paused ones first, by due date."""
    rows = list(Clock.objects.filter(case=case).order_by("due_at", "id"))
    return sorted(rows, key=lambda row: row.state not in ("running", "paused", "breached"))


def clock_events(case: Case) -> list[Event]:
    """What the timeline says of clocks, oldest first."""
    rows = Event.objects.filter(case=case, kind__startswith="clock_")
    return list(rows.select_related("member").order_by("seq"))


def promises(case: Case) -> list[Promise]:
    """Due ones first, by due time."""
    rows = list(
        Promise.objects.filter(case=case).select_related("made_by").order_by("due_at", "id")
    )
    return sorted(rows, key=lambda row: row.state != "due")


def tasks(case: Case) -> list[Task]:
    """Open ones first, by due date."""
    rows = list(
        Task.objects.filter(case=case)
        .select_related("department", "assignee", "asked_by", "answered_by")
        .order_by("due_at", "id")
    )
    return sorted(rows, key=lambda row: row.state not in ("open", "answered"))


def attachments(case: Case) -> dict[UUID, list[Attachment]]:
    """Files by the timeline entry that brought them."""
    by_event: dict[UUID, list[Attachment]] = {}
    for row in Attachment.objects.filter(case=case).order_by("id"):
        by_event.setdefault(row.event_id, []).append(row)
    return by_event


def letters(case: Case) -> dict[UUID, Letter]:
    """Letters by the timeline entry that wrote them."""
    return {row.event_id: row for row in Letter.objects.filter(case=case)}


def links(case: Case) -> list[tuple[Link, Case]]:
    """The cases tied to this one, the newest tie first. Most cases have none."""
    rows = Link.objects.filter(Q(case=case) | Q(other=case), undone_at__isnull=True)
    ties = list(rows.order_by("-at", "-id"))
    if not ties:
        return []
    ids = [row.other_id if row.case_id == case.id else row.case_id for row in ties]
    others = Case.objects.in_bulk(ids)
    return [(row, others[other]) for row, other in zip(ties, ids, strict=True)]


def history(who: Who, case: Case, most: int = 20) -> list[Case]:
    """Earlier and other complaints of the same complainant or the same phone (HA-2)."""
    if case.party is None:
        return []
    # The people first: "this party or this phone" over cases would read every case there is.
    shared = ids_with("phone_index", who.organisation_id, [case.party.phone_index])
    rows = Case.objects.filter(party_id__in={case.party_id, *shared[-HOUSEHOLD:]})
    rows = rows.exclude(id=case.id)
    return list(rows.select_related("owner").order_by("-received_at", "-id")[:most])


def watch(case: Case, today: Any) -> list[Watch]:
    """Watch list entries of the complainant that are in force or wait for approval (SC-7)."""
    if case.party_id is None:
        return []
    rows = WatchEntry.objects.filter(
        party_id=case.party_id, ended_at__isnull=True, expires_on__gte=today
    ).select_related("proposed_by", "approved_by")
    return [Watch(row, row.approved_at is None) for row in rows]


def next_of(case: Case, replied: bool | None = None) -> Next:
    """The one thing to do next; the biggest button on the screen."""
    if replied is None:
        replied = case.state == State.CONFIRMING
    return next_step(
        State(case.state),
        has_owner=case.owner_id is not None,
        contacted=case.contacted_at is not None,
        restated=case.restated_at is not None,
        confirmed=case.confirmed_at is not None,
        replied=replied,
    )


def looked(who: Who, case: Case, now: datetime) -> Mapping[str, bool]:
    """Which fields this member looked at in the last ten minutes, to keep them open on screen."""
    rows = Look.objects.filter(
        member_id=who.member_id, case_id=case.id, at__gte=now - timedelta(minutes=10)
    )
    return {name: True for row in rows for name in row.fields.split(",")}
