"""审批: ask for a signature, sign, return with a reason, withdraw (CL-1, HA-18).

Signing carries the planned step out in the same transaction, with the signer as the one who acts:
the clock is met on the day of the signature.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tingsu.cases._approvals import carry_out, due, required
from tingsu.cases._conflict import keep_away
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Change, Demand, Planned, Refusal, Stale
from tingsu.cases.models import Approval, Case, Event, Signature
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import new_id
from tingsu.people.permission import Can

# What makes a request a different one: the case stands elsewhere, or says something else.
MOVES_ON = frozenset(
    "moved closed reopened merged merged_here unmerged facts_changed customer_added"
    " customer_confirmed customer_objected withdrawn".split()
)


def ask(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    planned: Planned,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Put a step before the one who signs. Raises Refusal when nothing is to be signed, or when
    the same is waiting already."""

    def plan(case: Case) -> Plan:
        only_open(case)
        demand = required(case, planned.kind, planned.subject, by, amount=planned.amount)
        if demand is None:
            raise Refusal(_("这一步不需要审批，可以直接做。"), code="not_needed")
        row = _row(case, by, at, planned, demand)
        said = str(planned.told.get("reason", ""))
        entry = Entry("approval_asked", said, _about(row) | {"due": _stamp(row.due_at)})
        return Plan([entry], {"approvals_waiting": case.approvals_waiting + 1}, [row])

    try:
        return write(case, by, at, plan, expected=expected, key=key)
    except IntegrityError as twice:
        words = _("同样的审批已经提请，正在等签批。")
        raise Refusal(words, code="already_asked") from twice


def approve(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    approval_id: UUID,
    text: str = "",
    in_place_of: UUID | None = None,
    key: str | None = None,
) -> Written:
    """Sign. The last signature carries the step out; an earlier one hands it to the next role.

    in_place_of: the absent member for whom a deputy signs. Raises Stale with what changed when
    the case moved on since it was asked, Refusal for the one who asked or has signed.
    """
    said = clean(text).strip()

    def plan(case: Case) -> Plan:
        row = _waiting(case, approval_id)
        _another_hand(row, by)
        keep_away(case, by, right=Can.APPROVE, role=row.role)
        _check_fresh(case, row)
        signature = _signature(row, by, at, in_place_of, approved=said)
        entry = Entry("approved", said, _about(row) | _stands(in_place_of))
        later = row.stages[row.stages.index(row.role) + 1 :]
        if later:
            changes = {"role": later[0], "due_at": at + (row.due_at - row.asked_at)}
            return Plan([entry], rows=[signature], effects=[_turn(row, **changes)])
        changed = {"approvals_waiting": max(0, case.approvals_waiting - 1)}
        return Plan([entry], changed, [signature], [_turn(row, state="approved", ended_at=at)])

    with transaction.atomic():
        written = write(case, by, at, plan, key=key)
        row = Approval.objects.get(id=approval_id)
        if written.repeated or row.state != "approved":
            return written
        done = carry_out(written.case, by, at, row)
        return Written(done.case, [*written.events, *done.events])


def send_back(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    approval_id: UUID,
    reason: str,
    in_place_of: UUID | None = None,
    key: str | None = None,
) -> Written:
    """Not like this: back to the one who asked, with the reason."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么退回、要怎么改。"))

    def plan(case: Case) -> Plan:
        row = _waiting(case, approval_id)
        _another_hand(row, by)
        keep_away(case, by, right=Can.APPROVE, role=row.role)
        signature = _signature(row, by, at, in_place_of, returned=said)
        entry = Entry("approval_returned", said, _about(row) | _stands(in_place_of))
        changed = {"approvals_waiting": max(0, case.approvals_waiting - 1)}
        return Plan([entry], changed, [signature], [_turn(row, state="returned", ended_at=at)])

    return write(case, by, at, plan, key=key)


def withdraw(
    case: Case, by: Actor, at: datetime, *, approval_id: UUID, key: str | None = None
) -> Written:
    """No longer asked: by the one who asked, or the owner of the case."""

    def plan(case: Case) -> Plan:
        row = _waiting(case, approval_id)
        if by.member_id not in (row.asked_by_id, case.owner_id):
            raise Refusal(_("只有提请的人或承办人可以撤回。"), code="not_yours")
        entry = Entry("approval_withdrawn", data=_about(row))
        changed = {"approvals_waiting": max(0, case.approvals_waiting - 1)}
        return Plan([entry], changed, effects=[_turn(row, state="withdrawn", ended_at=at)])

    return write(case, by, at, plan, key=key)


def _row(case: Case, by: Actor, at: datetime, planned: Planned, demand: Demand) -> Approval:
    return Approval(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        kind=planned.kind,
        subject=planned.subject,
        step=planned.step,
        told=dict(planned.told),
        amount=planned.amount,
        stages=list(demand.stages),
        role=demand.stages[0],
        version=case.version,
        asked_by_id=by.me,
        asked_at=at,
        due_at=due(case, demand, at),
    )


def _waiting(case: Case, approval_id: UUID) -> Approval:
    row = Approval.objects.filter(case_id=case.id, id=approval_id).first()
    if row is None:
        raise Refusal(_("找不到这条审批。"), code="missing")
    if row.state != "waiting":
        raise Refusal(_("这条审批已经有结果了，请刷新后再看。"), code="ended")
    return row


def _another_hand(row: Approval, by: Actor) -> None:
    """Who asked does not sign, and nobody signs twice."""
    if row.asked_by_id == by.me:
        raise Refusal(_("自己提请的，要由另一位来签。"), code="same_person")
    if Signature.objects.filter(approval=row, member_id=by.me).exists():
        raise Refusal(_("您已经签过了，下一道要由另一位来签。"), code="same_person")


def _check_fresh(case: Case, row: Approval) -> None:
    since = Event.objects.filter(case_id=case.id, seq__gt=row.version, kind__in=MOVES_ON)
    changes = [
        Change(event.at, event.kind, event.member.name if event.member else "", event.text[:200])
        for event in since.select_related("member").order_by("seq")
    ]
    if changes:
        words = _("提请以后情况有了变化，不能照原来的批。请退回，让承办人看过再提请。")
        raise Stale(words, changes)


def _signature(
    row: Approval, by: Actor, at: datetime, in_place_of: UUID | None, **said: str
) -> Signature:
    ((result, text),) = said.items()
    return Signature(
        id=new_id(),
        approval_id=row.id,
        member_id=by.me,
        in_place_of_id=in_place_of,
        role=row.role,
        result=result,
        text=text,
        at=at,
    )


def _turn(row: Approval, **changes: object) -> Callable[[], None]:
    """Compare-and-set: of two signers at once, one wins and the other is told."""

    def effect() -> None:
        if not update(Approval, changes, id=row.id, state="waiting", role=row.role):
            raise Refusal(_("这条审批已经有结果了，请刷新后再看。"), code="ended")

    return effect


def _about(row: Approval) -> dict[str, str]:
    return {"approval": str(row.id), "kind": row.kind, "step": row.step, "role": row.role}


def _stands(in_place_of: UUID | None) -> dict[str, str]:
    return {"in_place_of": str(in_place_of)} if in_place_of else {}


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
