"""Throws away what nobody will miss: old presence rows and forgotten drafts."""

from datetime import datetime, timedelta

from tingsu.cases.models import Draft, Presence

DRAFTS_LAST = timedelta(days=90)


def tidy(at: datetime) -> None:
    """Presence of yesterday, drafts that nobody opened for three months."""
    Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    Draft.objects.filter(saved_at__lt=at - DRAFTS_LAST).delete()
