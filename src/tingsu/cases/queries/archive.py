"""The register of the archive: what is kept, due, held or gone. Reads case tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases._counted import counted
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.cases.queries.access import reached
from tingsu.people.permission import Can, Who

PAGE = 25
MOST_COUNTED = 999
LISTS = ("kept", "due", "held", "gone")


@dataclass(frozen=True)
class Register:
    """One page of the register, and where the next begins ("" at the end)."""

    rows: list[ArchiveEntry]
    following: str


def page(who: Who, which: str, today: date, *, query: str = "", after: str = "",
         size: int = PAGE) -> Register:  # fmt: skip
    """The newest first. query: the beginning of a number, or its end."""
    rows = _list(who, which, today)
    if query:
        rows = rows.filter(number__icontains=query)
    if before := _id(after):
        rows = rows.filter(id__lt=before)
    found = list(rows.select_related("case", "archived_by", "held_by").order_by("-id")[: size + 1])
    more = len(found) > size
    return Register(found[:size], found[size - 1].id.hex if more else "")


def counts(who: Who, today: date) -> dict[str, int]:
    """How many are in each list, counted up to MOST_COUNTED."""
    return counted({one: _list(who, one, today) for one in LISTS}, MOST_COUNTED + 1)


def chosen(who: Who, ids: Collection[UUID]) -> list[ArchiveEntry]:
    """Lines of the register that the member may dispose of, in the order of their numbers."""
    rows = ArchiveEntry.objects.filter(id__in=ids, organisation_id=who.organisation_id)
    within = rows.filter(case__in=reached(who, Can.DISPOSE).order_by())
    return list(within.order_by("number"))


def due(who: Who, today: date, most: int) -> list[ArchiveEntry]:
    """What is due for disposal, the longest due first."""
    return list(_list(who, "due", today).order_by("keep_until", "id")[:most])


def of_case(case: Case) -> ArchiveEntry | None:
    """The line in force, or the one with which the file was disposed of."""
    rows = ArchiveEntry.objects.filter(case=case, state__in=("kept", "disposed"))
    return rows.select_related("archived_by", "held_by").order_by("-id").first()


def _list(who: Who, which: str, today: date) -> "QuerySet[ArchiveEntry]":
    rows = ArchiveEntry.objects.filter(organisation_id=who.organisation_id)
    rows = rows.filter(case__in=reached(who, Can.ARCHIVE).order_by())
    if which == "gone":
        return rows.filter(state="disposed")
    rows = rows.filter(state="kept")
    if which == "due":
        return rows.filter(held_at__isnull=True, keep_until__lt=today)
    return rows.filter(held_at__isnull=False) if which == "held" else rows


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
