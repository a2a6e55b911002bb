"""What the side column says of first review, while it lasts. Costs no query. No models."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.cases.queries import screening
from tingsu.core.lifecycle import State
from tingsu.people.permission import Who


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """An invitation while the case is not accepted, and how many complain; else nothing."""
    lines = []
    if case.people > 1:
        words = ngettext("%(n)s 人共同投诉", "%(n)s 人共同投诉", case.people)
        lines.append(("users-group", words % {"n": case.people}))
    if State(case.state) not in screening.FRESH:
        return {"words": lines[0][1]} if lines else None
    if case.screened_at:
        return {"words": _("已经核对，等办下一步"), "lines": lines}
    demanded = screening.demanded(case)
    words = _("先逐项核对，再定受不受理") if demanded else _("逐项核对，看是不是可以受理")
    return {"words": words, "lines": lines}
