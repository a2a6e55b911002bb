"""The promise ledger: make, keep, break, move (HA-7)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import spoken_with
from tingsu.cases._read import row_of
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Promise
from tingsu.people.actor import Actor
from tingsu.people.models import new_id


def promise(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    content: str,
    due_at: datetime | None,
    key: str | None = None,
) -> Written:
    """Enter a promise. Raises Invalid without a content or a future time."""
    said = text_of(content, "content", limit=400, ask=_("请写下答应了什么。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _row(case, by, at, said, due)
        return Plan([Entry("promised", said, _facts(row), public=True)], rows=[row])

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
        old = _due(case, promise_id)
        row = _row(case, by, at, old.content, due)
        data = _facts(row) | {"old": str(old.id), "was": old.due_at.isoformat(timespec="seconds")}
        return Plan(
            [Entry("promise_moved", said, data, public=True)],
            spoken_with(case, at),  # the new time was agreed with the customer
            rows=[row],
            effects=[lambda: _mark(old, "moved", at, said, moved_to=row)],
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
        row = _due(case, promise_id)
        data = _facts(row) | {"late": at > row.due_at, "content": row.content}
        entry = Entry(f"promise_{state}", said, data, public=state == "kept")
        heard = spoken_with(case, at) if state == "kept" else {}
        return Plan([entry], heard, effects=[lambda: _mark(row, state, at, said)])

    return write(case, by, at, plan, key=key)


def _due(case: Case, promise_id: UUID) -> Promise:
    row = row_of(Promise, case_id=case.id, id=promise_id)
    if row is None:
        raise Refusal(_("找不到这个承诺。"), code="missing")
    if row.state != "due":
        raise Refusal(_("这个承诺已经有结果了。"), code="ended")
    return row


def _mark(
    row: Promise, state: str, at: datetime, reason: str, moved_to: Promise | None = None
) -> None:
    ended = {"state": state, "ended_at": at, "reason": reason}
    update(Promise, ended | {"moved_to_id": moved_to.id if moved_to else None}, id=row.id)


def _row(case: Case, by: Actor, at: datetime, content: str, due: datetime) -> Promise:
    return Promise(
        id=new_id(),
        case_id=case.id,
        content=content,
        due_at=due,
        made_by_id=by.me,
        made_at=at,
    )


def _facts(row: Promise) -> dict[str, Any]:
    return {"promise": str(row.id), "due": row.due_at.isoformat(timespec="seconds")}
