"""The file is put away, its place noted, its disposal held; and at last it is anonymised (CL-2,
PL-2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._archive import entry_for, kept, taken_out
from tingsu.cases._moves import moving
from tingsu.cases._read import row_of
from tingsu.cases._rules import text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.erasing import changes, erase
from tingsu.cases.errors import Refusal
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.core.lifecycle import Move
from tingsu.core.text import clean
from tingsu.people.actor import Actor

PLACE = 120


def archive(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    reason: str = "",
    place: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Put the file away; the register says until when it is kept. place: of the paper file."""
    said = clean(reason).strip()
    where = text_of(place, "place", limit=PLACE) if place.strip() else ""

    def plan(case: Case) -> Plan:
        step = moving(case, Move.ARCHIVE, at, said)
        row = entry_for(case, by, at, where)
        if row.keep_until:
            step.entry.data["keep_until"] = row.keep_until.isoformat()
        return step.plan(rows=[row], outcome=case.outcome or Move.ARCHIVE.value,
                         closed_at=row.closed_at)  # fmt: skip

    return write(case, by, at, plan, expected=expected, key=key)


def set_place(
    case: Case, by: Actor, at: datetime, *, place: str, key: str | None = None
) -> Written:
    """Where the paper file lies now."""
    where = text_of(place, "place", limit=PLACE, ask=_("请写明纸质案卷放在哪里。"))

    def plan(case: Case) -> Plan:
        row = kept(case)
        effect = changing(ArchiveEntry, {"place": where}, id=row.id)
        return Plan([Entry("place_set", where)], effects=[effect])

    return write(case, by, at, plan, key=key)


def hold(case: Case, by: Actor, at: datetime, *, reason: str, key: str | None = None) -> Written:
    """A law suit, an audit, a pending question: the file must not be disposed of."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明为什么暂缓销毁。"))

    def plan(case: Case) -> Plan:
        row = kept(case)
        if row.held_at:
            raise Refusal(_("已经暂缓销毁了。"), code="already")
        change = {"hold": said, "held_by_id": by.member_id, "held_at": at}
        return Plan([Entry("hold_set", said)], effects=[changing(ArchiveEntry, change, id=row.id)])

    return write(case, by, at, plan, key=key)


def lift(case: Case, by: Actor, at: datetime, *, reason: str, key: str | None = None) -> Written:
    """The reason is gone: the term of the register holds again."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明为什么可以解除。"))

    def plan(case: Case) -> Plan:
        row = kept(case)
        if not row.held_at:
            raise Refusal(_("没有暂缓销毁。"), code="missing")
        change = {"hold": "", "held_by_id": None, "held_at": None}
        effect = changing(ArchiveEntry, change, id=row.id)
        return Plan([Entry("hold_lifted", said)], effects=[effect])

    return write(case, by, at, plan, key=key)


def anonymise(
    case: Case, by: Actor, at: datetime, *, ground: str, reference: str, key: str | None = None
) -> Written:
    """Only what figures need is left. ground: disposal | request; reference: the record of who
    decided it. Raises Refusal for an open case and for one that is held."""

    def plan(case: Case) -> Plan:
        if case.open:
            raise Refusal(_("这件投诉还在办理，不能销毁。"), code="open")
        row = row_of(ArchiveEntry, case_id=case.id, state="kept")
        if row and row.held_at:
            raise Refusal(_("这件投诉暂缓销毁：%(why)s") % {"why": row.hold}, code="held")
        entry = Entry("anonymised", data={"ground": ground, "reference": reference})
        gone = taken_out(case, at, "disposed")
        return Plan([entry], changes(case, at), effects=[gone, lambda: erase(case, at)])

    return write(case, by, at, plan, key=key)
