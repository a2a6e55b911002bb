"""A draft on screen, and a draft issued: its facts, its wording, its checks, its two files.

Reads queries; issues through ``cases.actions.issue``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases._approvals import Given, carried
from tingsu.cases._approvals import signed as ask_signature
from tingsu.cases._write import Written
from tingsu.cases.actions.issue import Made, Numbered, issue
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Document, Layout
from tingsu.cases.queries import documents as queries
from tingsu.cases.queries import ending, imprints
from tingsu.core import papers
from tingsu.documents import qr, setting
from tingsu.documents.compose import Marks, Wording, compose
from tingsu.documents.fields import LABELS, values
from tingsu.documents.fonts import NoFont, lacking
from tingsu.documents.hands import hands
from tingsu.documents.imprints import NOTHING, Wish, chosen
from tingsu.documents.paper import Paper, from_data, said
from tingsu.documents.tables import table
from tingsu.documents.words import day_words
from tingsu.packs.documents import DocumentKind
from tingsu.people.actor import Actor
from tingsu.people.models import Organisation, new_id

IMPRINTS = ("signature", "seal")


@dataclass(frozen=True)
class Draft:
    """A draft with all that is known for it. ``missing``: fields that must still be filled."""

    document: Document
    kind: DocumentKind
    wording: Wording
    wanted: Mapping[str, bool]
    values: Mapping[str, str]
    missing: list[str]
    own: Mapping[str, Layout] = field(default_factory=dict)  # templates of the house, by form


def open_draft(case: Case, document_id: UUID, now: datetime) -> Draft:
    """The draft and its facts. Raises NotThere, or Refusal for a paper that is no draft."""
    shown = queries.one(case, document_id)
    if shown.row.state != "draft" or shown.kind is None:
        raise Refusal(_("这份文书已经不是草稿。"), code="ended")
    wording = wording_of(case.organisation_id, case.pack, shown.kind, shown.row.language)
    house = Organisation.objects.get(id=case.organisation_id)
    own = setting.in_force(house.id, case.pack, shown.kind.id, shown.row.language, localdate(now))
    wanted = _wanted(wording, own)
    known = values(case, shown.row, house, now)
    return Draft(shown.row, shown.kind, wording, wanted, known, papers.missing(wanted, known), own)


def issued_paper(document: Document) -> Paper:
    """An issued paper from its own data, marked where it is void."""
    paper = from_data(queries.paper(document))
    with override(paper.language):
        return replace(paper, mark=_("作废")) if document.state == "void" else paper


def editable(document: Document) -> Paper:
    """The same for a file that can be changed: without the pictures of a signature or a seal that
    was withdrawn since."""
    paper = issued_paper(document)
    given = {name: paper.imprints[name] for name in IMPRINTS if name in paper.imprints}
    valid = imprints.in_force(given)
    return replace(
        paper,
        hand=paper.hand if "signature" in valid else "",
        image=paper.image if "seal" in valid else "",
    )


def draft_paper(case: Case, draft: Draft, now: datetime) -> Paper:
    """The draft as a paper, marked as one."""
    with override(draft.document.language):
        marks = Marks(day=_today(draft, now), mark=_("草稿"), hands=_hands(draft))
    return _compose(case, draft, marks)


def standing_form(case: Case, kind_id: str, now: datetime) -> Paper:
    """A kept form of the house from the case as it stands, without a number (IN-9)."""
    kind = queries.kinds(case).get(kind_id)
    if kind is None:
        raise Refusal(_("这件投诉所属的行业没有这种文书。"), code="missing")
    blank = Document(id=new_id(), language=case.language, kind=kind_id)
    house = Organisation.objects.get(id=case.organisation_id)
    wording = wording_of(case.organisation_id, case.pack, kind, blank.language)
    known = values(case, blank, house, now)
    own = setting.in_force(house.id, case.pack, kind_id, blank.language, localdate(now))
    return _compose(case, Draft(blank, kind, wording, {}, known, [], own), Marks())


def wording_of(house: UUID, pack: str, kind: DocumentKind, language: str) -> Wording:
    """The organisation's wording, or the pack's."""
    title, body, _own = queries.wording(house, pack, kind, language)
    return Wording(title, body, kind.salute(language))


def preview(case: Case, draft: Draft, now: datetime) -> list[str]:
    """The pages as SVG, marked as a draft. Raises Refusal without a font."""
    try:
        return setting.pictures(draft_paper(case, draft, now))
    except NoFont as bare:
        raise Refusal(bare.words, code="no_font") from bare


def rare(case: Case, draft: Draft, now: datetime) -> str:
    """The characters of the draft that no font of the machine has."""
    try:
        paper = _compose(case, draft, Marks(day=_today(draft, now)))
        return lacking(said(paper), draft.document.language)
    except NoFont as bare:
        raise Refusal(bare.words, code="no_font") from bare


def issue_draft(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    document_id: UUID,
    signatory: str,
    checked_at: str,
    wish: Wish = NOTHING,
    given: Given | None = None,
    key: str | None = None,
) -> Written:
    """Issue a draft. checked_at: the address of the public page, to which the code is added.
    wish: the own signature as a picture, a seal.

    Raises Invalid naming the fields that are missing, Refusal naming characters without a glyph,
    NeedsApproval when the pack wants the paper signed by somebody else.
    """
    shown = queries.one(case, document_id)
    signed: dict[str, str] = {}
    used = chosen(case, by, shown.kind, signatory, wish)
    if shown.kind and shown.kind.approval and shown.row.state == "draft":
        ready(case, open_draft(case, document_id, at), at)
        told = {"document": str(document_id), "checked_at": checked_at, **used.asked(by)}
        said = open_draft(case, document_id, at).values
        signed = ending.signed_decision(case, document_id, said) or ask_signature(
            case, shown.kind.approval, by,
            step="document_issue", told=told, subject=str(document_id), given=given,
        )  # fmt: skip
    marks = Marks(signatory=signatory, hand=used.hand, seal=used.stamp, imprints=used.told)
    make = partial(_make, case, document_id, marks, checked_at)
    return issue(
        case, by, at,
        document_id=document_id, make=make, signed=signed | used.told, imprints=used.ids, key=key,
    )  # fmt: skip


@carried("document_issue")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    """Signed: issued at once, in the name of the one who signed, under their signature."""
    return issue_draft(
        case, by, at,
        document_id=UUID(told["document"]), signatory=by.name, checked_at=told["checked_at"],
        wish=Wish.carried(told), given=given,
    )  # fmt: skip


def ready(case: Case, draft: Draft, now: datetime) -> None:
    """Whether the draft may be issued. Raises Invalid or Refusal saying what stands in the way."""
    if draft.missing:
        words = _("还没有写：%(field)s。")
        raise Invalid({name: words % {"field": LABELS[name]} for name in draft.missing})
    if odd := rare(case, draft, now):
        words = _(
            "字体里没有这些字，印出来会是空框：%(signs)s。"
            "请换通行的写法，或请管理员装上有这些字的字体。"
        )
        raise Refusal(words % {"signs": " ".join(odd)}, code="no_glyph")


def _make(case: Case, document_id: UUID, marks: Marks, checked_at: str, given: Numbered) -> Made:
    draft = open_draft(case, document_id, given.at)
    ready(case, draft, given.at)
    marks = replace(
        marks,
        number=given.number,
        day=_today(draft, given.at),
        code=given.code,
        qr=qr.svg(f"{checked_at}{given.code}/"),
        hands=_hands(draft),
    )
    paper = _compose(case, draft, marks)
    return Made(json.dumps(paper.as_data(), ensure_ascii=False), setting.pdf(paper, given.at))


def _wanted(wording: Wording, own: Mapping[str, Layout]) -> dict[str, bool]:
    """Field -> whether it must have a value, for the wording or for a template of the house."""
    found = wording.fields()
    for row in own.values():
        for name, must in row.fields.items():
            found[name] = found.get(name, False) or must
    return found


def _hands(draft: Draft) -> dict[str, tuple[str, str]]:
    """The signatures of the parties, for papers that have a place for them."""
    if draft.kind.form != "agreement":
        return {}
    with override(draft.document.language):
        return hands(draft.document.id, draft.document.language)


def _compose(case: Case, draft: Draft, marks: Marks) -> Paper:
    made = compose(
        draft.kind,
        draft.wording,
        draft.values,
        language=draft.document.language,
        marks=marks,
        table=partial(table, case),
    )
    return setting.dressed(made, draft.own, draft.values)


def _today(draft: Draft, now: datetime) -> str:
    return draft.values.get("today") or day_words(localdate(now), draft.document.language)
