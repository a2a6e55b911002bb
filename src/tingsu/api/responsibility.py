"""Who answers for what went wrong, who is asked to take over, tasks over all cases. Calls actions
and queries."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import Line, Named, line, named, plain, readable_in, told_by
from tingsu.api.moves import department_of, member_of
from tingsu.api.parts import TaskPart, task_told
from tingsu.api.place import Doing, Done, Place, etag, key_header, key_of
from tingsu.api.place import told as done_told
from tingsu.api.shapes import Asked, Flag, In, Instant, Out, Text
from tingsu.cases.actions import responsible
from tingsu.cases.queries import responsibility as queries
from tingsu.cases.queries import takeover, tasks
from tingsu.cases.queries.parties import openable
from tingsu.people.permission import Can

place = Place("responsibility")
Kind = Literal["cause", "handling", "lateness"]


class TaskLine(TaskPart):
    """A task with its case."""

    case: Line


class TaskPage(Out):
    """The most overdue first."""

    tasks: list[TaskLine]
    following: str | None


class WhichTasks(Asked):
    """mine | department (asked of the own) | asked (by me)."""

    which: Literal["mine", "department", "asked"] = "mine"
    after: str = Field("", max_length=600)
    limit: int = Field(tasks.PAGE, ge=1, le=100)


@place.get("/tasks", Can.ANSWER, _l("协办：请我办的、请人办的"), TaskPage)
def task_list(request: Call, wanted: Query[WhichTasks]) -> Any:
    """Over all cases."""
    who, name = request.auth.who, f"tasks:{wanted.which}"
    if wanted.which not in tasks.kinds_for(who):
        return {"tasks": [], "following": None}
    start = cursor.opened(name, wanted.after)
    found = tasks.page(who, wanted.which, after=start, size=wanted.limit)
    return {
        "tasks": [
            task_told(who, row.case, row) | {"case": line(who, row.case)} for row in found.rows
        ],
        "following": cursor.sealed(name, found.following),
    }


class Rung(Out):
    """A rung of the ladder: who stands there, within how long they answer."""

    label: str
    role: str
    n: int
    unit: str
    people: list[str]
    here: bool
    asked: bool


class HandoverOut(Out):
    """Somebody was asked to take over: waiting | accepted | returned | lapsed | void. sheet: the
    record as it stood then, so that nobody starts over. mine: the caller may answer."""

    id: UUID
    kind: str
    cause: str
    state: str
    reason: str
    answer: str
    asked_at: Instant
    due_at: Instant | None
    ended_at: Instant | None
    to_member: Named | None
    to_department: Named | None
    mine: bool
    sheet: dict[str, Any]


class LadderOut(Out):
    """The rungs from the lowest up; every asking, the newest first."""

    rungs: list[Rung]
    handovers: list[HandoverOut]


@place.get("/cases/{uuid:case_id}/ladder", Can.READ, _l("上报和交接单"), LadderOut)
def ladder(request: Call) -> Any:
    """Who has it, who is asked, who stands above."""
    who, case = request.auth.who, request.auth.case
    rows = takeover.of_case(case)
    names = "id kind cause state asked_at due_at ended_at"
    return {
        "rungs": [plain(one, " ".join(Rung.model_fields)) for one in takeover.ladder(case, rows)],
        "handovers": [
            plain(row, names)
            | told_by(who, case, row, "reason answer")
            | {"to_member": named(row.to_member), "to_department": named(row.to_department)}
            | {"mine": takeover.answers(who, case, row)}
            | {"sheet": readable_in(who, case, row.sheet)}
            for row in rows
        ],
    }


class ResponsibilityOut(Out):
    """named | agreed | disputed | settled | lifted."""

    id: UUID
    case_id: UUID
    kind: str
    department: Named
    member: Named | None
    reason: str
    named_by: Named | None
    named_at: Instant
    state: str
    answer: str
    ruling: str


class ResponsibleOut(Out):
    """The newest first."""

    responsibilities: list[ResponsibilityOut]


@place.get("/cases/{uuid:case_id}/responsibilities", Can.READ, _l("责任认定"), ResponsibleOut)
def of_case(request: Call) -> Any:
    """Who answers for the cause, the handling, the lateness."""
    rows = queries.of_case(request.auth.case)
    return {"responsibilities": [_told(request, row) for row in rows]}


class ResponsibleLine(ResponsibilityOut):
    """With its case, where the caller may open it."""

    case: Line | None


class ResponsiblePage(Out):
    """The newest first."""

    responsibilities: list[ResponsibleLine]
    following: str | None


class WhichResponsible(Asked):
    """All fields narrow the list together."""

    kind: Literal["", "cause", "handling", "lateness"] = ""
    state: Literal["", "named", "agreed", "disputed", "settled", "lifted"] = ""
    department: UUID | None = None
    after: str = Field("", max_length=600)
    limit: int = Field(queries.PAGE, ge=1, le=100)


@place.get("/responsibilities", Can.READ, _l("责任登记簿"), ResponsiblePage)
def register(request: Call, wanted: Query[WhichResponsible]) -> Any:
    """Of the house, or of the own departments."""
    who = request.auth.who
    asked = wanted.dict(exclude={"after", "limit"})
    start = cursor.opened("responsibilities", wanted.after)
    found = queries.register(who, **asked, after=start, size=wanted.limit)
    opens = openable(who, [row.case for row in found.rows])
    return {
        "responsibilities": [
            _told(request, row) | {"case": line(who, row.case) if row.case_id in opens else None}
            for row in found.rows
        ],
        "following": cursor.sealed("responsibilities", found.following),
    }


class ResponsibleIn(In):
    """For what, which department, which person where it is clear, on which grounds."""

    kind: Kind
    department: UUID
    member: UUID | None = None
    reason: Text


@place.step("responsible", Can.HANDLE, _l("认定责任"))
def name(on: Doing, told: ResponsibleIn) -> Any:
    """They may answer. Also once the case is over."""
    return responsible.name(
        on.case, on.by, on.at,
        kind=told.kind, reason=told.reason,
        department=department_of(on, told.department, "department"),
        member=member_of(on, told.member, "member"), **on.once,
    )  # fmt: skip


class ResponsibleSettleIn(In):
    """Which naming, whether it stands, and why."""

    responsibility_id: UUID
    stands: Flag
    text: Text


@place.step("responsible-settle", Can.DECIDE, _l("裁定责任"))
def settle(on: Doing, told: ResponsibleSettleIn) -> Any:
    """Never by the one who is named."""
    return responsible.settle(
        on.case, on.by, on.at,
        row_id=told.responsibility_id, stands=told.stands, text=told.text, **on.once,
    )  # fmt: skip


class ResponsibleAnswerIn(In):
    """agrees, or why not."""

    agrees: Flag
    text: Text = ""


@place.post(
    "/responsibilities/{uuid:responsibility_id}", Can.ANSWER, _l("答复责任认定"), {200: Done}
)
def answer(
    request: Call,
    response: HttpResponse,
    responsibility_id: UUID,
    told: ResponsibleAnswerIn,
    key: str | None = key_header(),
) -> Any:
    """By the department that is named."""
    auth = request.auth
    row = queries.access(auth.who, responsibility_id)
    written = responsible.answer(
        row.case, auth.by, auth.at,
        row_id=row.id, agrees=told.agrees, text=told.text,
        key=key_of(auth.who, "responsible-answer", key),
    )  # fmt: skip
    etag(response, written.case.version)
    return done_told(written.case, repeated=written.repeated)


def _told(request: Call, row: Any) -> dict[str, Any]:
    people = {one: named(getattr(row, one)) for one in ("department", "member", "named_by")}
    texts = told_by(request.auth.who, row.case, row, "reason answer ruling")
    return plain(row, "id case_id kind named_at state") | people | texts
