"""What is missing before a case can be closed. Reads promises and tasks."""

from django.utils.translation import gettext as _

from tingsu.cases.models import Case, Promise, Task
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
    return problems
