"""The call at the promised time: what was said and what became of the promise, in one go (HA-7)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import ended_by, spoken_with
from tingsu.cases._promises import Effect, due_row, ending, facts, new_row
from tingsu.cases._rules import future, only_open, seen_to, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Promise
from tingsu.people.actor import Actor

RESULTS = ("kept", "moved", "broken", "unreached")


@dataclass(frozen=True)
class Told:
    """What came of the call. due_at: the new time of one that is moved; reason: of one that is
    moved or broken; mood: anger 0 to 4 after it."""

    result: str
    text: str
    reason: str = ""
    due_at: datetime | None = None
    mood: int | None = None


def call(
    case: Case, by: Actor, at: datetime, *, promise_id: UUID, told: Told, key: str | None = None
) -> Written:
    """Record the call and the result of the promise together. A call that nobody answered leaves
    the promise as it is: it is still owed."""
    said, reason, due = _checked(told, at)

    def plan(case: Case) -> Plan:
        only_open(case)
        row = due_row(case, promise_id)
        contact = _contact(said, told)
        if told.result == "unreached":
            return Plan([contact])
        changes: dict[str, object] = {
            "contacted_at": at,
            **spoken_with(case, at),
            **seen_to(case, at),
        }
        if told.mood is not None:
            changes["anger"] = told.mood
        made = None
        if told.result == "moved" and due is not None:
            made = new_row(case, by.me, at, row.content, due, agreed_by=row.agreed_by_id)
        effects: list[Effect] = [
            *ending(case, row, at, state=told.result, reason=reason, moved_to=made),
            *ended_by(case, "contacted", at=at),
        ]
        entry = _entry(row, told.result, reason, at, made)
        return Plan([contact, entry], changes, [made] if made else [], effects)

    return write(case, by, at, plan, key=key)


def _checked(told: Told, at: datetime) -> tuple[str, str, datetime | None]:
    """What was said, why, and the new time. Raises Invalid at the fields, all at once."""
    wrong: dict[str, str] = {}
    if told.result not in RESULTS:
        wrong["result"] = _("请选这次通话的结果。")
    if told.mood is not None and not 0 <= told.mood <= 4:
        wrong["mood"] = _("情绪请在 0 到 4 之间选择。")
    said = reason = ""
    due = None
    try:
        said = text_of(told.text, "text", ask=_("请写下谈了什么，一句话也可以。"))
    except Invalid as odd:
        wrong |= odd.fields
    if told.result in ("moved", "broken"):
        ask = _("请写下没能按时做到的原因。")
        try:
            reason = text_of(told.reason, "reason", limit=400, ask=ask)
        except Invalid as odd:
            wrong |= odd.fields
    if told.result == "moved":
        try:
            due = future(told.due_at, at, "due_at")
        except Invalid as odd:
            wrong |= odd.fields
    if wrong:
        raise Invalid(wrong)
    return said, reason, due


def _contact(said: str, told: Told) -> Entry:
    reached = told.result != "unreached"
    data: dict[str, object] = {"channel": "phone", "direction": "out", "reached": reached}
    if reached and told.mood is not None:
        data["mood"] = told.mood
    return Entry("contact", said, data)


def _entry(row: Promise, result: str, reason: str, at: datetime, made: Promise | None) -> Entry:
    if made is not None:
        was = {"old": str(row.id), "was": row.due_at.isoformat(timespec="seconds")}
        return Entry("promise_moved", reason, facts(made) | was, public=True)
    data = facts(row) | {"late": at > row.due_at, "content": row.content}
    return Entry(f"promise_{result}", reason, data, public=result == "kept")
