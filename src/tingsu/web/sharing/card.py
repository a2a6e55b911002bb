"""What the side column says of a case that somebody is asked to take over. One query, and only
then."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.queries import takeover
from tingsu.people.permission import Who
from tingsu.web.sharing.words import cause_words


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """Who is asked, until when, and why."""
    row = takeover.waiting(case)
    if row is None:
        return None
    asked = row.to_member or row.to_department
    lines = [("info-circle", cause_words(case, row.cause))]
    if takeover.answers(who, case, row):
        return {"words": _("请您接手"), "due": row.due_at, "lines": lines, "waits": 1}
    return {
        "words": _("等%(name)s接手") % {"name": asked.name if asked else ""},
        "due": row.due_at,
        "lines": lines,
    }


def nothing(_who: Who, _case: Any, _now: datetime) -> None:
    """A part of a case that has nothing to say beside the timeline."""
