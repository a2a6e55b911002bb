"""Ask the customer again whether the result is right, and what follows silence (HA-15).

The worker finds the rows whose time has passed; what then may be done the pack says.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases._clocks import spoken_with
from tingsu.cases._ending import asked_so_far, check_asked, no_answer
from tingsu.cases._letters import letter_row
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, CheckAsked
from tingsu.core.ending import silent
from tingsu.core.lifecycle import State
from tingsu.people.actor import SYSTEM, Actor

MOST = 200  # rows per look, so that a sweep never holds the loop for long


def ask_again(
    case: Case, by: Actor, at: datetime, *, text: str = "", key: str | None = None
) -> Written:
    """A friendly reminder, by the way that the customer chose; the wait begins anew."""

    def plan(case: Case) -> Plan:
        if case.state != State.CONFIRMING or case.confirmed_at:
            raise Refusal(_("现在没有在等客户确认。"), code="not_from_here")
        before = asked_so_far(case)
        ids = tuple(one.id for one in before if one.state == "waiting")
        over = [changing(CheckAsked, {"state": "silent"}, id=ids)] if ids else []
        with override(case.language):
            subject = _("请您看看处理结果：%(number)s") % {"number": case.number}
            body = text.strip() or _(
                "关于您投诉的事，处理结果已经告诉您，我们还没有收到您的意见。"
                "满意或不满意，都请在查询页上告诉我们一声；有不清楚的，请联系我们。"
            )
        entry = Entry("result_asked_again", body, {"times": len(before) + 1}, public=True)
        letter = letter_row(
            case, case.party,
            kind="notice", subject=subject, body=body, event_id=entry.id, send_after=at,
        )  # fmt: skip
        return Plan([entry], spoken_with(case, at), [letter, *check_asked(case, at)], over)

    return write(case, by, at, plan, key=key)


def due(at: datetime) -> list[CheckAsked]:
    """Those whose time has passed without an answer."""
    rows = CheckAsked.objects.filter(state="waiting", until__lt=at)
    return list(rows.order_by("until")[:MOST])


def no_word(row: CheckAsked, at: datetime) -> bool:
    """Write down that the customer did not answer, and put the case on the desk; whether the pack
    closes it by itself now. Nothing else ever closes by itself."""
    case = rows_of(Case, id=row.case_id)[0]
    closes: list[bool] = []

    def plan(case: Case) -> Plan:
        closes.clear()
        if row_of(CheckAsked, id=row.id, state="waiting") is None:
            raise _Answered
        turned = changing(CheckAsked, {"state": "silent"}, id=row.id, state="waiting")
        if case.state != State.CONFIRMING or case.confirmed_at or row.round != case.round:
            return Plan([], effects=[changing(CheckAsked, {"state": "void"}, id=row.id)])
        rule = no_answer(case)
        rows = asked_so_far(case)
        enough = (
            bool(rule) and silent([one.until for one in rows], rule.asks, at) if rule else False
        )
        closes.append(bool(rule and enough and rule.closes))
        data = {"times": len(rows), "enough": enough}
        entry = Entry("customer_silent", "", data)
        return Plan([entry], {"planned_at": at}, effects=[turned])

    try:
        write(case, SYSTEM, at, plan)
    except _Answered:
        return False
    return bool(closes and closes[0])


class _Answered(Exception):
    """Somebody was quicker."""
