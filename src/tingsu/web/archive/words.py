"""What the archive says: how long by which rule, states of disposals and requests. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases.explain import length_words
from tingsu.web.label import Label

LISTS: Mapping[str, Label] = {
    "kept": Label(_l("在保存"), "archive"),
    "due": Label(_l("到期待销毁"), "hourglass"),
    "held": Label(_l("暂缓销毁的"), "lock"),
    "gone": Label(_l("已销毁"), "trash"),
}
DISPOSALS: Mapping[str, Label] = {
    "proposed": Label(_l("等另一位批准"), "hourglass", "waiting"),
    "approved": Label(_l("正在销毁"), "player-play", "open"),
    "refused": Label(pgettext_lazy("disposal", "已退回"), "arrow-back-up", "ended"),
    "done": Label(_l("已销毁"), "check", "ended"),
}
KINDS: Mapping[str, Label] = {
    "erase": Label(_l("删除个人信息"), "trash"),
    "export": Label(_l("查阅、复制个人信息"), "download"),
}
REQUESTS: Mapping[str, Label] = {
    "waiting": Label(_l("等决定"), "hourglass", "waiting"),
    "approved": Label(_l("正在处理"), "player-play", "open"),
    "refused": Label(pgettext_lazy("request", "没有同意"), "ban", "ended"),
    "done": Label(pgettext_lazy("request", "已办好"), "circle-check", "good"),
}


def retention_words(rule: Mapping[str, Any]) -> str:
    """3 年 · 出处 · 本单位惯例."""
    if not rule:
        return ""
    parts = [length_words(rule["n"], rule["unit"]), str(rule.get("source", ""))]
    parts += [_("待核：%(what)s") % {"what": rule["review"]}] if rule.get("review") else []
    return " · ".join(filter(None, parts))


def ground_words(ground: Any) -> str:
    """Why the data cannot be erased now."""
    told = {"number": ground.number, "day": ground.day, "words": ground.words}
    return {
        "open": _("%(number)s 还在办理，办结以后才能删除。"),
        "held": _("%(number)s 暂缓销毁：%(words)s"),
        "duty": _("%(number)s 按规定要保存到 %(day)s：%(words)s"),
    }[ground.code] % told
