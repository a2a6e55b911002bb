"""A remedy as a row, and whether it may be one: shared by those who propose one and those who put
a whole plan together. Reads calculations."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import rows_of
from tingsu.cases._update import changing
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Calculation, Case
from tingsu.cases.remedies import Asking, Trial
from tingsu.cases.remedy_kept import GIFTS, Gift, outcome_of
from tingsu.cases.remedy_words import gives_words, trouble_words
from tingsu.core.remedy import MORAL, MOST
from tingsu.core.remedy_facts import money
from tingsu.people.models import new_id

MOST_GIFTS = 10


def check(worked: Trial, gifts: Sequence[Gift]) -> None:
    """Raises Invalid with everything that stands in the way, each at its field."""
    if wrong := wrong_with(worked, gifts):
        raise Invalid(wrong)


def wrong_with(worked: Trial, gifts: Sequence[Gift]) -> dict[str, str]:
    """Field -> words."""
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
    return wrong


def columns(worked: Trial, asking: Asking, gifts: Sequence[Gift]) -> dict[str, Any]:
    """What a remedy keeps for ever: what was typed, its lines in words, its sums."""
    yuan = next((one for one in worked.outcome.totals if one.currency == "CNY"), None)
    return {
        "pack_version": worked.pack.version,
        "rule_set": worked.rule_set,
        "asked": asking.to_json(),
        "outcome": outcome_of(worked, gifts),
        "owed": yuan.owed if yuan else 0,
        "to_pay": yuan.to_pay if yuan else 0,
        "goodwill": sum(one.fen for one in gifts),
    }


def proposal(
    case: Case, made_by: UUID, at: datetime, kept: Mapping[str, Any], **more: Any
) -> Calculation:
    """The row of a proposal, not yet saved. kept: what ``columns`` gave."""
    return Calculation(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        made_by_id=made_by,
        made_at=at,
        **kept,
        **more,
    )


def replacing(case: Case) -> list[Callable[[], object]]:
    """The effect that lays aside the proposals that were not carried out."""
    before = tuple(one.id for one in rows_of(Calculation, case_id=case.id, state="proposed"))
    return [changing(Calculation, {"state": "replaced"}, id=before)] if before else []


def facts(row: Calculation) -> dict[str, Any]:
    """What the timeline tells of a proposal."""
    return {
        "calculation": str(row.id),
        "totals": row.outcome["totals"],
        "goodwill": row.goodwill,
        "pack_version": row.pack_version,
    }


def in_short(owed: int, gifts: Sequence[Mapping[str, Any]]) -> str:
    """What the one who signs reads: what is owed, and what would be given beyond it."""
    due = [_("按规则应给 %(sum)s") % {"sum": money(owed)}] if owed else []
    given = [f"{gives_words(one['gives'])} {money(one['fen'])} {one['words']}" for one in gifts]
    return _("；").join([*due, *given])


def given_before(case: Case) -> int:
    """Goodwill that the customer has had on this case: it counts towards the authority."""
    return sum(
        one.goodwill for one in rows_of(Calculation, case_id=case.id, state=("agreed", "done"))
    )
