"""Why a mail is no case, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

CAUSES: Mapping[str, Any] = {
    "empty": _("空信：什么也没有"),
    "no_text": _("没有正文，也没有附件"),
    "too_deep": _("一层套一层，拆不到底"),
    "too_many_parts": _("拆出来的部分多得不合常理"),
    "broken": _("读了三次都没读通"),
    "refused": _("内容不合登记的要求"),
    "sealed": _("打不开：密钥对不上，请联系管理员"),
    "flood": _("同一个人一小时内来信太多，先由人看"),
    "automatic": _("自动回复"),
    "list": _("群发邮件"),
    "own": _("本机构自己发出的信"),
    "bounce": _("退信通知"),
}
SORTS: Mapping[str, Any] = {
    "person": _("像是人写的"),
    "automatic": _("像是自动回复"),
    "bounce": _("像是退信通知"),
    "list": _("像是群发邮件"),
    "own": _("是我们自己发出的"),
}
