"""Cases that belong together: link, merge, and open both again (IN-8)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tingsu.cases._allowed import allowed_by_pack
from tingsu.cases._clocks import rest_all, wake_all
from tingsu.cases._moves import stepped
from tingsu.cases._rules import main_of, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Link
from tingsu.core.lifecycle import OPEN, Move
from tingsu.people.actor import Actor
from tingsu.people.models import new_id


def link(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    other: Case,
    kind: str = "related",
    reason: str = "",
    key: str | None = None,
) -> Written:
    """Tie two cases together; both timelines say so. kind: related | repeat."""
    _distinct(case, other)

    def plan(case: Case) -> Plan:
        if _links(case, other).exists():
            raise Refusal(_("这两件投诉已经关联。"), "other", "linked")
        return Plan([_entry("linked", other, reason, kind)], rows=[_row(case, other, by, at, kind)])

    written = write(case, by, at, plan, key=key)
    if not written.repeated:
        write(other, by, at, lambda _other: Plan([_entry("linked", case, reason, kind)]))
    return written


def unlink(
    case: Case, by: Actor, at: datetime, *, other: Case, reason: str = "", key: str | None = None
) -> Written:
    """Open a link again. A merge is opened with ``unmerge``."""

    def plan(case: Case) -> Plan:
        rows = _links(case, other).exclude(kind="merged")
        if not rows.exists():
            raise Refusal(_("这两件投诉没有关联。"), "other", "missing")
        return Plan(
            [_entry("unlinked", other, reason)], effects=[lambda: rows.update(undone_at=at)]
        )

    written = write(case, by, at, plan, key=key)
    if not written.repeated:
        write(other, by, at, lambda _other: Plan([_entry("unlinked", case, reason)]))
    return written


def merge(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    into: Case,
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Let the case go on in another one. Its clocks rest; later contacts reach the main case."""
    _distinct(case, into)
    if not into.open:
        raise Refusal(_("主件已经结束，不能并入。请先重新打开主件。"), "other", "ended")

    def plan(case: Case) -> Plan:
        target = stepped(case, Move.MERGE)
        allowed_by_pack(case, Move.MERGE)
        changes = {
            "state_before": case.state,
            "state": target.value,
            "open": False,
            "merged_into_id": into.id,
        }
        entry = _entry("merged", into, reason)
        row = _row(case, into, by, at, "merged")
        retired = _links(case, into)
        return Plan(
            [entry],
            changes,
            effects=[lambda: retired.update(undone_at=at), row.save, rest_all(case.id)],
        )

    written = write(case, by, at, plan, expected=expected, key=key)
    if not written.repeated:
        write(into, by, at, lambda _main: Plan([_entry("merged_here", case, reason)]))
    return written


def unmerge(case: Case, by: Actor, at: datetime, *, reason: str, key: str | None = None) -> Written:
    """Take a merged case out again: it stands where it stood, its clocks run on."""
    said = text_of(reason, "reason", limit=400, ask=_("请写下为什么要拆开。"))
    main_id: list[UUID] = []

    def plan(case: Case) -> Plan:
        target = stepped(case, Move.UNMERGE)
        main = main_of(case)
        main_id[:] = [main.id]
        rows = _links(case, main).filter(kind="merged")
        changes = {
            "state": target.value,
            "open": target in OPEN,
            "state_before": "",
            "merged_into_id": None,
        }
        return Plan(
            [_entry("unmerged", main, said)],
            changes,
            effects=[lambda: rows.update(undone_at=at), wake_all(case.id)],
        )

    written = write(case, by, at, plan, key=key)
    if main_id and not written.repeated:
        main = Case.objects.get(id=main_id[0])
        write(main, by, at, lambda _main: Plan([_entry("unmerged_here", case, said)]))
    return written


def _distinct(case: Case, other: Case) -> None:
    if case.id == other.id:
        raise Refusal(_("不能和自己关联。"), "other", "itself")
    if case.organisation_id != other.organisation_id:
        raise Refusal(_("找不到这件投诉。"), "other", "missing")


def _links(case: Case, other: Case) -> QuerySet[Link]:
    both = Q(case=case, other=other) | Q(case=other, other=case)
    return Link.objects.filter(both, undone_at__isnull=True)


def _row(case: Case, other: Case, by: Actor, at: datetime, kind: str) -> Link:
    return Link(
        id=new_id(), case_id=case.id, other_id=other.id, kind=kind, at=at, made_by_id=by.member_id
    )


def _entry(kind: str, other: Case, reason: str, link_kind: str = "") -> Entry:
    return Entry(kind, reason, {"other": str(other.id), "number": other.number, "as": link_kind})
