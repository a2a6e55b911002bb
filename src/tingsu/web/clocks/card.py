"""The side column has the running clocks already: the wing adds no card. No models."""

from datetime import datetime
from typing import Any

from tingsu.people.permission import Who


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """Nothing more to say beside the timeline."""
    return None
