"""The queues of the desk: words and icons in their order. Reads no tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.cases.queries.lists import MOST_COUNTED, QUEUES
from tingsu.web.labels import Label

QUEUE_LABELS: Mapping[str, Label] = {
    "mine": Label(_("我的"), "user-check"),
    "takeover": Label(_("请我接手"), "arrow-up-right"),
    "waiting": Label(_("待接手"), "inbox"),
    "team": Label(_("本部门"), "users"),
    "promises": Label(pgettext_lazy("several", "承诺"), "alarm"),
    "tasks": Label(pgettext_lazy("several", "协办"), "clipboard-list"),
    "head": Label(_("待批示"), "gavel"),
    "signing": Label(_("等审批"), "writing"),
    "customer": Label(_("等对方"), "hourglass"),
    "reopen": Label(_("要求重开"), "refresh"),
    "all": Label(_("全部在办"), "folder"),
    "ended": Label(_("已结束"), "archive"),
}


@dataclass(frozen=True)
class Queue:
    """One line of the queue list; ``count`` is "" where nothing is counted."""

    code: str
    label: Label
    count: str
    current: bool


def queue_list(counts: Mapping[str, int], chosen: str) -> list[Queue]:
    """The queues that this member has, in the order of the desk."""
    return [
        Queue(code, QUEUE_LABELS[code], _shown(counts.get(code)), code == chosen)
        for code in QUEUES
        if code in counts or code in ("all", "ended")
    ]


def _shown(count: int | None) -> str:
    if count is None:
        return ""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else f"{count:,}"
