"""What the side column says of an investigation. A case without one costs no query. No models."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.cases.queries import investigation as queries
from tingsu.core.lifecycle import State
from tingsu.people.permission import Who


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """What is still to be found; an invitation while the case is being looked into."""
    found = queries.short(case)
    if found is None:
        looking = case.state == State.INVESTIGATING
        return {"words": _("先列出投诉的问题和调查的人")} if looking else None
    lines = []
    if found.missing:
        words = ngettext("还少 %(n)s 名调查人员", "还少 %(n)s 名调查人员", found.missing)
        lines.append(("user-plus", words % {"n": found.missing}))
    if found.waits:
        words = ngettext("%(n)s 份回避申请待决定", "%(n)s 份回避申请待决定", found.waits)
        lines.append(("hand-stop", words % {"n": found.waits}))
    if found.answer_due and case.open:
        late = found.answer_due < now
        words = _("被投诉方逾期没有答复，照常办理") if late else _("等被投诉方答复")
        lines.append(("building", words))
    due = found.answer_due if found.answer_due and found.answer_due >= now and case.open else None
    card: dict[str, Any] = {"words": _words(found), "lines": lines, "waits": found.waits}
    return card | ({"due": due} if due else {})


def _words(found: queries.Short) -> str:
    if not found.issues:
        return _("还没有列出投诉的问题")
    if found.open:
        words = ngettext(
            "%(all)s 项问题，%(n)s 项待认定", "%(all)s 项问题，%(n)s 项待认定", found.open
        )
        return words % {"all": found.issues, "n": found.open}
    words = ngettext("%(n)s 项问题都已认定", "%(n)s 项问题都已认定", found.issues)
    return words % {"n": found.issues}
