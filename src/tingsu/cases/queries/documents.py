"""Papers for the faces: those of a case, one by its public code, the bytes of one, own wordings.

Reads document tables, packs and the storage, writes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from django.db.models import Count

from tingsu.cases._documents import kinds as kinds_of
from tingsu.cases._files import opened
from tingsu.cases.models import Case, Document, DocumentWording, Event, Serving
from tingsu.packs.documents import DocumentKind
from tingsu.people.permission import NotThere


@dataclass(frozen=True)
class Shown:
    """A paper with its servings and, where the pack still has it, its kind."""

    row: Document
    kind: DocumentKind | None
    servings: list[Serving] = field(default_factory=list)

    @property
    def unserved(self) -> list[str]:
        """Those for whom it is and who have not got it."""
        to = self.kind.to if self.kind else ()
        return [one for one in to if one != "file" and one not in {s.to for s in self.servings}]


@dataclass(frozen=True)
class Checked:
    """What the public page says of a paper: nothing about persons."""

    number: str
    title: str
    issued_at: Any
    house: str
    state: str  # issued | void
    voided_at: Any
    sha256: str


def kinds(case: Case) -> Mapping[str, DocumentKind]:
    """The papers that can be made on this case."""
    return kinds_of(case)


def of_case(case: Case) -> list[Shown]:
    """All papers of a case but those thrown away, the newest first."""
    rows = Document.objects.filter(case=case).exclude(state="dropped")
    known = kinds_of(case)
    servings: dict[UUID, list[Serving]] = {}
    papers = list(rows.select_related("issued_by").order_by("-id"))
    for row in (
        Serving.objects.filter(document__in=papers).select_related("proof").order_by("at", "id")
    ):
        servings.setdefault(row.document_id, []).append(row)
    return [Shown(row, known.get(row.kind), servings.get(row.id, [])) for row in papers]


def one(case: Case, document_id: UUID) -> Shown:
    """A paper of the case. Raises NotThere."""
    found = [shown for shown in of_case(case) if shown.row.id == document_id]
    if not found:
        raise NotThere
    return found[0]


def waiting(case: Case) -> tuple[int, int]:
    """How many drafts wait to be issued, how many issued ones have been served on nobody."""
    papers = Document.objects.filter(case=case, state__in=("draft", "issued"))
    rows = papers.annotate(times=Count("servings")).values_list("state", "kind", "times")
    known = kinds_of(case)
    drafts = unserved = 0
    for state, kind, times in rows:
        drafts += state == "draft"
        stays = kind in known and known[kind].to == ("file",)
        unserved += state == "issued" and not times and not stays
    return drafts, unserved


def pdf(document: Document) -> IO[bytes]:
    """The file as it was issued. Raises NotThere, also when its bytes are gone."""
    if not document.stored_as:
        raise NotThere
    return opened(document.stored_as)


def paper(document: Document) -> dict[str, Any]:
    """The data of an issued paper, from which its Word file is made again."""
    found: dict[str, Any] = json.loads(document.paper)
    return found


def by_code(code: str) -> Checked:
    """An issued paper by the code printed on it. Raises NotThere."""
    wanted = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    row = Document.objects.filter(code=wanted).select_related("organisation").first()
    if row is None:
        raise NotThere
    return Checked(
        row.number, row.title, row.issued_at, row.organisation.name, row.state, row.voided_at,
        row.sha256,
    )  # fmt: skip


def wording(
    organisation_id: UUID, pack: str, kind: DocumentKind, language: str
) -> tuple[str, str, bool]:
    """Title, body, and whether they are the organisation's own."""
    own = DocumentWording.objects.filter(
        organisation_id=organisation_id, pack=pack, kind=kind.id, language=language
    ).first()
    if own:
        return own.title, own.body, True
    return kind.title(language), kind.body(language), False


def replaced(organisation_id: UUID, pack: str) -> set[tuple[str, str]]:
    """Which kinds the organisation words itself, in which language."""
    rows = DocumentWording.objects.filter(organisation_id=organisation_id, pack=pack)
    return set(rows.values_list("kind", "language"))


def happened(case: Case, kinds_: tuple[str, ...]) -> list[Event]:
    """Entries of some kinds with the names of their writers, oldest first, for tables in papers."""
    rows = Event.objects.filter(case=case, kind__in=kinds_).select_related("member")
    return list(rows.order_by("at", "seq"))
