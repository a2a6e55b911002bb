"""What was agreed or decided, line by line until it is done. Builds rows and effects only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import Effect
from tingsu.cases._ending import time_for
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing, update
from tingsu.cases._write import Entry, Plan
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Calculation, Case, Obligation
from tingsu.cases.remedy_kept import in_words
from tingsu.core.ending import OWERS, Line, known
from tingsu.core.remedy import MOST
from tingsu.core.text import clean_line
from tingsu.people.actor import Actor
from tingsu.people.models import Member, new_id

MOST_LINES = 20
FURTHEST = timedelta(days=731)
OPEN = ("open", "refused")


def lines_from(kept: Sequence[Mapping[str, Any]]) -> list[Line]:
    """What ``to_json`` kept."""
    return [Line(**one) for one in kept]


def lines_of(row: Calculation) -> list[Line]:
    """The lines of a proposal, in the words in which it was put down: what is owed to the
    customer by the rules, and what is given beyond."""
    owed = [one for one in in_words(row.outcome)["lines"] if not one.get("to_pay")]
    found = [
        Line(known(one["gives"]), _told(one), one["amount"] if _yuan(one) else 0) for one in owed
    ]
    gifts = row.outcome.get("gifts", ())
    return found + [Line(known(one["gives"]), one["words"], one["fen"]) for one in gifts]


def checked(case: Case, lines: Sequence[Line], at: datetime, *, field: str = "lines") -> None:
    """Raises Invalid at the field with everything that is wrong, and with which line."""
    wrong = []
    for place, one in enumerate(lines, start=1):
        if problem := _wrong(case, one, at):
            wrong.append(_("第 %(n)s 项：%(what)s") % {"n": place, "what": problem})
    if len(lines) > MOST_LINES:
        wrong.append(_("最多 %(n)s 项，请合并。") % {"n": MOST_LINES})
    if wrong:
        raise Invalid({field: " ".join(wrong)})


def becoming(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    source: str,
    source_id: UUID | None,
    lines: Sequence[Line],
    cost: int = 0,
) -> Plan:
    """The lines are owed from now on: rows, their number on the case, an entry of each."""
    rows = [
        Obligation(
            id=new_id(),
            case_id=case.id,
            organisation_id=case.organisation_id,
            round=case.round,
            source=source,
            source_id=source_id,
            gives=known(one.gives),
            words=one.words[:400],
            owed_by=one.owed_by,
            fen=one.fen,
            cost=cost,
            due_at=_due(case, one, at),
            member_id=UUID(one.member) if one.member else None,
            made_by_id=by.member_id,
            made_at=at,
        )
        for one in lines
    ]
    entries = [Entry("owed", row.words, told(row), public=source != "extra") for row in rows]
    changes: dict[str, Any] = {"ending": True}
    if source != "extra":
        changes["owed_open"] = case.owed_open + len(rows)
    return Plan(entries, changes, list(rows))


def told(row: Obligation) -> dict[str, Any]:
    """What an entry says of a line."""
    return {
        "obligation": str(row.id),
        "source": row.source,
        "gives": row.gives,
        "fen": row.fen,
        "owed_by": row.owed_by,
        "due": row.due_at.isoformat(timespec="seconds"),
    }


def obligation(case: Case, row_id: UUID, *states: str) -> Obligation:
    """One line of the case in one of the states. Raises Refusal."""
    row = row_of(Obligation, id=row_id, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这一项。"), code="missing")
    if row.state not in states:
        raise Refusal(_("这一项已经有结果了，请刷新后再看。"), code="ended")
    return row


def turning(row: Obligation, changes: Mapping[str, Any]) -> Effect:
    """The change of a line; refused when somebody was quicker."""
    state, done = row.state, row.done_fen

    def effect() -> None:
        if not update(Obligation, changes, id=row.id, state=state, done_fen=done):
            raise Refusal(_("这一项已经有结果了，请刷新后再看。"), code="ended")

    return effect


def ended(case: Case, row: Obligation, at: datetime) -> tuple[dict[str, Any], list[Effect], bool]:
    """What follows when a line is done or given up: the number on the case; the proposal that it
    came from, once nothing of it is left; whether that was the last line that was owed."""
    if row.source == "extra":
        return {}, [], False
    left = max(0, case.owed_open - 1)
    effects: list[Callable[[], object]] = []
    if row.source == "proposal" and row.source_id:
        rows = rows_of(Obligation, case_id=case.id, source_id=row.source_id, state=OPEN)
        if {one.id for one in rows} <= {row.id}:
            done = {"state": "done", "done_at": at}
            effects.append(changing(Calculation, done, id=row.source_id, state="agreed"))
    return {"owed_open": left}, effects, left == 0


def _due(case: Case, one: Line, at: datetime) -> datetime:
    chosen = datetime.fromisoformat(one.due) if one.due else None
    if chosen is None or chosen < at:
        return time_for(case, one.gives, at)
    return chosen


def _wrong(case: Case, one: Line, at: datetime) -> str:
    words = clean_line(one.words)
    if not words or len(words) > 400:
        return _("写明做什么，400 字以内。")
    if not 0 <= one.fen <= MOST:
        return _("金额不对，请核对。")
    if one.owed_by not in OWERS:
        return _("请选择由谁履行。")
    if one.due:
        due = datetime.fromisoformat(one.due)
        if not at - timedelta(days=1) <= due <= at + FURTHEST:
            return _("期限请写今天以后、两年以内的日子。")
    if one.member and not _ours(case, one.member):
        return _("请从本机构的成员里选负责的人。")
    return ""


def _ours(case: Case, member: str) -> bool:
    rows = Member.objects.filter(organisation_id=case.organisation_id, active=True)
    return rows.filter(id=UUID(member)).exists()


def _told(one: Mapping[str, Any]) -> str:
    name, shown = str(one["name"]), str(one.get("shown") or "")
    return f"{name} {shown}".strip()


def _yuan(one: Mapping[str, Any]) -> bool:
    return str(one.get("shown") or "").startswith("¥")
