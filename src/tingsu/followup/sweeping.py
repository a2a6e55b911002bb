"""What the worker does of this room: disposals, requests of persons, dossiers, bytes that are left
over. Every row is found again after a kill."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from tingsu.cases import erasing
from tingsu.cases.models import Leftover
from tingsu.followup.actions import dispose, dossier, export, person
from tingsu.followup.models import PersonRequest

GRACE = timedelta(hours=1)  # somebody may just be bringing the same bytes
AT_ONCE = 50


def sweep(at: datetime) -> bool:
    """Everything once; whether anything was found."""
    return any([dossier.sweep(at), dispose.sweep(at), asked(at), leftovers(at)])


def asked(at: datetime) -> bool:
    """Requests of persons that were approved; copies that have lain for a week."""
    rows = PersonRequest.objects.filter(state="approved").order_by("id")
    found = list(rows.select_related("party")[:AT_ONCE])
    for row in found:
        if row.kind == "erase":
            person.erase(row, at)
        else:
            export.make(row, at)
    export.throw_away(at)
    return bool(found)


def leftovers(at: datetime) -> bool:
    """Take bytes away that nobody holds any more."""
    rows = list(Leftover.objects.filter(since__lt=at - GRACE).order_by("since")[:AT_ONCE])
    for row in rows:
        with transaction.atomic():
            # The row first: whoever brings the same bytes now waits for us, and saves them anew.
            gone, _models = Leftover.objects.filter(path=row.path).delete()
            if gone and not erasing.held_elsewhere(row.path):
                default_storage.delete(row.path)
    return bool(rows)
