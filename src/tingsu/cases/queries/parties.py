"""Complainants: recognised by number, listed, with their cases (IN-3, HA-2)."""

from uuid import UUID

from tingsu.cases._sealed import vault
from tingsu.cases.models import Case, Look, Party
from tingsu.people.permission import Who

PAGE = 50


def by_phone(who: Who, typed: str) -> list[Party]:
    """Everybody of the own organisation with this number, exact, over the blind index."""
    indexes = vault().phone_lookups(typed)
    if not indexes:
        return []
    rows = Party.objects.filter(
        organisation_id=who.organisation_id, phone_index__in=indexes, erased_at__isnull=True
    )
    return list(rows.order_by("-id")[:20])


def by_email(who: Who, typed: str) -> list[Party]:
    """The same for a mail address."""
    indexes = vault().email_lookups(typed)
    if not indexes:
        return []
    rows = Party.objects.filter(
        organisation_id=who.organisation_id, email_index__in=indexes, erased_at__isnull=True
    )
    return list(rows.order_by("-id")[:20])


def newest(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Party]:
    """The register, newest first; ``before`` is the last id of the page before."""
    rows = Party.objects.filter(organisation_id=who.organisation_id, erased_at__isnull=True)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:size])


def cases_of(parties: list[Party], most: int = 50) -> list[Case]:
    """What these people complained of, newest first. For the recognition of a caller the brief
    line is shown whatever the reader's reach; opening goes through ``access_case``."""
    rows = Case.objects.filter(party_id__in=[party.id for party in parties])
    return list(rows.select_related("owner", "queue").order_by("-received_at")[:most])


def looks(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Look]:
    """Who looked at personal data, newest first, for the auditor."""
    rows = Look.objects.filter(organisation_id=who.organisation_id)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows.select_related("member", "party").order_by("-id")[:size])
