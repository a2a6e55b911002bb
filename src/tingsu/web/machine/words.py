"""Words for what a language model writes and for what went wrong. Reads no tables."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

KINDS = {"draft": _l("回复草稿"), "summary": _l("案情概括"), "transcript": _l("录音转写")}

_TROUBLE = {
    "HTTP 401": _l("密钥不对。"),
    "HTTP 403": _l("密钥不对，或没有权限。"),
    "HTTP 404": _l("网址或模型的名字不对。"),
    "HTTP 429": _l("对方说太频繁，或余额不足。"),
    "TimeoutError": _l("没有在时间内答完。"),
    "inside": _l("地址在内部网络里，没有打开设置。"),
    "name": _l("主机名查不到。"),
    "address": _l("网址不对。"),
    "answer": _l("回答读不懂，它也许不是 OpenAI 兼容的接口。"),
    "empty": _l("它没有写出内容。"),
    "late": _l("等得太久，没有再问。"),
    "off": _l("已经关掉了。"),
    "file": _l("录音打不开。"),
}


def trouble(code: str) -> str:
    """What went wrong, for a person."""
    return str(_TROUBLE.get(code) or _("没有连上（%(code)s）。") % {"code": code})
