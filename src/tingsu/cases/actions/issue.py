"""A paper gets its number, its day and its final form, all in one transaction (HA-18)."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._documents import document_of, kind_of, turning
from tingsu.cases._files import store
from tingsu.cases._numbers import likely_number, register_number
from tingsu.cases._read import row_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.imprints import used
from tingsu.cases.models import Case, Document
from tingsu.packs import calendar_of
from tingsu.people.actor import Actor
from tingsu.people.models import Organisation
from tingsu.people.rulebook import case_pack

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is misread
CODE_LENGTH = 16  # eighty bits: nobody finds a paper by guessing


@dataclass(frozen=True)
class Numbered:
    """What a paper gets as it is issued. ``code``: by which the public checks it."""

    number: str
    code: str
    at: datetime


@dataclass(frozen=True)
class Made:
    """The paper in its final form: its data as JSON, and the PDF."""

    paper: str
    pdf: bytes


Make = Callable[[Numbered], Made]


def issue(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    document_id: UUID,
    make: Make,
    signed: Mapping[str, str],
    imprints: Sequence[UUID] = (),
    key: str | None = None,
) -> Written:
    """Issue a draft. make: sets the paper; what it raises refuses the step, and no number is used.
    signed: what the entry tells of the signature, {} where none was needed. imprints: pictures of
    signature and seal on it, which must still be in force when the number is taken.

    The paper is set before the transaction, with the number that comes next. Only when somebody
    else took that number meanwhile is it set again inside.
    """
    draft = row_of(Document, id=document_id, case_id=case.id)
    if draft is None:
        raise Refusal(_("找不到这份文书。"), code="missing")
    house = Organisation.objects.get(id=case.organisation_id)
    word = kind_of(case, draft.kind).word
    year = calendar_of(case_pack(case)).day_of(at).year
    code = _new_code()
    likely = likely_number(house, word, year)[1]
    ready = make(Numbered(likely, code, at)) if draft.state == "draft" else None

    def plan(case: Case) -> Plan:
        document = document_of(case, document_id, "draft")
        place, number = register_number(house, word, year)
        made = ready if ready and number == likely else make(Numbered(number, code, at))
        changes = _kept(document, made) | {
            "state": "issued", "issued_by_id": by.member_id, "issued_at": at, "code": code,
            "word": word, "year": year, "sequence": place, "number": number,
        }  # fmt: skip
        entry = _entry(document, number, str(changes["sha256"]), signed)
        uses = [partial(used, one) for one in imprints]
        return Plan([entry], effects=[turning(document.id, "draft", changes), *uses])

    return write(case, by, at, plan, key=key)


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def _kept(document: Document, made: Made) -> dict[str, object]:
    """Where the PDF lies, under which hash; its data sealed."""
    digest, path = store(BytesIO(made.pdf))
    document.paper = made.paper
    return {
        "sha256": digest,
        "size": len(made.pdf),
        "stored_as": path,
        "paper_sealed": document.paper_sealed,
    }


def _entry(document: Document, number: str, digest: str, signed: Mapping[str, str]) -> Entry:
    told = {
        "document": str(document.id),
        "kind": document.kind,
        "title": document.title,
        "number": number,
        "sha256": digest,
        **signed,
    }
    return Entry("document_issued", "", told, extra_search=f"{number} {document.title}")
