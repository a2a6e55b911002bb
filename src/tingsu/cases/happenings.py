"""What may happen to a case that clocks wait for or start from, and how it is called. Reads packs
and clock rows.

Most happenings are moves of the case and raised by them. The rest happens elsewhere, with a
document served or a repair done, and somebody writes it down: what can be written down on a case
is what one of its running clocks waits for, or what would start a clock that does not run yet.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tingsu.core.clock import ClockRule
from tingsu.core.lifecycle import State
from tingsu.packs import Pack
from tingsu.people.rulebook import case_pack

Words = str | Promise

# Written down by a person, or raised by the part that serves documents.
RECORDED: Mapping[str, Words] = {
    "reviewed": _("初审意见已报负责人"),
    "ruled": _("负责人已审批"),
    "notice_served": _("受理通知已送达双方"),
    "respondent_notified": _("被投诉方收到通知"),
    "respondent_answered": _("被投诉方已答复"),
    "mediation_ended": _("决定终止调解"),
    "parties_notified": _("终止调解已告知双方"),
    "decided": _("已作出处理决定"),
    "fault_reported": _("用户报障"),
    "fault_repaired": _("故障已修复"),
    "remedy_requested": _("客户要求换货或退货"),
    "remedy_answered": _("已答复换货退货要求"),
    "remedy_done": _("换货或退货已办完"),
    "repair_started": _("开始修理"),
    "repair_finished": _("修理完成"),
    "loan_given": _("已提供备用车或交通补偿"),
    "goods_returned": _("收到退回的商品"),
    "refunded": _("货款已退还"),
    "appeal_received": _("监管机构收到申诉"),
    "appeal_completed": _("申诉材料已齐"),
    "appeal_answered": _("申诉已答复"),
    "decision_received": _("客户收到处理决定"),
    "verification_requested": _("客户申请核查"),
    "verification_answered": _("核查结果已告知"),
    "second_decision_received": _("客户收到复查意见"),
    "second_verification_requested": _("客户申请复核"),
    "second_verification_answered": _("复核意见已告知"),
    "clue_found": _("发现违法线索"),
    "clue_checked": _("违法线索已核查"),
    "jurisdiction_disputed": _("处理权限有争议"),
    "jurisdiction_settled": _("处理权限已确定"),
}
# What the complainant is told on the follow page; a clue of a breach of law is the house's own.
TOLD = frozenset(RECORDED) - {
    "clue_found", "clue_checked", "jurisdiction_disputed", "jurisdiction_settled",
    "reviewed", "ruled",
}  # fmt: skip
# Nothing of this can be before the complaint has been accepted.
_LATER = frozenset(
    "notice_served respondent_notified respondent_answered mediation_ended parties_notified"
    " decided".split()
)
_FRESH = frozenset({State.RECEIVED, State.SCREENING, State.INCOMPLETE})

# 「收到当日不计」: the day from which a clock counts.
DAY_OF: Mapping[str, Words] = {
    "received": _("收到当日"),
    "completed": _("材料补齐当日"),
    "asked_complete": _("要求补正当日"),
    "accepted": _("受理当日"),
    "referred": _("下转当日"),
    "executing": _("开始执行当日"),
    "confirming": _("请客户确认当日"),
    "mediation_ended": _("终止调解当日"),
    "decided": _("作出决定当日"),
    "replied": _("答复当日"),
    "reopened": _("重新办理当日"),
    "contacted": _("联系当日"),
    "notice_served": _("送达当日"),
    "respondent_notified": _("对方收到通知当日"),
    "fault_reported": _("报障当日"),
    "reviewed": _("报批当日"),
    "ruled": _("审批当日"),
    "remedy_requested": _("提出要求当日"),
    "repair_started": _("开始修理当日"),
    "goods_received": _("收到商品当日"),
    "goods_returned": _("收到退货当日"),
    "appeal_received": _("收到申诉当日"),
    "appeal_completed": _("申诉材料齐全当日"),
    "decision_received": _("收到决定当日"),
    "verification_requested": _("申请核查当日"),
    "second_decision_received": _("收到复查意见当日"),
    "second_verification_requested": _("申请复核当日"),
    "clue_found": _("发现线索当日"),
    "jurisdiction_disputed": _("发生争议当日"),
    "harm_known": _("知道权益受损当日"),
    "contract_ended": _("合同终止当日"),
}


def possible(case: Any, alive: Iterable[ClockRule]) -> list[str]:
    """What can be written down on a case whose running clocks follow these rules, in the order of
    RECORDED."""
    running = list(alive)
    awaited = {event for rule in running for event in rule.met_by}
    begins = _begins(case_pack(case), case.variants, {rule.id for rule in running})
    early = case.state in _FRESH
    return [
        event
        for event in RECORDED
        if (event in awaited or event in begins) and not (early and event in _LATER - awaited)
    ]


def _begins(pack: Pack, variants: Collection[str], running: Collection[str]) -> set[str]:
    """The events that would start a clock which does not run yet."""
    newest = [clock.newest for clock in pack.clocks_for(variants)]
    return {rule.event for rule in newest if rule is not None and rule.id not in running}
