"""What the side column says of prepared solutions: how many were used. No queries."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from tingsu.core.lifecycle import State
from tingsu.people.permission import Who


def card(_who: Who, case: Any, _now: datetime) -> dict[str, Any] | None:
    """How many were used."""
    if not case.solutions:
        return None
    words = ngettext("用了 %(n)s 个预案", "用了 %(n)s 个预案", case.solutions)
    return {"words": words % {"n": case.solutions}}


def when(case: Any) -> bool:
    """A case that was settled can become one; on others there is something once one was used."""
    return bool(case.solutions) or case.state in (State.CLOSED, State.ARCHIVED)
