"""Letters that came back: said at the letter, and the owner of the case is told (IN-4)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tingsu.cases.actions import deliver
from tingsu.channels.mail.message import Bounce
from tingsu.channels.mail.threads import letter_of


def mark(organisation_id: UUID, bounces: Iterable[Bounce], at: datetime) -> None:
    """Mark the letters that did not arrive; what is only delayed is left alone."""
    for bounce in bounces:
        letter = letter_of(organisation_id, bounce.message_id) if bounce.lasting else None
        if letter:
            deliver.came_back(letter, at, f"{bounce.status} {bounce.words}".strip())
