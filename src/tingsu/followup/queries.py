"""Dossiers, disposals, requests of persons, for the faces. The only door to each of them. Reads."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from tingsu.cases.models import Case
from tingsu.cases.queries import access_case
from tingsu.cases.queries.access import reached
from tingsu.followup.actions import person
from tingsu.followup.models import Disposal, Dossier, PersonRequest
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Rows, and where the next page begins ("" at the end)."""

    rows: list[PersonRequest]
    following: str


def dossiers(case: Case, most: int = 5) -> list[Dossier]:
    """Copies of a case, the newest first."""
    rows = Dossier.objects.filter(case=case).exclude(state="gone").select_related("asked_by")
    return list(rows.order_by("-id")[:most])


def access_dossier(who: Who, case_id: UUID, dossier_id: UUID) -> Dossier:
    """One copy. Raises NotThere, also for a full one where only masked ones may be taken."""
    case = access_case(who, case_id, Can.READ)
    found = Dossier.objects.filter(id=dossier_id, case=case).first()
    if found is None or not (found.masked or may(who, Can.UNMASK)):
        raise NotThere
    found.case = case
    return found


def disposals(who: Who, most: int = PAGE) -> list[Disposal]:
    """The newest first; those whose files are all in reach."""
    if not may(who, Can.ARCHIVE):
        raise Forbidden(Can.ARCHIVE)
    rows = Disposal.objects.filter(organisation_id=who.organisation_id)
    rows = rows.select_related("proposed_by", "decided_by").order_by("-id")
    return [row for row in rows[: 4 * most] if _all_in_reach(who, row)][:most]


def access_disposal(who: Who, disposal_id: UUID, right: Can = Can.ARCHIVE) -> Disposal:
    """One disposal. Raises NotThere, also where one of its files is out of reach."""
    if not may(who, right):
        raise Forbidden(right)
    rows = Disposal.objects.filter(organisation_id=who.organisation_id, id=disposal_id)
    found = rows.select_related("proposed_by", "decided_by").first()
    if found is None or not _all_in_reach(who, found):
        raise NotThere
    return found


def requests(who: Who, *, after: str = "", size: int = PAGE) -> Page:
    """What persons asked of their data: the newest first."""
    rows = PersonRequest.objects.filter(organisation_id=who.organisation_id)
    with suppress(ValueError):  # a cursor that somebody made up is simply the beginning
        rows = rows.filter(id__lt=UUID(after)) if after else rows
    found = list(rows.select_related("party", "asked_by", "decided_by").order_by("-id")[: size + 1])
    more = len(found) > size
    return Page(found[:size], found[size - 1].id.hex if more else "")


def waiting(who: Who) -> int:
    """How many wait for a decision, up to 99."""
    rows = PersonRequest.objects.filter(organisation_id=who.organisation_id, state="waiting")
    return rows[:99].count()


def access_request(who: Who, request_id: UUID, right: Can = Can.PARTIES) -> PersonRequest:
    """One request. Raises NotThere, Forbidden."""
    if not may(who, right):
        raise Forbidden(right)
    rows = PersonRequest.objects.filter(organisation_id=who.organisation_id, id=request_id)
    found = rows.select_related("party", "asked_by", "decided_by").first()
    if found is None:
        raise NotThere
    return found


def grounds(row: PersonRequest, now: datetime) -> list[person.Ground]:
    """What stands in the way of erasing now; what stood there when it was refused."""
    if row.state == "refused":
        return [person.Ground(**one) for one in row.grounds]
    if row.kind != "erase" or row.state != "waiting":
        return []
    return person.grounds(row.party, now)


def _all_in_reach(who: Who, row: Disposal) -> bool:
    items = row.items.aggregate(n=Count("id"))["n"]
    within = reached(who, Can.ARCHIVE).order_by()
    return bool(items == row.items.filter(case__in=within).count())
