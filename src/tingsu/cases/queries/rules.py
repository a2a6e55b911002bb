"""What the rules of its pack say about a case. Reads packs, no tables."""

from typing import Any

from tingsu.cases._allowed import forbidden
from tingsu.core.lifecycle import Move


def banned(case: Any, move: Move) -> bool:
    """Whether the pack forbids the move: it is not offered then, and refused in words."""
    return bool(forbidden(case, move))
