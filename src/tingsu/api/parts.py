"""What hangs on a case, read part by part: promises, tasks, letters, ties, history, watch list; and
what a department sees that was only asked something. Reads queries."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.lines import Line, Named, line, named, plain, readable
from tingsu.api.place import Place
from tingsu.api.shapes import Day, Instant, Out
from tingsu.cases.queries import alike as likes
from tingsu.cases.queries import file, here
from tingsu.people.permission import Can, Who

place = Place("parts")


class Promise(Out):
    """A promise: due | kept | broken | moved | void."""

    id: UUID
    content: str
    due_at: Instant
    made_by: Named
    made_at: Instant
    state: str
    ended_at: Instant | None
    reason: str


class Promises(Out):
    """Due ones first."""

    promises: list[Promise]


@place.get("/cases/{uuid:case_id}/promises", Can.READ, _l("承诺"), Promises)
def promises(request: Call) -> Any:
    """All that was promised to this customer here."""
    who, case = request.auth.who, request.auth.case
    return {
        "promises": [
            {
                "content": readable(who, case, row.content),
                "reason": readable(who, case, row.reason),
                "made_by": named(row.made_by),
                **plain(row, "id due_at made_at state ended_at"),
            }
            for row in file.promises(case)
        ]
    }


class TaskPart(Out):
    """Something asked of a department: open | answered | accepted | void."""

    id: UUID
    department: Named
    assignee: Named | None
    content: str
    asked_by: Named | None
    asked_at: Instant
    due_at: Instant
    state: str
    answer: str
    answered_by: Named | None
    answered_at: Instant | None
    returned: int


class Tasks(Out):
    """Open ones first."""

    tasks: list[TaskPart]


@place.get("/cases/{uuid:case_id}/tasks", Can.READ, _l("协办"), Tasks)
def tasks(request: Call) -> Any:
    """What others were asked."""
    who, case = request.auth.who, request.auth.case
    return {"tasks": [task_told(who, case, row) for row in file.tasks(case)]}


class AskedPart(Out):
    """What a department sees that was asked: the question and the facts, nobody's personal data."""

    id: UUID
    number: str
    state: str
    title: str
    narrative: str
    request: str
    category: str
    tasks: list[TaskPart]


@place.part("/cases/{uuid:case_id}/asked", Can.ANSWER, _l("请本部门协办的事"), AskedPart)
def asked(request: Call) -> Any:
    """Own tasks, with names and numbers hidden (PL-1, HA-13)."""
    who, case = request.auth.who, request.auth.case
    hide = file.bare(case)
    own = [row for row in file.tasks(case) if row.department_id in who.branch]
    return {
        **plain(case, "id number state category"),
        **{name: hide(getattr(case, name)) for name in ("title", "narrative", "request")},
        "tasks": [task_told(who, case, row) | {"content": hide(row.content)} for row in own],
    }


class Letter(Out):
    """A letter to the customer: waiting | sent | taken_back | failed."""

    id: UUID
    kind: str
    channel: str
    subject: str
    body: str
    language: str
    state: str
    send_after: Instant
    sent_at: Instant | None
    error: str


class Letters(Out):
    """Oldest first."""

    letters: list[Letter]


@place.get("/cases/{uuid:case_id}/letters", Can.READ, _l("信件"), Letters)
def letters(request: Call) -> Any:
    """What was written to the customer, and whether it left."""
    who, case = request.auth.who, request.auth.case
    rows = sorted(file.letters(case).values(), key=lambda row: row.id)
    names = "id kind channel language state send_after sent_at error"
    return {
        "letters": [
            {
                "subject": readable(who, case, row.subject),
                "body": readable(who, case, row.body),
                **plain(row, names),
            }
            for row in rows
        ]
    }


class Tie(Out):
    """Another case that belongs to this one."""

    kind: str
    reason: str
    at: Instant
    case: Line


class Ties(Out):
    """Tied cases, and other complaints of the same person or number."""

    ties: list[Tie]
    history: list[Line]


@place.get("/cases/{uuid:case_id}/ties", Can.READ, _l("关联的投诉和以往的投诉"), Ties)
def ties(request: Call) -> Any:
    """What may be the same matter is among them (IN-8)."""
    who, case = request.auth.who, request.auth.case
    return {
        "ties": [
            {**plain(row, "kind reason at"), "case": line(who, other)}
            for row, other in file.links(case)
        ],
        "history": [line(who, other) for other in file.history(who, case)],
    }


class AlikeOut(Out):
    """A case that is like it: which numbers are equal, which words both have."""

    case: Line
    signs: list[str]
    words: list[str]


class AlikesOut(Out):
    """same: may be the same matter; helped: ended ones like it, to learn from."""

    same: list[AlikeOut]
    helped: list[AlikeOut]


@place.get("/cases/{uuid:case_id}/alike", Can.READ, _l("相像的投诉"), AlikesOut)
def alike(request: Call) -> Any:
    """Without those that are tied, told apart, or of the same person (IN-8)."""
    who, case = request.auth.who, request.auth.case
    ties = {other.id for _link, other in file.links(case)}
    history = {other.id for other in file.history(who, case)}
    known = {case.id, *ties, *history, *here.past(case).told_apart}
    found = likes.alike(who, likes.told_of(case), case.received_at, known)
    told = {"same": found.same, "helped": found.helped}
    return {
        name: [plain(one, "signs words") | {"case": line(who, one.case)} for one in rows]
        for name, rows in told.items()
    }


class Watch(Out):
    """An entry of the watch list. ``waits``: for the second person."""

    id: UUID
    kind: str
    reason: str
    proposed_by: Named
    expires_on: Day
    waits: bool


class Watches(Out):
    """In force, or proposed."""

    watches: list[Watch]


@place.get("/cases/{uuid:case_id}/watches", Can.READ, _l("关注名单"), Watches)
def watches(request: Call) -> Any:
    """It never blocks a complaint from being heard (SC-7)."""
    found = file.watch(request.auth.case, timezone.localdate(request.auth.at))
    return {
        "watches": [
            {
                **plain(one.entry, "id kind reason expires_on"),
                "proposed_by": named(one.entry.proposed_by),
                "waits": one.waits,
            }
            for one in found
        ]
    }


def task_told(who: Who, case: Any, row: Any) -> dict[str, Any]:
    """A task as its shape wants it."""
    people = {name: named(getattr(row, name)) for name in ("assignee", "asked_by", "answered_by")}
    return {
        "department": named(row.department),
        "content": readable(who, case, row.content),
        "answer": readable(who, case, row.answer),
        **people,
        **plain(row, "id asked_at due_at state answered_at returned"),
    }
