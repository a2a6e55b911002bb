"""Holiday notices that an organisation counts by, over the calendars that we ship. Writes people
tables; every process knows a new one within ``rulebook.FRESH_SECONDS``.
"""

from datetime import datetime
from uuid import UUID

from tingsu.people import rulebook
from tingsu.people.models import HolidayNotice, new_id


def take_in(organisation_id: UUID, calendar_id: str, text: str, by: UUID, at: datetime) -> None:
    """Count by a checked notice from now on, in the caller's transaction."""
    HolidayNotice.objects.create(
        id=new_id(),
        organisation_id=organisation_id,
        calendar=calendar_id,
        text=text,
        taken_by_id=by,
        taken_at=at,
    )
    rulebook.moved(organisation_id)
