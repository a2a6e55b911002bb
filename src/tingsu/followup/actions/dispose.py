"""Files whose term is over: proposed by one, approved by another, taken away by the worker (CL-2).

Writes Disposal rows; what is left of a case is decided by ``cases.actions.archive``.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import ArchiveEntry, Attachment, Case
from tingsu.core.text import clean
from tingsu.followup import _remains
from tingsu.followup.models import Disposal, DisposalItem
from tingsu.people.actor import SYSTEM, Actor
from tingsu.people.models import new_id

MOST = 500  # files of one proposal: a person reads the list before they sign it
LIMIT = 2_000
AT_ONCE = 20  # files between two looks of the worker at other work


def propose(entries: Sequence[ArchiveEntry], by: Actor, at: datetime, *, reason: str) -> Disposal:
    """Put files up for disposal. entries: lines of the register in the reach of who proposes.

    Raises Refusal where a term is not over, a file is held, or another proposal has it.
    """
    said = clean(reason).strip()
    if not entries:
        raise Invalid({"entry": _("请选择要销毁的案卷。")})
    if not said or len(said) > LIMIT:
        raise Invalid({"reason": _("请写明依据和核对情况，2,000 字以内。")})
    if len(entries) > MOST:
        raise Invalid({"entry": _("一次最多 500 件，请分批。")})
    today = localdate(at)
    for one in entries:
        if one.state != "kept" or one.held_at or not one.keep_until or one.keep_until >= today:
            words = _("%(number)s 还不能销毁：没到期，或暂缓销毁。")
            raise Refusal(words % {"number": one.number}, "entry", "not_due")
    with transaction.atomic():
        taken = _taken([one.case_id for one in entries])
        if taken:
            words = _("%(numbers)s 已在另一份销毁清单里。")
            raise Refusal(words % {"numbers": _("、").join(taken)}, "entry", "taken")
        row = Disposal.objects.create(
            organisation_id=entries[0].organisation_id, reason=said, proposed_by_id=by.me,
            proposed_at=at, total=len(entries),
        )  # fmt: skip
        DisposalItem.objects.bulk_create([_item(row, one) for one in entries])
    return row


def decide(row: Disposal, by: Actor, at: datetime, *, approved: bool, note: str = "") -> Disposal:
    """The second person: approved files go with the next look of the worker. Raises Refusal for
    the one who proposed."""
    said = clean(note).strip()
    if row.proposed_by_id == by.me:
        raise Refusal(_("提出和批准要两个人：请另一位来批。"), code="two_persons")
    if not approved and not said:
        raise Invalid({"note": _("退回请写明为什么。")})
    change: dict[str, Any] = {
        "state": "approved" if approved else "refused", "decided_by_id": by.me, "decided_at": at,
        "note": said[:LIMIT],
    }  # fmt: skip
    if not approved:
        change["ended_at"] = at
    if not Disposal.objects.filter(id=row.id, state="proposed").update(**change):
        raise Refusal(_("这份清单已经有结果了。"), code="ended")
    row.refresh_from_db()
    return row


def sweep(at: datetime) -> bool:
    """Take away what was approved, file by file: a killed worker goes on where it was."""
    row = Disposal.objects.filter(state="approved").order_by("id").first()
    if row is None:
        return False
    for item in row.items.filter(done_at__isnull=True).order_by("id")[:AT_ONCE]:
        dispose(item, at)
    left = row.items.filter(done_at__isnull=True).exists()
    done: dict[str, Any] = {"done": row.items.filter(done_at__isnull=False, kept="").count()}
    if not left:
        done |= {"state": "done", "ended_at": at}
        _remains.forget_learned(row.organisation_id, at)
    Disposal.objects.filter(id=row.id).update(**done)
    return True


def dispose(item: DisposalItem, at: datetime) -> None:
    """One file: the case and what was merged into it, its mails, the person behind it where no
    other case names them. What stands in the way now leaves it alone, with the reason."""
    kept = ""
    try:
        with transaction.atomic():
            _remains.leave_only_figures(item.case, SYSTEM, at, "disposal", str(item.disposal_id))
    except Refusal as refusal:
        kept = refusal.words[:200]
    DisposalItem.objects.filter(id=item.id).update(done_at=at, kept=kept)


def _taken(case_ids: Collection[UUID]) -> list[str]:
    rows = DisposalItem.objects.filter(
        case_id__in=case_ids, disposal__state__in=("proposed", "approved")
    )
    return list(rows.values_list("number", flat=True))


def _item(row: Disposal, entry: ArchiveEntry) -> DisposalItem:
    case = Case.objects.get(id=entry.case_id)
    return DisposalItem(
        id=new_id(),
        disposal=row,
        case=case,
        number=entry.number,
        closed_at=entry.closed_at,
        keep_until=entry.keep_until or entry.closed_at.date(),
        place=entry.place,
        entries=case.version,
        files=Attachment.objects.filter(case=case).count(),
        chain=bytes(case.head_hash).hex(),
    )
