"""What the side column says of remedies: the newest proposal. No query where there is none."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.queries.remedies import newest
from tingsu.core.remedy_facts import money
from tingsu.people.permission import Who
from tingsu.web.remedy.words import STATES


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """How much, and how it stands."""
    row = newest(case)
    if row is None:
        return None
    lines = [(STATES[row.state].icon, STATES[row.state].word)]
    if row.goodwill:
        lines.append(("shopping-bag", _("酌情 %(sum)s") % {"sum": money(row.goodwill)}))
    words = sum_words(row.outcome["totals"]) or _("没有金额")
    return {"words": words, "lines": lines, "waits": int(row.state == "proposed")}


def sum_words(totals: list[list[Any]]) -> str:
    """应给客户 ¥180.00，客户付 ¥20.00."""
    parts = []
    for currency, owed, to_pay in totals:
        if owed:
            parts.append(_("应给客户 %(sum)s") % {"sum": money(owed, currency)})
        if to_pay:
            parts.append(_("客户付 %(sum)s") % {"sum": money(to_pay, currency)})
    return _("，").join(parts)
