"""What the side column says of call-backs. No query: the case knows when the next one is due."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.people.permission import Who


def when(case: Any) -> bool:
    """The tab is there once a case has ended, or where a clash was noted before."""
    return not case.open or case.clash or case.round > 1


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """When the next call is due."""
    if case.callback_at is None:
        return None
    words = _("回访已到时候") if case.callback_at <= now else _("等着回访客户")
    return {"words": words, "due": case.callback_at, "lines": [], "waits": 1}
