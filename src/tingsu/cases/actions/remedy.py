"""Propose a remedy, and carry it out (HA-8). What is owed is worked out; what is given beyond it
stays within the authority of whoever proposes it, or is put up for signature."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import happening
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Calculation, Case
from tingsu.cases.remedies import Asking, Trial, case_trial
from tingsu.cases.remedy_kept import GIFTS, Gift, outcome_of
from tingsu.cases.remedy_words import gives_words, trouble_words
from tingsu.core.remedy import MORAL, MOST
from tingsu.core.remedy_facts import money
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

MOST_GIFTS = 10


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
    _check(worked, gifts)

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _row(case, by, at, worked, asking=asking, gifts=gifts)
        facts = _facts(row)
        if row.goodwill:
            told = {
                "asking": asking.to_json(),
                "gifts": row.outcome["gifts"],
                "words": _in_short(row, gifts),
                "reason": said,
            }
            amount = _given_before(case) + row.goodwill
            facts |= signed(
                case, "remedy", by, step="remedy", told=told, amount=amount, given=given
            )
        before = tuple(one.id for one in rows_of(Calculation, case_id=case.id, state="proposed"))
        replaced = [changing(Calculation, {"state": "replaced"}, id=before)] if before else []
        entry = Entry("remedy_proposed", said, facts)
        return Plan([entry], {"remedied": True}, [row], replaced)

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
        entry = Entry("remedy_done", said, _facts(row), public=True)
        return Plan([entry], rows=rows, effects=[done, *effects])

    return write(case, by, at, plan, key=key)


def _check(worked: Trial, gifts: Sequence[Gift]) -> None:
    """Raises Invalid with everything that stands in the way, each at its field."""
    wrong = {f"f.{t.fact}": trouble_words(worked, t) for t in worked.outcome.troubles}
    wrong |= {f"c.{t.fact}": trouble_words(worked, t) for t in worked.odd}
    if not wrong and not worked.outcome.lines and not gifts:
        wrong["s"] = _("请选择情形，或写明酌情给什么。")
    for one in gifts:
        if one.gives not in GIFTS or not 0 <= one.fen <= MOST:
            wrong["g"] = _("请核对酌情补偿的种类和金额。")
        elif not one.words.strip() or len(one.words) > 200:
            wrong["g"] = _("酌情补偿请写明给什么、为什么，200 字以内。")
        elif not one.fen and one.gives not in MORAL:
            wrong["g"] = _("酌情补偿请写明值多少钱。")
    if len(gifts) > MOST_GIFTS:
        wrong["g"] = _("酌情补偿太多了，请合并。")
    if wrong:
        raise Invalid(wrong)


def _in_short(row: Calculation, gifts: Sequence[Gift]) -> str:
    """What the one who signs reads: what is owed, and what would be given beyond it."""
    owed = [_("按规则应给 %(sum)s") % {"sum": money(row.owed)}] if row.owed else []
    given = [f"{gives_words(one.gives)} {money(one.fen)} {one.words}" for one in gifts]
    return _("；").join([*owed, *given])


def _given_before(case: Case) -> int:
    """Goodwill that the customer has had on this case: it counts towards the authority."""
    return sum(one.goodwill for one in rows_of(Calculation, case_id=case.id, state="done"))


@carried("remedy")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    gifts = [Gift(**one) for one in told["gifts"]]
    asking = Asking.from_json(told["asking"])
    return propose(case, by, at, asking=asking, gifts=gifts, text=told["reason"], given=given)


def _row(
    case: Case, by: Actor, at: datetime, worked: Trial, *, asking: Asking, gifts: Sequence[Gift]
) -> Calculation:
    yuan = next((one for one in worked.outcome.totals if one.currency == "CNY"), None)
    return Calculation(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        made_by_id=by.me,
        made_at=at,
        pack_version=worked.pack.version,
        rule_set=worked.rule_set,
        asked=asking.to_json(),
        outcome=outcome_of(worked, gifts),
        owed=yuan.owed if yuan else 0,
        to_pay=yuan.to_pay if yuan else 0,
        goodwill=sum(one.fen for one in gifts),
    )


def _facts(row: Calculation) -> dict[str, Any]:
    return {
        "calculation": str(row.id),
        "totals": row.outcome["totals"],
        "goodwill": row.goodwill,
        "pack_version": row.pack_version,
    }
