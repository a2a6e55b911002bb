"""What the side column says of plans: the one that waits, or the next. No query where there is
none. Never a word of the bottom line: whoever reads the case reads this."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.cases.queries import plans as queries
from tingsu.people.permission import Who
from tingsu.web.labels import label_of
from tingsu.web.labels_plans import PLANS


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """How the talks stand."""
    del who, now
    rows = queries.plans(case) if case.plans else []
    if not rows:
        return None
    count = ngettext("%(n)s 个方案", "%(n)s 个方案", len(rows)) % {"n": len(rows)}
    lines = [
        (label_of(PLANS, row.state).icon, f"{row.name} · {label_of(PLANS, row.state).word}")
        for row in rows
    ]
    out = sum(row.state == "out" for row in rows)
    if out:
        return {"words": _("方案在客户手里，等答复"), "lines": lines}
    if any(row.state == "accepted" for row in rows):
        return {"words": _("客户接受了一个方案"), "lines": lines}
    following = queries.upcoming(rows)
    words = _("下一个：%(name)s") % {"name": following.name} if following else count
    return {"words": words, "lines": lines, "waits": int(following is not None and case.open)}


def _line(row: Any) -> tuple[str, str]:
    label = label_of(PLANS, row.state)
    return label.icon, f"{row.name} · {label.word}"
