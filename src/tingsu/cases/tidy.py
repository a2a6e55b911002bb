"""What is done when nobody waits: old presence rows and forgotten drafts go, the database learns
how its rows lie."""

from datetime import datetime, timedelta

from django.db import connection

from tingsu.cases._marks import forget_old
from tingsu.cases.models import Draft, Presence

DRAFTS_LAST = timedelta(days=90)
ROWS_LOOKED_AT = 400  # of each index; a hundredth of a second for a hundred thousand cases


def tidy(at: datetime) -> None:
    """Presence of yesterday, drafts that nobody opened for three months."""
    Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    Draft.objects.filter(saved_at__lt=at - DRAFTS_LAST).delete()
    forget_old(at)
    learn_sizes()


def learn_sizes() -> None:
    """Let the database look at its indexes. Without it SQLite walks every open case to count the
    few of one person; PostgreSQL does the same by itself, but not at once after an import."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
