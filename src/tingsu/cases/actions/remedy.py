"""Propose a remedy, and carry it out (HA-8). What is owed is worked out; what is given beyond it
stays within the authority of whoever proposes it, or is put up for signature."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import happening
from tingsu.cases._guided import mood_first
from tingsu.cases._read import row_of
from tingsu.cases._remedies import (
    check,
    columns,
    facts,
    given_before,
    in_short,
    proposal,
    replacing,
)
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Calculation, Case
from tingsu.cases.remedies import Asking, case_trial
from tingsu.cases.remedy_kept import Gift
from tingsu.people.actor import Actor


def propose(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    asking: Asking,
    gifts: Sequence[Gift] = (),
    text: str = "",
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Record what is proposed; it replaces proposals that were not carried out.

    Raises Invalid with every fact that is missing or wrong; NeedsApproval where more is given
    beyond the rules than the person may decide on this case.
    """
    said = text_of(text, "text", limit=2_000) if text.strip() else ""
    worked = case_trial(case, asking)
    check(worked, gifts)
    kept = columns(worked, asking, gifts)

    def plan(case: Case) -> Plan:
        only_open(case)
        if not given:
            mood_first(case, by)
        row = proposal(case, by.me, at, kept)
        told_of_it = facts(row)
        if row.goodwill:
            told = {"asking": asking.to_json(), "gifts": row.outcome["gifts"], "reason": said}
            told["words"] = in_short(row.owed, row.outcome["gifts"])
            amount = given_before(case) + row.goodwill
            told_of_it |= signed(
                case, "remedy", by, step="remedy", told=told, amount=amount, given=given
            )
        entry = Entry("remedy_proposed", said, told_of_it)
        return Plan([entry], {"remedied": True}, [row], replacing(case))

    return write(case, by, at, plan, key=key)


def carry_out(
    case: Case, by: Actor, at: datetime, *, row_id: UUID, text: str = "", key: str | None = None
) -> Written:
    """The customer has it: paid, handed over, said. Clocks that wait for a remedy are met."""
    said = text_of(text, "text", limit=2_000) if text.strip() else ""

    def plan(case: Case) -> Plan:
        row = row_of(Calculation, case_id=case.id, id=row_id)
        if row is None:
            raise Refusal(_("找不到这个方案。"), code="missing")
        if row.state != "proposed":
            raise Refusal(_("这个方案已经有结果了。"), code="ended")
        rows, effects = happening(case, "remedy_done", at)
        done = changing(Calculation, {"state": "done", "done_at": at}, id=row.id)
        entry = Entry("remedy_done", said, facts(row), public=True)
        return Plan([entry], rows=rows, effects=[done, *effects])

    return write(case, by, at, plan, key=key)


@carried("remedy")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    gifts = [Gift(**one) for one in told["gifts"]]
    asking = Asking.from_json(told["asking"])
    return propose(case, by, at, asking=asking, gifts=gifts, text=told["reason"], given=given)
