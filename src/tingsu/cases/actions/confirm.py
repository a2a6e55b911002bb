"""The customer's word on the result: agrees, objects, rates (HA-15, first part)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._callbacks import planned
from tingsu.cases._ending import check_ended
from tingsu.cases._moves import moving
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._solutions import rated
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move, State
from tingsu.people.actor import Actor


def confirm(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    agreed: bool,
    text: str = "",
    rating: int | None = None,
    key: str | None = None,
) -> Written:
    """Record the answer to "is it settled?". An objection goes back to investigation with its
    words. by: the customer on the follow page, or the member who heard it."""
    said = text_of(text, "text", limit=2_000) if text.strip() else ""
    if rating is not None and not 1 <= rating <= 5:
        raise Invalid({"rating": _("请在 1 到 5 之间评分。")})
    if not agreed and not said:
        raise Invalid({"text": _("请告诉我们哪里还不满意，我们才好接着办。")})

    def plan(case: Case) -> Plan:
        only_open(case)
        if case.state != State.CONFIRMING:
            raise Refusal(_("现在还没有等待确认的处理结果。"), code="not_from_here")
        data = {"rating": rating} if rating else {}
        given: dict[str, Any] = {"rating": rating} if rating else {}
        if agreed:
            entry = Entry("customer_confirmed", said, data, public=True)
            answered = [check_ended(case, "answered")]
            return Plan([entry], {"confirmed_at": at, **given}, effects=answered)
        step = moving(case, Move.INVESTIGATE, at, chosen=False)
        entry = Entry("customer_objected", said, data, public=True)
        return step.plan(entry, step.entry, confirmed_at=None, **given)

    return write(case, by, at, plan, key=key)


def rate(
    case: Case, by: Actor, at: datetime, *, rating: int, text: str = "", key: str | None = None
) -> Written:
    """A rating after the end; the latest one counts."""
    if not 1 <= rating <= 5:
        raise Invalid({"rating": _("请在 1 到 5 之间评分。")})
    said = text_of(text, "text", limit=2_000) if text.strip() else ""

    def plan(case: Case) -> Plan:
        if case.open:
            raise Refusal(_("办结之后才能评分。"), code="open")
        entry = Entry("rated", said, {"rating": rating}, public=True)
        case.rating = rating  # a bad one brings a call-back of its own
        rows = planned(case, "closed", at) if case.state == State.CLOSED else []
        dates = [row.due_at for row in rows] + ([case.callback_at] if case.callback_at else [])
        changes: dict[str, Any] = {"rating": rating}
        if rows:
            changes["callback_at"] = min(dates)
        return Plan([entry], changes, rows, rated(case, rating))

    return write(case, by, at, plan, key=key)
