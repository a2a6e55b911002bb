"""Why a mail or a message is no case, in words."""

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
MESSAGE_CAUSES: Mapping[str, Any] = {
    "json": _("内容不是约定的格式（JSON）"),
    "id": _("缺少消息编号（id），或者太长"),
    "from": _("缺少发送人（from），或者太长"),
    "text": _("缺少正文（text），或者太长"),
    "refused": _("内容不合登记的要求"),
    "utf-8": _("文字编码不对"),
    "sealed": _("解不开：请核对这个接入的消息加解密密钥"),
    "receiver": _("不是发给这个账号的：请核对接入里的编号"),
    "elements": _("缺少发送人或消息类型"),
    "event": _("不认识的来电事件"),
    "key": _("打不开：密钥对不上，请联系管理员"),
    "broken": _("读的时候出错，请联系管理员"),
}
