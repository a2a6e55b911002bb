"""协议: draft it, change it, put it up to be signed, take it back, give it up (HA-9).

Once both have signed, ``cases._agreed`` makes what it says owed.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import Effect
from tingsu.cases._documents import kinds, new_draft
from tingsu.cases._owed import checked
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._signing import asked, asked_entry, signings, withdrawing
from tingsu.cases._update import changing, update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Agreement, Calculation, Case, Document, Mediation
from tingsu.core.ending import Line
from tingsu.core.text import clean_line
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

KINDS = ("settlement", "mediation")
LONGEST = 10_000
SIDES = ("complainant", "respondent")


def draft(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kind: str,
    text: str,
    lines: Sequence[Line],
    calculation: UUID | None = None,
    key: str | None = None,
) -> tuple[Written, UUID]:
    """A new agreement, not signed yet. calculation: the proposal that it is made of. Raises
    Invalid at ``text`` or ``lines``, Refusal while another one waits."""
    said = text_of(text, "text", limit=LONGEST, ask=_("请写下协议的内容。"))
    if kind not in KINDS:
        raise Invalid({"kind": _("请选择和解还是调解。")})
    made: list[UUID] = []

    def plan(case: Case) -> Plan:
        only_open(case)
        checked(case, lines, at)
        _may_begin(case, kind)
        row = Agreement(
            id=new_id(),
            case_id=case.id,
            round=case.round,
            kind=kind,
            lines=[one.to_json() for one in lines],
            calculation=_proposal(case, calculation),
            made_by_id=by.me,
            made_at=at,
        )
        row.text = said
        made[:] = [row.id]
        entry = Entry("agreement_drafted", "", {"agreement": str(row.id), "kind": kind})
        return Plan([entry], {"ending": True}, [row])

    written = write(case, by, at, plan, key=key)
    if written.repeated:
        made[:] = [UUID(written.events[0].data["agreement"])]
    return written, made[0]


def change(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    agreement_id: UUID,
    text: str,
    lines: Sequence[Line],
    key: str | None = None,
) -> Written:
    """Another text. One that was put up is taken back first: a signature is for one text."""
    said = text_of(text, "text", limit=LONGEST, ask=_("请写下协议的内容。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        checked(case, lines, at)
        row = _agreement(case, agreement_id, "draft", "signing")
        was = row.state
        row.text = said
        changes = {
            "text_sealed": row.text_sealed,
            "lines": [one.to_json() for one in lines],
            "state": "draft",
        }
        data = {"agreement": str(row.id), "kind": row.kind}
        effects = [
            _turning(row.id, was, changes),
            *withdrawing(signings(row.id), at),
        ]
        return Plan([Entry("agreement_changed", "", data)], effects=effects)

    return write(case, by, at, plan, key=key)


def put_up(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    agreement_id: UUID,
    title: str,
    names: Mapping[str, str],
    key: str | None = None,
) -> Written:
    """Both sides are asked to sign this text; the paper for it is prepared. names: by side."""
    wrong = {
        f"{side}_name": _("请写上签字人的姓名。")
        for side in SIDES
        if not names.get(side, "").strip()
    }
    if wrong:
        raise Invalid(wrong)

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _agreement(case, agreement_id, "draft")
        rows = [
            asked(
                case, by, at,
                about=row.kind, subject=row.id, role=side,
                name=clean_line(names[side]), title=title, text=row.text,
            )
            for side in SIDES
        ]  # fmt: skip
        paper, changes, effects = _paper(case, row, at)
        told = {"agreement": str(row.id), "kind": row.kind, "text_hash": rows[0].text_hash}
        entry = Entry("agreement_put_up", "", told, public=True)
        signing = {"state": "signing", "document_id": paper.id if paper else None}
        effects = [*effects, _turning(row.id, "draft", signing)]
        new = [paper] if paper is not None and "papers" in changes else []
        entries = [entry, *(asked_entry(one) for one in rows)]
        return Plan(entries, changes, [*new, *rows], effects)

    return write(case, by, at, plan, key=key)


def give_up(
    case: Case, by: Actor, at: datetime, *, agreement_id: UUID, reason: str, key: str | None = None
) -> Written:
    """No agreement: the draft is void, and nobody signs it any more."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明原因。"))

    def plan(case: Case) -> Plan:
        row = _agreement(case, agreement_id, "draft", "signing")
        data = {"agreement": str(row.id), "kind": row.kind}
        effects = [
            _turning(row.id, row.state, {"state": "void"}),
            *withdrawing(signings(row.id), at),
        ]
        return Plan([Entry("agreement_void", said, data)], effects=effects)

    return write(case, by, at, plan, key=key)


def _may_begin(case: Case, kind: str) -> None:
    """Raises Refusal before a mediation has begun, and while another agreement waits."""
    if kind == "mediation" and row_of(Mediation, case_id=case.id, state="open") is None:
        raise Refusal(_("还没有开始调解，请先开始调解。"), code="no_mediation")
    if rows_of(Agreement, case_id=case.id, state=("draft", "signing")):
        words = _("已有一份协议还没签完，请先改那一份或作废。")
        raise Refusal(words, code="already")


def _paper(
    case: Case, row: Agreement, at: datetime
) -> tuple[Document | None, dict[str, int], list[Effect]]:
    """The draft of the pack's paper with these terms: the one that waits already, or a new one."""
    kind = kinds(case).get(row.kind)
    if kind is None:
        return None, {}, []
    waiting = row_of(Document, case_id=case.id, kind=kind.id, state="draft")
    if waiting is None:
        made = new_draft(case, kind, at, {"terms": row.text})
        return made, {"papers": case.papers + 1}, []
    typed = {**json.loads(waiting.typed or "{}"), "terms": row.text}
    waiting.typed = json.dumps(typed, ensure_ascii=False)
    filled = {"typed_sealed": waiting.typed_sealed}
    return waiting, {}, [changing(Document, filled, id=waiting.id, state="draft")]


def _proposal(case: Case, calculation: UUID | None) -> UUID | None:
    if calculation is None:
        return None
    row = row_of(Calculation, id=calculation, case_id=case.id, state="proposed")
    return row.id if row else None


def _agreement(case: Case, agreement_id: UUID, *states: str) -> Agreement:
    row = row_of(Agreement, id=agreement_id, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这份协议。"), code="missing")
    if row.state not in states:
        raise Refusal(_("这份协议的状态已经变了，请刷新后再看。"), code="ended")
    return row


def _turning(agreement_id: UUID, was: str, changes: Mapping[str, object]) -> Effect:
    def effect() -> None:
        if not update(Agreement, changes, id=agreement_id, state=was):
            raise Refusal(_("这份协议的状态已经变了，请刷新后再看。"), code="ended")

    return effect
