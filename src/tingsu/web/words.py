"""The sentences that scripts show, handed over as JSON so that they are translated here."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCRIPT_WORDS: Mapping[str, Promise] = {
    "draft_saving": _("正在保存草稿……"),
    "draft_saved": _("草稿已保存 {time}"),
    "draft_local": _("没有连上服务器，草稿先存在这台电脑上（{time}）"),
    "draft_restored": _("已恢复 {time} 的草稿"),
    "draft_discard": _("丢弃"),
    "draft_discarded": _("草稿已丢弃"),
    "presence_here": _("{name} 也在看这件投诉"),
    "presence_typing": _("{name} 正在写"),
    "presence_changed": _("这件投诉有了新的经过。您写的内容不会丢。"),
    "presence_show": _("查看新的经过"),
    "undo_left": _("{seconds} 秒后发出"),
    "undo_gone": _("已发出"),
    "undo_soon": _("还有 {seconds} 秒可以撤回"),
    "palette_none": _("没有找到，换个说法试试"),
    "palette_found": _("{n} 项，用上下键选择"),
    "offline": _("网络断开了，您写的内容还在。连上后请再试一次。"),
    "server_error": _("这一步没有完成，您写的内容还在。请稍后再试。"),
    "forbidden": _("您没有这一步的权限。如果工作需要，请找主管。"),
    "gone": _("这一页已经不在了，请刷新后再看。"),
    "busy": _("正在处理，请稍候……"),
    "count": _("{n} / {limit} 字"),
    "count_over": _("超出 {n} 字，请删减"),
    "file_remove": _("移除 {name}"),
    "file_too_big": _("超过 {limit}，不能添加"),
    "file_too_many": _("一次最多 {n} 个文件"),
    "file_type": _("这种文件不能接收"),
    "file_empty": _("这是一个空文件"),
    "copied": _("已复制"),
    "coach_heard": _("{n} 处伤人的话：{kinds}。按 Alt 加回车换成更好的说法。"),
    "coach_take": _("换成：{words}"),
    "coach_start": _("补上"),
    "coach_end": _("补在后面"),
    "coach_instead": _("改正"),
    "coach_you": _("改成“您”"),
    "coach_promise": _("去记承诺"),
    "unsaved": _("有内容还没有保存。"),
}
