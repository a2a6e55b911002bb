"""Who was asked to sign what, and what came of it. Reads case tables and the storage."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from tingsu.cases.models import Case, Signing
from tingsu.cases.sign_links import opens
from tingsu.people.permission import NotThere


def of_subjects(subjects: Iterable[UUID]) -> dict[UUID, list[Signing]]:
    """By the thing that is signed, in one question."""
    found: dict[UUID, list[Signing]] = {}
    rows = Signing.objects.filter(subject__in=list(subjects))
    for row in rows.select_related("asked_by", "witness", "scan").order_by("id"):
        found.setdefault(row.subject, []).append(row)
    return found


def of_case(case: Case) -> list[Signing]:
    """All of a case, in the order in which they were asked for."""
    return list(Signing.objects.filter(case_id=case.id).order_by("id"))


def one(case: Case, signing_id: UUID) -> Signing:
    """One of a case. Raises NotThere."""
    row = Signing.objects.filter(case_id=case.id, id=signing_id).select_related("scan").first()
    if row is None:
        raise NotThere
    return row


def by_link(organisation_id: UUID, signing_id: UUID, key: str, at: datetime) -> Signing:
    """The row that a link opens, signed or not. Raises NotThere."""
    row = _rows(organisation_id).filter(id=signing_id).first()
    if row is None or not opens(row, key, at):
        raise NotThere
    return row


def opened(organisation_id: UUID, signing_id: UUID, link_round: int, at: datetime) -> Signing:
    """The same for a browser that has opened the link. Raises NotThere once another was made."""
    row = _rows(organisation_id).filter(id=signing_id, link_round=link_round).first()
    if row is None or row.link_until is None or at >= row.link_until:
        raise NotThere
    return row


def of_house(organisation_id: UUID, signing_id: UUID) -> Signing:
    """One of an organisation, for whoever follows its case. Raises NotThere."""
    row = _rows(organisation_id).filter(id=signing_id).first()
    if row is None:
        raise NotThere
    return row


def for_customer(case: Case) -> list[Signing]:
    """What waits for the complainant's own name."""
    return list(Signing.objects.filter(case_id=case.id, role="complainant", state="waiting"))


def picture(row: Signing) -> bytes:
    """The drawn signature. Raises NotThere where there is none, or its bytes are gone."""
    if not row.stored_as or not default_storage.exists(row.stored_as):
        raise NotThere
    with default_storage.open(row.stored_as) as file:
        content: bytes = file.read()
    return content


def _rows(organisation_id: UUID) -> QuerySet[Signing]:
    return Signing.objects.filter(organisation_id=organisation_id).select_related("case")
