"""The only pen of the case file: compare-and-set, timeline, search and rows in one transaction.

Every action builds a ``Plan`` from the case as it stands and hands it to ``write``. Nobody else
inserts events or moves a version. Touches case tables and the search index.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from tingsu.cases._fresh import fresh
from tingsu.cases._insert import insert
from tingsu.cases._next import refresh_next
from tingsu.cases._standing import let_go, woken
from tingsu.cases._update import update
from tingsu.cases.errors import Change, Refusal, Stale
from tingsu.cases.models import Case, Event
from tingsu.cases.search import SearchRow, index_rows
from tingsu.core.chain import Fixed, data_hash, link_hash, text_hash
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

# Entries that change nothing another writer could have relied on.
QUIET_KINDS = frozenset(
    "looked attached note letter_sent letter_failed clock_warned clock_recounted rated"
    " approval_asked approval_withdrawn customer_read guide_ticked guide_unticked"
    " dossier_made dossier_taken promise_reminded solution_used".split()
)


@dataclass
class Entry:
    """A timeline entry to be written. ``data`` holds JSON values without floats."""

    kind: str
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    public: bool = False
    at: datetime | None = None  # when it happened, if that is not when it is written down
    extra_search: str = ""  # found with this entry, shown elsewhere (number, product …)
    name_tokens: Sequence[str] = ()
    id: UUID = field(default_factory=new_id)


@dataclass
class Plan:
    """What a step wants written, decided from the case as it stands."""

    entries: list[Entry]
    changes: dict[str, Any] = field(default_factory=dict)
    rows: Iterable[models.Model] = ()
    effects: Sequence[Callable[[], object]] = ()  # updates of other rows, same transaction


@dataclass
class Written:
    """What was written. ``repeated`` tells that the same submit had been written before."""

    case: Case
    events: list[Event]
    repeated: bool = False


class _Lost(Exception):
    """Another writer came between reading and writing."""


def write(
    case: Case,
    by: Actor,
    at: datetime,
    plan: Callable[[Case], Plan],
    *,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Write one step of one case.

    expected: the version the person saw; if something that matters happened since, raises
    ``Stale`` with what changed. None for steps that only add.
    key: the submit's own key; the second submit with it writes nothing and gets the first's.
    """
    while True:
        if key and (done := _written_before(case, key)):
            return done
        if expected is not None:
            _check_fresh(case, expected)
        try:
            with transaction.atomic():
                return _attempt(case, by, at, plan(case), key)
        except _Lost:
            case.refresh_from_db()


def _attempt(case: Case, by: Actor, at: datetime, plan: Plan, key: str | None) -> Written:
    if case.anonymised_at:
        raise Refusal(_("这件投诉的案卷已按规定销毁，只留统计所需。"), code="disposed")
    seen = case.version
    insert(plan.rows)
    for effect in plan.effects:
        effect()
    for name, value in plan.changes.items():
        setattr(case, name, value)
    changed = {name: getattr(case, name) for name in plan.changes} | refresh_next(case)
    changed |= let_go(case, plan.changes, at) | woken(case, [one.kind for one in plan.entries], at)
    events = seal(case, plan.entries, by, at, key)
    changed |= {"version": case.version, "head_hash": case.head_hash}
    # Before the entries: the loser must fail here, not on their unique sequence number.
    if not update(Case, changed, id=case.id, version=seen):
        raise _Lost
    insert(events)
    index_rows(search_rows(case, plan.entries, at))
    return Written(case, events)


def seal(
    case: Case, entries: Sequence[Entry], by: Actor, at: datetime, key: str | None = None
) -> list[Event]:
    """Chain the entries behind the case's last one; moves ``version`` and ``head_hash``."""
    events, previous = [], bytes(case.head_hash)
    for number, entry in enumerate(entries, start=case.version + 1):
        salt = secrets.token_bytes(16)
        event = fresh(
            Event,
            id=entry.id,
            case_id=case.id,
            seq=number,
            at=entry.at or at,
            kind=entry.kind,
            actor=by.kind,
            member_id=by.member_id,
            public=entry.public,
            data=entry.data,
            text=entry.text,
            text_salt=salt,
            text_hash=text_hash(entry.text, salt),
            data_hash=data_hash(entry.data, salt),
            previous_hash=previous,
            key=key if number == case.version + 1 else None,
        )
        previous = event.hash = link_hash(previous, fixed(event))
        events.append(event)
    case.version += len(events)
    case.head_hash = previous
    return events


def fixed(event: Event) -> Fixed:
    """The part of an entry that the chain covers."""
    return Fixed(
        event.case_id,
        event.seq,
        event.at,
        event.kind,
        event.actor,
        event.member_id,
        event.public,
        event.data,
        bytes(event.text_hash),
        bytes(event.data_hash or b""),
    )


def search_rows(case: Case, entries: Sequence[Entry], at: datetime) -> list[SearchRow]:
    """What the entries add to the index: one row per entry that says something."""
    return [
        SearchRow(
            org_id=case.organisation_id,
            case_id=case.id,
            event_id=entry.id,
            at=at,
            text="\n".join(filter(None, (entry.extra_search, entry.text))),
            name_tokens=entry.name_tokens,
        )
        for entry in entries
        if entry.text or entry.extra_search or entry.name_tokens
    ]


def _written_before(case: Case, key: str) -> Written | None:
    done = Event.objects.filter(case_id=case.id, key=key).first()
    if not done:
        return None
    case.refresh_from_db()
    return Written(case, [done], repeated=True)


def _check_fresh(case: Case, expected: int) -> None:
    if case.version == expected:
        return
    since = (
        Event.objects.filter(case_id=case.id, seq__gt=expected)
        .exclude(kind__in=QUIET_KINDS)
        .select_related("member")
        .order_by("seq")
    )
    changes = [
        Change(event.at, event.kind, event.member.name if event.member else "", event.text[:200])
        for event in since
    ]
    if changes:
        raise Stale(_("您打开后，这件投诉有了新的变化。您写的内容还在，请看过后再提交。"), changes)
