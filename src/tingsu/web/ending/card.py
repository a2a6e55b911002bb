"""What the side column says of the end: what is owed first. No query where there is nothing."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.queries.ending import next_owed, open_ones
from tingsu.people.permission import Who
from tingsu.web.labels import label_of
from tingsu.web.labels_ending import GIVES


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """The next thing to be done and its day, or what is being agreed on."""
    if not case.ending:
        return None
    row = next_owed(case)
    if row is not None:
        kind = label_of(GIVES, row.gives)
        words = _("还有 %(n)s 项要履行") % {"n": case.owed_open}
        line = (kind.icon, f"{kind.word} · {row.words}")
        return {"words": words, "due": row.due_at, "lines": [line], "waits": case.owed_open}
    found = open_ones(case)
    if "agreements" in found:
        return {"words": _("有协议等签字"), "lines": [], "waits": 1}
    if "mediation" in found:
        return {"words": _("正在调解"), "lines": [], "waits": 1}
    return {"words": _("约定的都已履行"), "lines": [], "waits": 0}
