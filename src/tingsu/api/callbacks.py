"""Call-backs: whom to call, with which words, what they said. Calls ``actions/callback``."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import Line, Named, line, named, plain, readable
from tingsu.api.moves import department_of, member_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Asked, In, Instant, Out, Text
from tingsu.cases.actions import callback as calls
from tingsu.cases.queries import callbacks as queries
from tingsu.packs import say
from tingsu.people.permission import Can

place = Place("callbacks")


class CallBackOut(Out):
    """A call: due | done | void. name: of the plan's rule; answer: what the customer said."""

    id: UUID
    rule: str
    name: str
    caller: Named | None
    planned_at: Instant
    due_at: Instant
    tries: int
    state: str
    result: str
    led_to: str
    answer: str
    ended_at: Instant | None


class CallBacks(Out):
    """In the order of the plan."""

    calls: list[CallBackOut]


@place.get("/cases/{uuid:case_id}/callbacks", Can.READ, _l("回访"), CallBacks)
def of_case(request: Call) -> Any:
    """All calls of a case."""
    case = request.auth.case
    return {"calls": [_call(request, case, row) for row in queries.of_case(case)]}


class CallBackWaiting(CallBackOut):
    """One of a list, with its case, and what the pack says at it: sentences and questions."""

    case: Line
    say: list[str]
    ask: list[str]


class CallBackPage(Out):
    """Those that are due first; ``done`` newest first."""

    calls: list[CallBackWaiting]
    following: str | None


class WhichCalls(Asked):
    """mine | open (all in reach) | late | done."""

    which: Literal["mine", "open", "late", "done"] = "mine"
    after: str = Field("", max_length=600)
    limit: int = Field(queries.PAGE, ge=1, le=100)


@place.get("/callbacks", Can.RECORD, _l("要回访谁"), CallBackPage)
def listing(request: Call, wanted: Query[WhichCalls]) -> Any:
    """With the script of each."""
    auth, name = request.auth, f"callbacks:{wanted.which}"
    start = cursor.opened(name, wanted.after)
    found = queries.page(auth.who, wanted.which, auth.at, after=start, size=wanted.limit)
    return {
        "calls": [
            _call(request, row.case, row) | {"case": line(auth.who, row.case)} | _script(row)
            for row in found.rows
        ],
        "following": cursor.sealed(name, found.following),
    }


class CallAnswerIn(In):
    """What the customer said. then: what follows where they are not content; task: the department
    and its day; end: the reason."""

    call_id: UUID
    result: Literal["satisfied", "wishes", "dissatisfied", "refused"]
    text: Text = ""
    then: Literal["", "reopen", "task", "end"] = ""
    reason: Text = Field("", max_length=2_000)
    department: UUID | None = None
    due_at: Instant | None = None


@place.step("callback-answer", Can.RECORD, _l("记下回访"))
def answered(on: Doing, told: CallAnswerIn) -> Any:
    """Not content: the case begins anew, or a department gets a task and the customer another
    call, or it ends with its reason."""
    given = told.dict(exclude={"call_id", "department"})
    to = department_of(on, told.department, "department")
    heard = calls.Heard(department=to, **given)
    return calls.answered(on.case, on.by, on.at, row_id=told.call_id, heard=heard, **on.once)


class CallTriedIn(In):
    """Which call."""

    call_id: UUID
    text: Text = ""


@place.step("callback-unanswered", Can.RECORD, _l("回访没接通"))
def unanswered(on: Doing, told: CallTriedIn) -> Any:
    """The next try follows by the pack's rule."""
    return calls.unanswered(on.case, on.by, on.at, row_id=told.call_id, text=told.text, **on.once)


class CallAddIn(In):
    """When, by whom (the owner, if nobody is named), and why."""

    due_at: Instant
    caller: UUID | None = None
    text: Text


@place.step("callback-add", Can.RECORD, _l("加一次回访"))
def add(on: Doing, told: CallAddIn) -> Any:
    """Once the case is over."""
    caller = member_of(on, told.caller, "caller")
    return calls.add(
        on.case, on.by, on.at, due_at=told.due_at, caller=caller, text=told.text, **on.once
    )


class ClashIn(In):
    """With whom, and why."""

    text: Text


@place.step("clash", Can.RECORD, _l("客户和员工起了冲突"))
def clash(on: Doing, told: ClashIn) -> Any:
    """The pack's further calls come too."""
    return calls.note_clash(on.case, on.by, on.at, text=told.text, **on.once)


def _call(request: Call, case: Any, row: Any) -> dict[str, Any]:
    names = "id rule planned_at due_at tries state result led_to ended_at"
    return plain(row, names) | {
        "name": say(row.labels, _language()) if row.labels else "",
        "caller": named(row.caller),
        "answer": readable(request.auth.who, case, row.answer),
    }


def _script(row: Any) -> dict[str, list[str]]:
    found = queries.script(row)
    lines = {"say": found.say, "ask": found.ask} if found else {"say": (), "ask": ()}
    return {name: [say(one, _language()) for one in told] for name, told in lines.items()}


def _language() -> str:
    return get_language() or "zh-hans"
