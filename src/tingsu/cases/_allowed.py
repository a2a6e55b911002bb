"""What the pack says of a move: forbidden, or asking for more facts first. Reads packs only.

The rules of the day of receipt hold to the end of a case; packs/handling.py says how they are
written, docs/rules/pack.md what they mean.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.packs import say
from tingsu.packs.handling import HANDLING
from tingsu.people.rulebook import case_pack

# A fact of packs.vocabulary.FACTS: whether the case has it, and what to do where it has not.
Fact = tuple[Callable[[Case], object], Promise | str]
FACTS: Mapping[str, Fact] = {
    "category": (lambda case: case.category, _l("选定类别")),
    "complainant": (lambda case: case.party_id, _l("登记投诉人")),
    "confirmed": (lambda case: case.confirmed_at, _l("请客户确认结果")),
    "contacted": (lambda case: case.contacted_at or case.restated_at, _l("联系客户，听他说完")),
    "contract": (lambda case: case.contract_number, _l("填合同号")),
    "instructed": (lambda case: not case.for_head, _l("等负责人批示")),
    "order": (lambda case: case.order_number, _l("填订单号")),
    "request": (lambda case: case.request, _l("写明诉求")),
    "respondent": (lambda case: case.respondent_unit, _l("写明被投诉的单位")),
    "restated": (lambda case: case.restated_at, _l("复述一遍，请客户说对不对")),
}


def allowed_by_pack(case: Case, move: Move, reason: str = "") -> None:
    """Raises Refusal with the pack's words, or Invalid naming every fact that is missing."""
    if ban := forbidden(case, move):
        raise Refusal(ban, code="forbidden_by_pack")
    lacking = missing(case, move)
    if "reason" in lacking and reason.strip():
        lacking.remove("reason")
    if lacking == ["reason"]:
        raise Invalid({"reason": _("请写明原因。")})
    if lacking:
        facts = _("；").join(str(FACTS[fact][1]) for fact in lacking if fact != "reason")
        raise Refusal(_("这一步之前还要：%(facts)s。") % {"facts": facts}, code="facts_missing")


def forbidden(case: Any, move: Move) -> str:
    """Why the pack forbids the move on this case; "" where it does not."""
    pack = case_pack(case)
    ban = HANDLING.of(pack).ban(move, pack.calendar.day_of(case.received_at))
    return say(ban, get_language() or "zh-hans") if ban else ""


def missing(case: Case, move: Move) -> list[str]:
    """The facts that the pack asks for before the move and that the case does not have."""
    pack = case_pack(case)
    asked: Collection[str] = HANDLING.of(pack).needs(move, pack.calendar.day_of(case.received_at))
    return sorted(fact for fact in asked if fact == "reason" or not FACTS[fact][0](case))
