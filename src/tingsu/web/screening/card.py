"""What the side column says of first review, while it lasts. Costs no query. No models."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.core.lifecycle import State
from tingsu.people.permission import Who

LASTS = frozenset({State.RECEIVED, State.SCREENING, State.INCOMPLETE})


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """An invitation while the case is not accepted; nothing afterwards."""
    if State(case.state) not in LASTS:
        return None
    return {"words": _("逐项核对，看是不是可以受理")}
