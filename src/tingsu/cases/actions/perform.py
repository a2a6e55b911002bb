"""履行: what was agreed or decided is done, in part or whole, with proof; or refused, put off,
given up (HA-8, HA-9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import happening
from tingsu.cases._ending import ground_of
from tingsu.cases._filed import attachment, keep, lying
from tingsu.cases._files import Given
from tingsu.cases._owed import (
    ended,
    obligation,
    told,
    turning,
)
from tingsu.cases._rules import future, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Obligation, Performance
from tingsu.core.ending import Proof, finished, proof_missing, proof_of
from tingsu.core.remedy import MOST
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor
from tingsu.people.models import Member, new_id


@dataclass(frozen=True)
class Doing:
    """What was done, as it was told. ``last``: nothing of it is left."""

    at: datetime | None = None
    fen: int = 0
    reference: str = ""
    who: str = ""
    how: str = ""
    file: Given | None = None
    file_id: UUID | None = None  # in its place: one that the case has already
    last: bool = True


def perform(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    obligation_id: UUID,
    doing: Doing,
    key: str | None = None,
) -> Written:
    """It was done, in part or whole, with what proves it. Raises Invalid at the fields.

    Money is done once all of it is paid; the rest when ``last`` says so. The last line of all
    meets the clocks that wait for a remedy.
    """
    when = doing.at or at
    if when > at:
        raise Invalid({"done_at": _("还没有做的不能记，请改成已经过去的时间。")})
    kept = keep(doing.file) if doing.file else None

    def plan(case: Case) -> Plan:
        row = obligation(case, obligation_id, "open", "refused")
        _prove(case, row, doing)
        done = row.done_fen + doing.fen
        over = finished(row.gives, row.fen, done, last=doing.last)
        data = told(row) | {"paid": doing.fen, "left": max(0, row.fen - done), "whole": over}
        kind = "performed" if over else "performed_part"
        entry = Entry(kind, row.words, data, public=True, at=when)
        files = [attachment(case, entry, kept, by, at)] if kept else []
        performance = _performance(row, doing, by, when, at)
        performance.file_id = files[0].id if files else doing.file_id
        rows = [*files, performance]
        changes: dict[str, Any] = {"done_fen": done, "state": "open"}
        if not over:
            return Plan([entry], rows=rows, effects=[turning(row, changes)])
        changes |= {"state": "done", "ended_at": when}
        counted, effects, last = ended(case, row, at)
        clocks, met = happening(case, "remedy_done", when) if last else ([], [])
        return Plan([entry], counted, [*rows, *clocks], [turning(row, changes), *effects, *met])

    return write(case, by, at, plan, key=key)


def refuse(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    obligation_id: UUID,
    reason: str,
    ground: str = "",
    key: str | None = None,
) -> Written:
    """Whoever owes it will not do it. The line stays open: it is enforced, talked over again, or
    given up by the customer."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明对方怎么说、我们怎么办。"))

    def plan(case: Case) -> Plan:
        row = obligation(case, obligation_id, "open")
        if ground and ground_of(case, "refuse_to_perform", ground) is None:
            raise Invalid({"ground": _("请从列出的选项中选择。")})
        data = told(row) | ({"ground": ground} if ground else {})
        entry = Entry("performance_refused", said, data)
        planned = {"planned_at": at} if case.open else {}
        return Plan([entry], planned, effects=[turning(row, {"state": "refused"})])

    return write(case, by, at, plan, key=key)


def waive(
    case: Case, by: Actor, at: datetime, *, obligation_id: UUID, reason: str, key: str | None = None
) -> Written:
    """It need not be done any more: the customer gave it up, or had it another way."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么不用再履行，客户怎么说的。"))

    def plan(case: Case) -> Plan:
        row = obligation(case, obligation_id, "open", "refused")
        counted, effects, _last = ended(case, row, at)
        entry = Entry("owed_waived", said, told(row), public=row.source != "extra")
        over = {"state": "waived", "ended_at": at}
        return Plan([entry], counted, effects=[turning(row, over), *effects])

    return write(case, by, at, plan, key=key)


def change(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    obligation_id: UUID,
    due_at: datetime | None,
    member: UUID | None,
    reason: str,
    key: str | None = None,
) -> Written:
    """Another day or another person. One that was refused is open again."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明为什么改。"))

    def plan(case: Case) -> Plan:
        row = obligation(case, obligation_id, "open", "refused")
        due = future(due_at, at, "due_at")
        if member and not _ours(case, member):
            raise Invalid({"member": _("请从本机构的成员里选负责的人。")})
        data = told(row) | {"was": row.due_at.isoformat(timespec="seconds")}
        data["due"] = due.isoformat(timespec="seconds")
        changes = {"due_at": due, "member_id": member, "state": "open", "told_at": None}
        entry = Entry("owed_changed", said, data)
        return Plan([entry], effects=[turning(row, changes)])

    return write(case, by, at, plan, key=key)


def _prove(case: Case, row: Obligation, doing: Doing) -> None:
    """Raises Invalid at the fields without which it is not proved."""
    if doing.file_id:
        lying(case, doing.file_id)
    filed = bool(doing.file or doing.file_id)
    proof = Proof(doing.fen, doing.reference.strip(), doing.who.strip(), doing.how.strip(), filed)
    words = {
        "fen": _("请写明付了多少。"),
        "reference": _("请写付款凭证号，或上传凭证。"),
        "who": _("请写明由谁说的、谁去的。"),
        "how": _("请写明怎么做的：时间、地点、方式。"),
    }
    wrong = {name: words[name] for name in proof_missing(row.gives, row.fen, proof)}
    if not 0 <= doing.fen <= MOST:
        wrong["fen"] = _("金额不对，请核对。")
    elif proof_of(row.gives) == "payment" and row.fen and doing.fen > row.fen - row.done_fen:
        wrong["fen"] = _("比还欠的多，请核对。")
    if wrong:
        raise Invalid(wrong)


def _performance(
    row: Obligation, doing: Doing, by: Actor, when: datetime, at: datetime
) -> Performance:
    made = Performance(
        id=new_id(),
        obligation_id=row.id,
        at=when,
        fen=doing.fen,
        how=clean(doing.how).strip()[:400],
        made_by_id=by.me,
        made_at=at,
    )
    made.reference = clean_line(doing.reference)[:120]
    made.who = clean_line(doing.who)[:120]
    return made


def _ours(case: Case, member: UUID) -> bool:
    rows = Member.objects.filter(organisation_id=case.organisation_id, active=True)
    return rows.filter(id=member).exists()
