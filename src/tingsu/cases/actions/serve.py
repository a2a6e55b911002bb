"""A paper reaches somebody: how, when, who took it, what proves it, and what clocks make of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases._clocks import Effect, ended_by, happening, spoken_with
from tingsu.cases._documents import SEEN_BY_CUSTOMER, document_of, kind_of, raised
from tingsu.cases._filed import Kept, attachment, keep
from tingsu.cases._files import Given
from tingsu.cases._letters import letter_row
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Document, Letter, Serving
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

WAYS = ("hand", "letter", "mail", "portal", "public")
OURS = frozenset({"mail", "portal"})  # we send it ourselves, to the complainant


@dataclass(frozen=True)
class Service:
    """One serving as it was told: to whom, which way, when."""

    to: str
    way: str
    when: datetime


def serve(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    document_id: UUID,
    to: str,
    way: str,
    served_at: datetime | None = None,
    receiver: str = "",
    note: str = "",
    proof: Given | None = None,
    key: str | None = None,
) -> Written:
    """Record that a paper was served; by mail or on the follow page it is sent with this step.

    to: complainant | respondent | unit; served_at: when it was, if not now; proof: a receipt, a
    photograph, a scan. Raises Invalid at the fields.
    """
    service = Service(to, way, at if way in OURS else served_at or at)
    kept = keep(proof) if proof is not None else None

    def plan(case: Case) -> Plan:
        document = document_of(case, document_id, "issued")
        _check(case, document, service, at)
        entry = _entry(document, service, clean(note).strip()[:200])
        files = [
            attachment(case, entry, one, by, at, public=public)
            for one, public in _files(document, entry, kept)
        ]
        serving = _serving(document, service, entry, files[-1].id if kept else None)
        serving.member_id, serving.receiver = by.member_id, clean(receiver).strip()[:120]
        rows: list[models.Model] = [serving, *files]
        rows += [_letter(case, document, entry, way, at)] if way in OURS else []
        clocks, effects = _clocks(case, raised(case, document, to), service.when)
        told = spoken_with(case, at) if way in OURS else {}
        return Plan([entry], told, [*rows, *clocks], effects)

    return write(case, by, at, plan, key=key)


def _serving(document: Document, service: Service, entry: Entry, proof_id: UUID | None) -> Serving:
    return Serving(
        id=new_id(),
        document_id=document.id,
        to=service.to,
        way=service.way,
        at=service.when,
        note=entry.text,
        proof_id=proof_id,
    )


def _entry(document: Document, service: Service, note: str) -> Entry:
    data = {
        "document": str(document.id),
        "title": document.title,
        "number": document.number,
        "to": service.to,
        "way": service.way,
    }
    seen = service.to == SEEN_BY_CUSTOMER
    return Entry("document_served", note, data, public=seen, at=service.when)


def _check(case: Case, document: Document, service: Service, at: datetime) -> None:
    problems = {}
    if service.to not in kind_of(case, document.kind).to:
        problems["to"] = _("请选择送达给谁。")
    if service.way not in WAYS:
        problems["way"] = _("请选择送达方式。")
    elif service.way in OURS and service.to != SEEN_BY_CUSTOMER:
        problems["way"] = _("邮件和查询页只能送达投诉人，请选择其他方式。")
    elif service.way == "mail" and not (case.party and case.party.email):
        problems["way"] = _("投诉人没有留邮箱，请选择其他方式。")
    if service.when > at:
        problems["served_at"] = _("还没有送达的不能记，请改成已经过去的时间。")
    elif document.issued_at and service.when < document.issued_at - timedelta(minutes=1):
        problems["served_at"] = _("送达不能早于签发，请核对时间。")
    if problems:
        raise Invalid(problems)


def _clocks(
    case: Case, events: list[str], when: datetime
) -> tuple[list[models.Model], list[Effect]]:
    """A case that is over starts no clock any more; what still runs can be met."""
    if not case.open:
        return [], ended_by(case, *events, at=when) if events else []
    rows: list[models.Model] = []
    effects: list[Effect] = []
    for event in events:
        started, met = happening(case, event, when)
        rows += started
        effects += met
    return rows, effects


def _files(document: Document, entry: Entry, proof: Kept | None) -> list[tuple[Kept, bool]]:
    """The paper itself where the customer is to have it; then the proof, which stays ours."""
    files = []
    if entry.public:
        name = f"{document.title} {document.number}.pdf"
        own = Kept(name, document.size, document.sha256, document.stored_as, "application/pdf")
        files.append((own, True))
    if proof is not None:
        files.append((proof, False))
    return files


def _letter(case: Case, document: Document, entry: Entry, way: str, at: datetime) -> Letter:
    with override(case.language):
        told: dict[str, Any] = {"title": document.title, "number": document.number}
        subject = _("%(title)s %(number)s") % told
        body = _(
            "现将《%(title)s》（%(number)s）送达给您，文书随本信附上，也可以在查询页下载。"
            "扫文书上的二维码可以核验。有不明白的地方，请联系我们。"
        )
        return letter_row(
            case, case.party,
            kind="notice", subject=subject, body=body % told, event_id=entry.id,
            send_after=at, channel=way,
        )  # fmt: skip
