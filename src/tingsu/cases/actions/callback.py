"""Call-backs: a try, an answer and what follows from it, one more call, a clash noted (FU-1, FU-2).

Not content: the case begins anew, or a department gets a task and the customer another call, until
it is settled or ended with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases import _callbacks as plans
from tingsu.cases._read import row_of
from tingsu.cases._reopening import reopening
from tingsu.cases._rules import future, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import CallBack, Case, Task
from tingsu.core.callback import ANSWERS, asks_for
from tingsu.people.actor import SYSTEM, Actor
from tingsu.people.models import Department, Member, new_id

MOST_WORDS = 2_000
LED_TO = {"reopen": "reopened", "task": "task", "end": "ended"}


def unanswered(
    case: Case, by: Actor, at: datetime, *, row_id: UUID, text: str = "", key: str | None = None
) -> Written:
    """Nobody answered: the next try by the pack's rule; after the last one the call is over."""
    said = text_of(text, "text", limit=2_000) if text.strip() else ""

    def plan(case: Case) -> Plan:
        row = _row(case, row_id)
        tries = row.tries + 1
        following = plans.retry_at(case, tries, at)
        change: dict[str, Any] = {"tries": tries, "tried_at": at}
        data: dict[str, Any] = _facts(row) | {"try": tries}
        if following:
            change |= {"due_at": following, "warned_at": None}
            data["next"] = _stamp(following)
            row.due_at = following
            first = plans.first_due(case, without=[row.id], also=[row])
            return _Done(row, change, Entry("callback_tried", said, data)).plan(first)
        change |= _over(by, at, "unreached") | {"answer": said}
        entry = Entry("callback_done", said, data | {"result": "unreached"})
        return _Done(row, change, entry).plan(plans.first_due(case, without=[row.id]))

    return write(case, by, at, plan, key=key)


@dataclass(frozen=True)
class Heard:
    """What the customer said. then: what follows where they are not content; ``task`` goes to a
    department by a date, ``end`` needs its reason."""

    result: str  # core.callback.ANSWERS
    text: str = ""
    then: str = ""
    reason: str = ""
    department: Department | None = None
    due_at: datetime | None = None


def answered(
    case: Case, by: Actor, at: datetime, *, row_id: UUID, heard: Heard, key: str | None = None
) -> Written:
    """The answer, and what follows from it at once. Raises Invalid at every field that is
    missing."""
    _check(heard, at)

    def plan(case: Case) -> Plan:
        row = _row(case, row_id)
        data = _facts(row) | {"result": heard.result}
        data |= {"then": heard.then} if heard.then else {}
        change = _over(by, at, heard.result) | {
            "answer": heard.text.strip(),
            "tries": row.tries + 1,
            "tried_at": at,
            "led_to": LED_TO.get(heard.then, ""),
        }
        done = _Done(row, change, Entry("callback_done", heard.text.strip(), data))
        if heard.then == "reopen":
            return _reopened(case, at, done)
        if heard.then == "task":
            return _with_task(case, by, at, done, heard)
        if heard.result == "refused":
            found = done.plan(None)
            found.effects = [*found.effects, plans.void_all(case, at)]
            return found
        more = [Entry("note", heard.reason.strip())] if heard.then == "end" else []
        return done.plan(plans.first_due(case, without=[row.id]), *more)

    return write(case, by, at, plan, key=key)


def add(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    due_at: datetime | None,
    caller: Member | None = None,
    text: str = "",
    key: str | None = None,
) -> Written:
    """One more call, asked for by a person."""
    due = future(due_at, at, "due_at")
    said = text_of(text, "text", limit=400, ask=_("请写下为什么要多回访一次。"))

    def plan(case: Case) -> Plan:
        if case.open:
            raise Refusal(_("办结之后才回访。现在请直接联系客户。"), code="open")
        if caller and caller.organisation_id != case.organisation_id:
            raise Refusal(_("只能请本机构的同事。"), "caller", "outside")
        row = plans.by_hand(case, due, at)
        row.made_by_id, row.caller_id = by.member_id, caller.id if caller else case.owner_id
        data = _facts(row) | {"due": _stamp(due)}
        first = plans.first_due(case, also=[row])
        return Plan([Entry("callback_planned", said, data)], {"callback_at": first}, [row])

    return write(case, by, at, plan, key=key)


def note_clash(
    case: Case, by: Actor, at: datetime, *, text: str, key: str | None = None
) -> Written:
    """There were words between the customer and our staff: the pack's further calls come too."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下和谁、为什么起了冲突。"))

    def plan(case: Case) -> Plan:
        if case.clash:
            raise Refusal(_("已经记下了。"), code="already")
        case.clash = True
        rows = [] if case.open else plans.planned(case, "closed", case.closed_at or at)
        changes: dict[str, Any] = {"clash": True}
        if rows:
            changes["callback_at"] = plans.first_due(case, also=rows)
        return Plan([Entry("clash_noted", said, {"calls": len(rows)})], changes, rows)

    return write(case, by, at, plan, key=key)


def overdue(row: CallBack, at: datetime) -> Written | None:
    """The worker's word that a call is late; None when somebody was quicker."""

    def plan(_case: Case) -> Plan:
        now = row_of(CallBack, id=row.id)
        if now is None or (now.state, now.warned_at) != ("due", None) or now.due_at > at:
            raise Refusal("", code="settled")
        entry = Entry("callback_overdue", data=_facts(row) | {"due": _stamp(row.due_at)})
        return Plan([entry], effects=[changing(CallBack, {"warned_at": at}, id=row.id)])

    try:
        return write(Case.objects.get(id=row.case_id), SYSTEM, at, plan)
    except Refusal:
        return None


def late(at: datetime, most: int = 200) -> Sequence[CallBack]:
    """Calls that are due and of which the timeline does not say yet that they are late."""
    rows = CallBack.objects.filter(state="due", warned_at__isnull=True, due_at__lt=at)
    return list(rows.order_by("due_at")[:most])


@dataclass(frozen=True)
class _Done:
    """A call with its answer, to be joined with what follows."""

    row: CallBack
    change: dict[str, Any]
    entry: Entry

    def plan(self, first: datetime | None, *more: Entry, rows: Sequence[Any] = ()) -> Plan:
        effect = changing(CallBack, self.change, id=self.row.id)
        return Plan([self.entry, *more], {"callback_at": first}, rows, [effect])


def _check(heard: Heard, at: datetime) -> None:
    """Raises Invalid with everything that is missing, each at its field."""
    wrong: dict[str, str] = {}
    if heard.result not in ANSWERS:
        wrong["result"] = _("请选客户怎么说。")
    elif heard.then not in asks_for(heard.result):
        wrong["then"] = _("客户不满意，请选接下来怎么办。")
    if heard.result in ("dissatisfied", "wishes") and not heard.text.strip():
        wrong["text"] = _("请写下客户的原话。")
    if len(heard.text) > MOST_WORDS:
        wrong["text"] = _("最多 %(limit)s 字。") % {"limit": f"{MOST_WORDS:,}"}
    if heard.then == "end" and not heard.reason.strip():
        wrong["reason"] = _("请写明为什么到此为止。")
    if heard.then == "task":
        if heard.department is None:
            wrong["department"] = _("请选择交给哪个部门。")
        try:
            future(heard.due_at, at, "due_at")
        except Invalid as odd:
            wrong |= odd.fields
    if wrong:
        raise Invalid(wrong)


def _reopened(case: Case, at: datetime, done: _Done) -> Plan:
    """The new round stands behind what the customer said. The other calls are void."""
    plan = reopening(case, at, done.entry.text)
    plan.entries = [done.entry, *plan.entries]
    # Void first, then the one that was made: the answer stays.
    plan.effects = [*plan.effects, changing(CallBack, done.change, id=done.row.id)]
    return plan


def _with_task(case: Case, by: Actor, at: datetime, done: _Done, heard: Heard) -> Plan:
    """Work for a department on a case that stays closed; who was not content is called again."""
    to, due_at = heard.department, heard.due_at
    if to is None or due_at is None or to.organisation_id != case.organisation_id or not to.active:
        raise Refusal(_("只能请本机构的部门协办。"), "department", "outside")
    task = Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        department_id=to.id,
        content=done.entry.text,
        asked_by_id=by.member_id,
        asked_at=at,
        due_at=due_at,
    )
    data = {"task": str(task.id), "department": str(to.id), "due": _stamp(due_at)}
    calls = [plans.again(case, due_at)] if heard.result == "dissatisfied" else []
    first = plans.first_due(case, without=[done.row.id], also=calls)
    return done.plan(first, Entry("task_asked", done.entry.text, data), rows=[task, *calls])


def _row(case: Case, row_id: UUID) -> CallBack:
    row = row_of(CallBack, case_id=case.id, id=row_id)
    if row is None:
        raise Refusal(_("找不到这次回访。"), code="missing")
    if row.state != "due":
        raise Refusal(_("这次回访已经有结果了。"), code="ended")
    return row


def _over(by: Actor, at: datetime, result: str) -> dict[str, Any]:
    return {"state": "done", "result": result, "ended_by_id": by.member_id, "ended_at": at}


def _facts(row: CallBack) -> dict[str, Any]:
    return {"callback": str(row.id), "rule": row.rule}


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
