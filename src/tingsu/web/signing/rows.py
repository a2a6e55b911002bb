"""Signatures as a list, for the page of whatever is signed. Reads queries, no models."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from tingsu.cases.queries import signing as queries
from tingsu.core.signing import grouped
from tingsu.web import labels_ending
from tingsu.web.labels import label_of


def signatures(case: Any, subjects: Iterable[UUID]) -> Mapping[UUID, list[dict[str, Any]]]:
    """By the thing that is signed: each as ``web/signing/list.html`` asks for it."""
    found = queries.of_subjects(subjects)
    return {key: [shown(case, row) for row in rows] for key, rows in found.items()}


def shown(case: Any, row: Any) -> dict[str, Any]:
    """One signature: who, how it stands, what can be done."""
    return {
        "row": row,
        "role": label_of(labels_ending.SIGNERS, row.role),
        "way": label_of(labels_ending.SIGNED_BY, row.way) if row.way else None,
        "hash": grouped(row.text_hash),
        "url": reverse("case_signing", args=[case.id, row.id]),
        "picture": reverse("case_signing_picture", args=[case.id, row.id]) if row.size else "",
        "scan": reverse("case_file", args=[case.id, row.scan_id]) if row.scan_id else "",
    }
