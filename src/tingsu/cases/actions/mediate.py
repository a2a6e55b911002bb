"""调解: begin, write down each session, end it where no agreement is reached (HA-9).

Where it succeeds, the agreement is drafted and signed (``agree``); the last signature ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._clocks import happening
from tingsu.cases._documents import proposed
from tingsu.cases._ending import book_of, ground_of
from tingsu.cases._moves import moving
from tingsu.cases._read import row_of
from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._signing import joined
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Mediation, MediationSession
from tingsu.core.ending import RESULTS
from tingsu.core.lifecycle import Move, State
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

WAYS = ("face", "phone", "video")
MOVES = {"decide": Move.DECIDE, "investigate": Move.INVESTIGATE}


@dataclass(frozen=True)
class Session:
    """One meeting as it was told."""

    at: datetime
    way: str
    mediators: str
    attended: str
    result: str
    place: str = ""
    complainant_said: str = ""
    respondent_said: str = ""
    note: str = ""
    next_at: datetime | None = None


def begin(case: Case, by: Actor, at: datetime, *, text: str, key: str | None = None) -> Written:
    """Both want it: from now on we sit between them. text: that both agreed to it, and how."""
    said = text_of(text, "text", limit=2_000, ask=_("请写明双方怎样同意调解的。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        if row_of(Mediation, case_id=case.id, state="open") is not None:
            raise Refusal(_("调解已经开始，请记下每一场。"), code="already")
        row = Mediation(
            id=new_id(), case_id=case.id, round=case.round, opened_by_id=by.member_id, opened_at=at
        )
        entry = Entry("mediation_begun", said, {"mediation": str(row.id)}, public=True)
        made = Plan([entry], {"ending": True}, [row])
        if case.state == State.MEDIATING:
            return made
        return joined(made, moving(case, Move.MEDIATE, at, said).plan())

    return write(case, by, at, plan, key=key)


def session(
    case: Case, by: Actor, at: datetime, *, told: Session, key: str | None = None
) -> Written:
    """Write down one meeting. Raises Invalid at its fields. One that goes on names the next day,
    which is the case's next date."""
    _check(told, at)

    def plan(case: Case) -> Plan:
        only_open(case)
        mediation = _open(case)
        row = MediationSession(
            id=new_id(), mediation_id=mediation.id, at=told.at, way=told.way,
            place=clean(told.place).strip()[:200], mediators=clean(told.mediators).strip()[:200],
            complainant_said=clean(told.complainant_said).strip(),
            respondent_said=clean(told.respondent_said).strip(),
            result=told.result, note=clean(told.note).strip(),
            next_at=told.next_at, made_by_id=by.me, made_at=at,
        )  # fmt: skip
        row.attended = clean(told.attended).strip()[:400]
        data: dict[str, Any] = {
            "mediation": str(mediation.id),
            "session": str(row.id),
            "result": told.result,
            "way": told.way,
        }
        if told.next_at:
            data["due"] = told.next_at.isoformat(timespec="seconds")
        entry = Entry("mediation_session", row.note, data, at=told.at)
        planned = told.next_at if told.next_at else at
        return Plan([entry], {"planned_at": planned}, [row])

    return write(case, by, at, plan, key=key)


def fail(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    reason: str,
    next_step: str,
    ground: str = "",
    key: str | None = None,
) -> Written:
    """No agreement: mediation ends, and what comes next (core.ending.NEXT, as the pack allows).
    The clocks of the end of a mediation are met and started, its papers are prepared."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么调解不成。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        mediation = _open(case)
        _allowed(case, next_step, ground)
        found = ground_of(case, "end_mediation", ground)
        basis = {"basis": found.source} if found else {}
        data = {"mediation": str(mediation.id), "next": next_step}
        data |= {"ground": ground} if ground else {}
        entry = Entry("mediation_failed", said, data, public=True)
        rows, effects = happening(case, "mediation_ended", at)
        papers = proposed(case, "mediation_ended", at, said, basis)
        entry.data |= papers.data
        over = {"state": "failed", "ended_at": at, "next_step": next_step}
        ended = changing(Mediation, over, id=mediation.id, state="open")
        made = Plan([entry], papers.changes, [*rows, *papers.rows], [*effects, ended])
        if next_step in MOVES:
            return joined(made, moving(case, MOVES[next_step], at, said).plan())
        made.changes["planned_at"] = at
        return made

    return write(case, by, at, plan, key=key)


def _open(case: Case) -> Mediation:
    row = row_of(Mediation, case_id=case.id, state="open")
    if row is None:
        raise Refusal(_("还没有开始调解。"), code="no_mediation")
    return row


def _allowed(case: Case, next_step: str, ground: str) -> None:
    book, on = book_of(case)
    wrong = {}
    if next_step not in book.after_mediation(on):
        wrong["next_step"] = _("请选择接下来怎么办。")
    if ground and ground_of(case, "end_mediation", ground) is None:
        wrong["ground"] = _("请从列出的选项中选择。")
    if wrong:
        raise Invalid(wrong)


def _check(told: Session, at: datetime) -> None:
    wrong = {}
    if told.at > at:
        wrong["at"] = _("还没有开的调解不能记，请改成已经过去的时间。")
    if told.way not in WAYS:
        wrong["way"] = _("请选择怎样进行的。")
    if not told.mediators.strip():
        wrong["mediators"] = _("请写明谁主持。")
    if not told.attended.strip():
        wrong["attended"] = _("请写明双方谁到场。")
    if told.result not in RESULTS:
        wrong["result"] = _("请选择这一场的结果。")
    if told.result == "continue":
        try:
            future(told.next_at, at, "next_at")
        except Invalid as odd:
            wrong |= odd.fields
    elif told.next_at is not None and told.next_at < at - timedelta(minutes=5):
        wrong["next_at"] = _("这个时间已经过去，请改成将来的时间。")
    if wrong:
        raise Invalid(wrong)
