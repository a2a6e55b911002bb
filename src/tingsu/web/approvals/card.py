"""What the side column says of a case that waits for a signature. One query, and only then."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.queries import approvals
from tingsu.people.permission import Who
from tingsu.web import labels
from tingsu.web.labels import label_of


def when(case: Any) -> bool:
    """The tab is there where something is waiting, or where the house signs these things."""
    return bool(case.approvals_waiting) or approvals.signs_by_habit(case)


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """The one that is due first, and how many more."""
    rows = approvals.waiting_of(case)
    if not rows:
        return None
    first = rows[0]
    words = _("等%(role)s批：%(kind)s") % {
        "role": label_of(labels.ROLES, first.role).word,
        "kind": label_of(labels.APPROVALS, first.kind).word,
    }
    lines = [("user-check", _("%(name)s 提请") % {"name": first.asked_by.name})]
    lines += [("hourglass", str(label_of(labels.APPROVALS, row.kind).word)) for row in rows[1:]]
    return {"words": words, "due": first.due_at, "lines": lines, "waits": len(rows)}
