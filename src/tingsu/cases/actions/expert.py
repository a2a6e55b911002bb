"""鉴定、检测: ordered, which stops the clocks that may stop for it; the result lets them run on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._filed import hung, keep_all
from tingsu.cases._files import Given
from tingsu.cases._inquiry import made, may_look_into, row, stamp, turned_to, turning
from tingsu.cases._pauses import allows, pausing, resuming
from tingsu.cases._read import rows_of
from tingsu.cases._rules import future, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Clock, Expert
from tingsu.people.actor import Actor

KINDS = {"test": "testing", "appraisal": "testing", "expert": ""}
"""What may be ordered -> the cause for which the packs' clocks may pause; an opinion stops none."""


def order(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kind: str,
    body: str,
    question: str,
    due_at: datetime | None = None,
    pause: bool = True,
    key: str | None = None,
) -> Written:
    """Ask a laboratory, an appraiser, an expert. pause: stop the clocks whose source allows it."""
    if kind not in KINDS:
        raise Invalid({"kind": _("请选择种类。")})
    name = text_of(body, "body", limit=120, ask=_("请写明请哪家机构或哪位专家。"))
    said = text_of(question, "question", limit=2_000, ask=_("请写明要弄清什么。"))
    due = future(due_at, at, "due_at") if due_at else None

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        stopped, waiting = _stoppable(case, KINDS[kind]) if pause else ([], [])
        one = made(
            Expert, case, by, at,
            kind=kind, body=name, question=said, due_at=due,
            paused=[str(c.id) for c in (*stopped, *waiting)],
        )  # fmt: skip
        data = {"expert": str(one.id), "of": kind, "unit": name, "due": stamp(due),
                "clocks": [clock.rule for clock in stopped]}  # fmt: skip
        pauses = [pausing(clock, at, KINDS[kind]) for clock in stopped]
        entries = [Entry("expert_ordered", said, data), *(entry for entry, _effect in pauses)]
        effects = [effect for _entry, effect in pauses]
        return Plan(entries, turned_to(case, at, due), [one], effects)

    return write(case, by, at, plan, key=key)


def result(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    expert_id: UUID,
    text: str,
    withdrawn: bool = False,
    files: Sequence[Given] = (),
    key: str | None = None,
) -> Written:
    """What came back, or why nothing will; the clocks that waited for it run on."""
    said = text_of(text, "text", ask=_("请写明结论，或为什么不做了。"))
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        one = row(Expert, case, expert_id)
        entry = Entry(
            "expert_result", said, {"expert": str(one.id), "unit": one.body, "dropped": withdrawn}
        )
        attached = hung(case, entry, kept, by, at)
        changes: dict[str, Any] = {
            "state": "withdrawn" if withdrawn else "resulted", "result": said, "ended_at": at,
        }  # fmt: skip
        if attached:
            changes["file_id"] = attached[0].id
        runs = [resuming(case, clock, at) for clock in _waiting(case, one)]
        entries = [entry, *(told for told, _effect in runs)]
        effects = [turning(Expert, one.id, "ordered", **changes), *(e for _told, e in runs)]
        return Plan(entries, turned_to(case, at), attached, effects)

    return write(case, by, at, plan, key=key)


def _stoppable(case: Case, cause: str) -> tuple[list[Clock], list[Clock]]:
    """The clocks that stop now, and those that another test has stopped already."""
    if not cause:
        return [], []
    rows = rows_of(Clock, case_id=case.id, state=("running", "paused"))
    running = [one for one in rows if one.state == "running" and allows(one, cause)]
    return running, [one for one in rows if one.state == "paused" and one.pause_cause == cause]


def _waiting(case: Case, one: Expert) -> list[Clock]:
    """The clocks that it stopped, but for those that another one still waits for too."""
    if not one.paused:
        return []
    others = rows_of(Expert, case_id=case.id, state="ordered")
    kept = {clock for other in others if other.id != one.id for clock in other.paused}
    rows = rows_of(Clock, case_id=case.id, state="paused")
    return [clock for clock in rows if str(clock.id) in set(one.paused) - kept]
