"""The promise ledger: make, keep, break, move (HA-7)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._authority import within
from tingsu.cases._clocks import spoken_with
from tingsu.cases._promises import due_row, ending, facts, new_row
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case
from tingsu.people.actor import Actor


def promise(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    content: str,
    due_at: datetime | None,
    agreed_by: UUID | None = None,
    key: str | None = None,
) -> Written:
    """Enter a promise. Raises Invalid without a content or a future time, and for what is beyond
    the authority of the member, unless somebody agreed who has it."""
    said = text_of(content, "content", limit=400, ask=_("请写下答应了什么。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        only_open(case)
        agreed = within(case, by, said, agreed_by=agreed_by)
        row = new_row(case, by.me, at, said, due, agreed_by=agreed.id if agreed else None)
        data = facts(row) | ({"agreed_by": str(agreed.id)} if agreed else {})
        return Plan([Entry("promised", said, data, public=True)], rows=[row])

    return write(case, by, at, plan, key=key)


def keep(
    case: Case, by: Actor, at: datetime, *, promise_id: UUID, text: str = "", key: str | None = None
) -> Written:
    """The promise was kept, in time or late; the entry says which."""
    return _end(case, by, at, promise_id=promise_id, state="kept", text=text, key=key)


def admit_broken(
    case: Case, by: Actor, at: datetime, *, promise_id: UUID, reason: str, key: str | None = None
) -> Written:
    """The promise was not kept; why is part of the record."""
    said = text_of(reason, "reason", limit=400, ask=_("请写下没做到的原因。"))
    return _end(case, by, at, promise_id=promise_id, state="broken", text=said, key=key)


def move(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    promise_id: UUID,
    due_at: datetime | None,
    reason: str,
    key: str | None = None,
) -> Written:
    """Another time was agreed with the customer; the old promise points to the new one."""
    said = text_of(reason, "reason", limit=400, ask=_("请写下改时间的原因。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        old = due_row(case, promise_id)
        row = new_row(case, by.me, at, old.content, due, agreed_by=old.agreed_by_id)
        data = facts(row) | {"old": str(old.id), "was": old.due_at.isoformat(timespec="seconds")}
        return Plan(
            [Entry("promise_moved", said, data, public=True)],
            spoken_with(case, at),  # the new time was agreed with the customer
            rows=[row],
            effects=ending(case, old, at, state="moved", reason=said, moved_to=row),
        )

    return write(case, by, at, plan, key=key)


def _end(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    promise_id: UUID,
    state: str,
    text: str,
    key: str | None,
) -> Written:
    said = text_of(text, "text", limit=400) if text.strip() else ""

    def plan(case: Case) -> Plan:
        row = due_row(case, promise_id)
        data = facts(row) | {"late": at > row.due_at, "content": row.content}
        entry = Entry(f"promise_{state}", said, data, public=state == "kept")
        heard = spoken_with(case, at) if state == "kept" else {}
        return Plan([entry], heard, effects=ending(case, row, at, state=state, reason=said))

    return write(case, by, at, plan, key=key)
