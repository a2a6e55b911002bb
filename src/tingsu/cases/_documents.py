"""Papers of a case: which its pack knows, which are proposed, what serving one brings about.

Reads packs and document rows; builds rows and writes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import Effect
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import update
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Document, Serving
from tingsu.packs import calendar_of
from tingsu.packs.documents import DOCUMENTS, DocumentKind
from tingsu.packs.vocabulary import LANGUAGES
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack

SEEN_BY_CUSTOMER = "complainant"
STEP_FACTS = ("unit", "due", "basis", "found", "liability", "terms")
"""What a step tells that a paper needs."""


@dataclass
class Proposal:
    """Drafts that belong to what happened, to be joined with the plan of the step."""

    rows: list[Document] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    data: dict[str, list[str]] = field(default_factory=dict)  # for the entry


def kinds(case: Case) -> Mapping[str, DocumentKind]:
    """The papers that the case's pack had on the day of receipt."""
    pack = case_pack(case)
    return DOCUMENTS.of(pack).kinds_on(calendar_of(pack).day_of(case.received_at))


def kind_of(case: Case, kind: str) -> DocumentKind:
    """One of them. Raises Refusal."""
    found = kinds(case).get(kind)
    if found is None:
        raise Refusal(_("这件投诉所属的行业没有这种文书。"), "kind", "missing")
    return found


def document_of(case: Case, document_id: UUID, *states: str) -> Document:
    """A paper of the case in one of the states. Raises Refusal."""
    found = row_of(Document, id=document_id, case_id=case.id)
    if found is None:
        raise Refusal(_("找不到这份文书。"), code="missing")
    if found.state not in states:
        raise Refusal(_("这份文书的状态已经变了，请刷新后再看。"), code="ended")
    return found


def turning(document_id: UUID, was: str, changes: Mapping[str, Any]) -> Effect:
    """The change of a paper as an effect of a plan; refused when somebody was quicker."""

    def effect() -> None:
        if not update(Document, changes, id=document_id, state=was):
            raise Refusal(_("这份文书的状态已经变了，请刷新后再看。"), code="ended")

    return effect


def new_draft(case: Case, kind: DocumentKind, at: datetime, values: Mapping[str, str]) -> Document:
    """A draft in the customer's language. values: what is known beyond the case itself."""
    language = case.language if case.language in LANGUAGES else LANGUAGES[0]
    draft = Document(
        id=new_id(),
        organisation_id=case.organisation_id,
        case_id=case.id,
        round=case.round,
        kind=kind.id,
        language=language,
        title=kind.title(language),
        made_at=at,
    )
    draft.typed = json.dumps(dict(values), ensure_ascii=False)
    return draft


def proposed(
    case: Case, event: str, at: datetime, reason: str = "", data: Mapping[str, Any] | None = None
) -> Proposal:
    """The drafts for what just happened, with the facts of the step; none that is there already."""
    pack = case_pack(case)
    wanted = DOCUMENTS.of(pack).proposed(event, calendar_of(pack).day_of(case.received_at))
    if not wanted:
        return Proposal()
    waiting = {row.kind for row in rows_of(Document, case_id=case.id, state="draft")}
    values = {name: str((data or {})[name]) for name in STEP_FACTS if (data or {}).get(name)}
    values |= {"reason": reason} if reason else {}
    rows = [new_draft(case, one, at, values) for one in wanted if one.id not in waiting]
    if not rows:
        return Proposal()
    return Proposal(
        rows, {"papers": case.papers + len(rows)}, {"documents": [row.title for row in rows]}
    )


def raised(case: Case, document: Document, to: str) -> list[str]:
    """The events of clocks that come about when this paper is served on somebody now: some need
    several papers, or both parties."""
    issued = rows_of(Document, case_id=case.id, round=case.round, state="issued")
    by_id = {row.id: row.kind for row in issued}
    reached = {(document.kind, to)}
    if by_id:
        servings = rows_of(Serving, document_id=tuple(by_id))
        reached |= {(by_id[row.document_id], row.to) for row in servings}
    known = kinds(case)
    done = {
        kind
        for kind, _to in reached
        if kind in known and all((kind, one) in reached for one in known[kind].to)
    }
    if document.kind not in done:
        return []
    return DOCUMENTS.of(case_pack(case)).raised(document.kind, done)
