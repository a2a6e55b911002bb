"""What is missing before a case can be closed. Reads promises, tasks, agreements, obligations."""

from django.utils.translation import gettext as _

from tingsu.cases._ending import asked_so_far, no_answer
from tingsu.cases.models import (
    Agreement,
    Calculation,
    Case,
    Mediation,
    Promise,
    Task,
)
from tingsu.core.lifecycle import Move, State, needs

VERDICTS = ("founded", "partly", "unfounded", "undecided")


def still_missing(case: Case, *, verdict: str, reason: str) -> dict[str, str]:
    """Form field -> what to do; empty when the case can be closed."""
    wanted = needs(Move.CLOSE, State(case.state), communicative=case.nature == "communicative")
    problems = {}
    if "verdict" in wanted and verdict not in VERDICTS:
        problems["verdict"] = _("请选择核查结论：有效、部分有效、无效或无法认定。")
    if "confirmation_or_reason" in wanted and not case.confirmed_at and not reason.strip():
        problems["reason"] = _("客户还没有确认，请写明为什么现在办结。")
    if Promise.objects.filter(case_id=case.id, state="due").exists():
        problems["promises"] = _("还有没兑现的承诺，请先兑现、改期或说明没做到的原因。")
    if Task.objects.filter(case_id=case.id, state="open", clock_id__isnull=True).exists():
        problems["tasks"] = _("还有部门没有答复的协办任务。")
    return problems | _unfinished(case) | _unheard(case)


def _unfinished(case: Case) -> dict[str, str]:
    """What was begun to end the matter, and is not at its own end (HA-9, CL-1)."""
    problems = {}
    if case.owed_open:
        words = _("还有 %(n)s 项没有履行完，请先履行、改期，或写明为什么不用再履行。")
        problems["owed"] = words % {"n": case.owed_open}
    if case.remedied and Calculation.objects.filter(case_id=case.id, state="proposed").exists():
        problems["proposals"] = _("还有补救方案没有结果，请先兑现、转入履行，或写明不再采用。")
    if not case.ending:
        return problems
    if Agreement.objects.filter(case_id=case.id, state__in=("draft", "signing")).exists():
        problems["agreements"] = _("还有协议没有签完，请先签好或作废。")
    if Mediation.objects.filter(case_id=case.id, state="open").exists():
        problems["mediation"] = _("调解还没有结果，请先写明达成协议还是调解不成。")
    return problems


def _unheard(case: Case) -> dict[str, str]:
    """Where the pack binds us: how often and how long the customer must have been asked."""
    if case.confirmed_at or case.state != State.CONFIRMING:
        return {}
    rule = no_answer(case)
    if rule is None or not rule.binding:
        return {}
    passed = sum(1 for one in asked_so_far(case) if one.state == "silent")
    if passed >= rule.asks:
        return {}
    words = _("客户还没有回话：要问过 %(asks)s 次、每次等到期，现在问过 %(times)s 次。")
    return {"silence": words % {"asks": rule.asks, "times": passed}}
