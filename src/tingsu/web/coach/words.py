"""The words of the reply check: what is missing, and the sentence that mends it. No tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """A finding in words. at: where the mending sentence goes: start, end, instead, you (你 becomes
    您), promise (to the tab of promises), "" where only a person can mend it."""

    what: Any
    mend: Any = ""
    at: str = ""


FINDINGS: Mapping[str, Words] = {
    "regret": Words(_("还没有致歉"), _("给您添了麻烦，非常抱歉。"), "start"),
    "restated": Words(_("还没有说客户反映的是什么"), _("您反映的是……，我们看到了。"), "start"),
    "next": Words(_("还没有说下一步"), _("接下来我们会……。"), "end"),
    "date": Words(_("还没有时间"), _("{date}前我给您回话，没有结果也会回。"), "end"),
    "contact": Words(_("还没有联系方式"), _("有事请直接找我：{me}，电话 {contact}。"), "end"),
    "request": Words(_("诉求没有回应：%(what)s"), _("关于您提的“%(what)s”，……。"), "end"),
    "length": Words(_("太长了，%(what)s 字；拆成两三段，或用附件")),
    "tone": Words(_("语气：请用“您”，少用感叹号"), "", "you"),
    "promise": Words(_("答应了时间，还没有记进承诺"), "", "promise"),
    "name": Words(_("称呼和这件投诉的客户不一样：%(what)s"), "", "instead"),
    "number": Words(_("编号不是这件投诉的：%(what)s"), "", "instead"),
}

STAGES: Mapping[str, Any] = {
    "contact": _("刚接触"),
    "restate": _("复述"),
    "reply": _("答复"),
    "agree": _("谈结果"),
}
CHANNELS: Mapping[str, Any] = {"spoken": _("口头"), "written": _("书面"), "visit": _("当面")}
