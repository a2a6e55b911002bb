"""The tables of papers: every word with the complainant, what was done. Reads queries."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.models import Case
from tingsu.cases.queries import file
from tingsu.cases.queries.documents import happened
from tingsu.documents import talks
from tingsu.documents.paper import Block

# What stands in a table, and how it is called there (IN-9).
TALKS: Mapping[str, str | Promise] = {
    "received": _l("接到投诉"),
    "contact": _l("联系"),
    "replied": _l("书面答复"),
    "restated": _l("复述并确认"),
    "promised": _l("作出承诺"),
    "promise_moved": _l("承诺改期"),
    "promise_kept": _l("兑现承诺"),
    "promise_broken": _l("承诺落空"),
    "limit_set": _l("言明底线"),
    "customer_added": _l("客户补充"),
    "customer_confirmed": _l("客户确认"),
    "customer_objected": _l("客户不同意"),
    "reopen_asked": _l("请求重新办理"),
    "rated": _l("客户评分"),
}
COURSE: Mapping[str, str | Promise] = {
    "taken": _l("接手"),
    "assigned": _l("交办"),
    "escalated": _l("上报"),
    "instructed": _l("批示"),
    "moved": _l("办理步骤"),
    "task_asked": _l("请求协办"),
    "task_answered": _l("协办答复"),
    "restated": _l("复述并确认"),
    "promised": _l("作出承诺"),
    "promise_kept": _l("兑现承诺"),
    "replied": _l("书面答复"),
    "customer_confirmed": _l("客户确认"),
    "customer_objected": _l("客户不同意"),
    "document_issued": _l("签发文书"),
    "document_served": _l("送达文书"),
    "closed": _l("办结"),
    "reopened": _l("重新办理"),
}
_KINDS = {"contacts": TALKS, "course": COURSE}


def table(case: Case, name: str) -> Block:
    """One table, complete: when, what, what was said, who wrote it down."""
    if name == "talks":
        return Block("lines", head=_head(), widths=(4, 4, 12, 3), rows=list(talks.rows(case)))
    kinds = _KINDS[name]
    gone = {row.event_id for row in file.letters(case).values() if row.state == "taken_back"}
    rows = [
        (
            f"{localtime(event.at):%Y-%m-%d %H:%M}",
            _what(kinds, event.kind, event.data),
            event.text or str(event.data.get("title", "")),
            event.member.name if event.member else "",
        )
        for event in happened(case, tuple(kinds))
        if event.id not in gone and (event.text or event.kind != "moved")
    ]
    return Block("lines", head=_head(), widths=(4, 4, 12, 3), rows=rows)


def _head() -> tuple[str, str, str, str]:
    return _("时间"), _("方式或步骤"), _("内容"), _("记录人")


def _what(kinds: Mapping[str, str | Promise], kind: str, data: Mapping[str, Any]) -> str:
    if kind == "contact":
        return _("客户联系我们") if data.get("direction") == "in" else _("我们联系客户")
    return str(kinds[kind])
