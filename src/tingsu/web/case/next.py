"""The one thing to do next on a case: its words and its button. No tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _l

from tingsu.core.lifecycle import Next, State
from tingsu.people.permission import Can
from tingsu.web.case.steps import STEPS

How = Literal["post", "dialog", "compose", "link", ""]


@dataclass(frozen=True)
class NextStep:
    """What is to be done, and the button that does it. how: post at once, open a dialog, turn to
    a tab of the composer, follow a link, or "" where this member can only read it."""

    words: Any
    button: Any = ""
    icon: str = "arrow-right"
    how: How = ""
    name: str = ""
    kind: str = ""  # preset of the reply: final
    key: str = ""


NEXT: Mapping[Next, NextStep] = {
    Next.TAKE: NextStep(_l("还没有承办人"), _l("我来办"), "user-check", "post", "take"),
    Next.CONTACT: NextStep(
        _l("联系客户，先听完"), _l("记录联系"), "phone-outgoing", "compose", "contact"
    ),
    Next.RESTATE: NextStep(
        _l("复述一遍，请客户确认"), _l("记录复述"), "quote", "compose", "restate"
    ),
    Next.ACCEPT: NextStep(_l("听清楚了，可以受理"), _l("受理"), "square-check", "post", "accept"),
    Next.AWAIT_MATERIAL: NextStep(
        _l("等客户补材料；齐了就受理"), _l("受理"), "square-check", "post", "accept"
    ),
    Next.AWAIT_REPORT: NextStep(
        _l("等下级单位报告；收到后办结"), _l("办结"), "circle-check", "dialog", "close"
    ),
    Next.INVESTIGATE: NextStep(
        _l("弄清事实"), _l("开始调查"), "search", "post", "investigate"
    ),
    Next.REPLY: NextStep(
        _l("查清了就答复客户"), _l("写处理结果"), "send", "compose", "reply", "final"
    ),
    Next.AGREE: NextStep(
        _l("和客户谈妥，再开始执行"), _l("谈妥了，执行"), "heart-handshake", "post", "execute"
    ),
    Next.MEDIATE: NextStep(
        _l("调解成了就执行；不成就提请决定"), _l("调解成了，执行"), "heart-handshake", "post",
        "execute",
    ),
    Next.DECIDE: NextStep(
        _l("作出决定，告诉客户"), _l("写处理结果"), "gavel", "compose", "reply", "final"
    ),
    Next.EXECUTE: NextStep(
        _l("办好以后，告诉客户并请他确认"), _l("写处理结果"), "send", "compose", "reply", "final"
    ),
    Next.ASK_CONFIRMATION: NextStep(
        _l("问客户：结果满意吗"), _l("记录客户的答复"), "user-question", "dialog", "confirm"
    ),
    Next.CLOSE: NextStep(_l("客户已确认"), _l("办结"), "circle-check", "dialog", "close"),
    Next.ARCHIVE: NextStep(_l("已经结束"), _l("归档"), "archive", "dialog", "archive"),
    Next.OPEN_MAIN: NextStep(_l("已并入另一件"), _l("打开主件"), "git-merge", "link"),
    Next.NOTHING: NextStep(_l("已归档，没有要做的了")),
}  # fmt: skip
SCREEN_FIRST = NextStep(
    _l("逐项核对，再定受不受理"), _l("去初审"), "list-check", "link", "screening"
)
ASK_AGAIN = NextStep(
    _l("答复已出，请客户确认"), _l("请客户确认"), "user-question", "dialog", "ask_confirm"
)


def next_step(case: Any, step: Next, rights: Collection[Can]) -> NextStep:
    """The next step, without its button where the member may not take it."""
    found = NEXT[step]
    if step is Next.ASK_CONFIRMATION and case.state != State.CONFIRMING:
        found = ASK_AGAIN
    if found.how and found.name and STEPS[found.name].right not in rights:
        return NextStep(found.words)
    return found


def signed_next(case: Any, step: NextStep, stages: Collection[str]) -> NextStep:
    """The same step where it wants a signature: put it up for one, or wait for the one that is
    asked for already."""
    if case.approvals_waiting:
        return NextStep(_l("已提请审批，等签批"), _l("看审批"), "writing", "link", "approvals")
    return replace(step, button=_l("提请审批"), icon="writing") if stages else step
