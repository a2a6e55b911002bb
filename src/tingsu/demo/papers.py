"""The papers of cases at work: issued by the owner, some served, one left. Calls actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from tingsu.cases.actions import document, serve
from tingsu.cases.models import Case, Document, Event
from tingsu.documents.fonts import NoFont, faces
from tingsu.documents.issuing import issue_draft
from tingsu.people.actor import Actor

A_MINUTE = timedelta(minutes=1)
HERE = "http://127.0.0.1:8000"  # where the demo is usually opened
ISSUED = ("filing", "acceptance", "acceptance_respondent", "refusal", "transfer", "transfer_notice")
SERVED = {"acceptance": "complainant", "refusal": "complainant", "transfer_notice": "complainant"}
TYPED = {"filing": {"opinion": "材料齐全，属于受理范围，建议立案。"}}


def send_out(cases: Iterable[Case], moment: datetime, most: int = 12) -> None:
    """A dozen cases have their papers; on a machine without a Chinese font none has."""
    try:
        faces("zh-hans")
    except NoFont:
        return
    with_papers = [case for case in cases if case.papers and case.owner_id][-most:]
    # In the order of their days, so that the register runs as the days do.
    for last, case in sorted(((_last(case), case) for case in with_papers), key=lambda one: one[0]):
        if last + A_MINUTE < moment:
            _issue_all(case, Actor("member", case.owner_id), last + A_MINUTE)


def _last(case: Case) -> datetime:
    at: datetime = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
    return at


def _issue_all(case: Case, by: Actor, at: datetime) -> None:
    drafts = {row.kind: row for row in Document.objects.filter(case=case, state="draft")}
    for kind in ISSUED:
        if kind not in drafts:
            continue
        paper = drafts[kind]
        if kind in TYPED:
            document.fill(case, document_id=paper.id, values=TYPED[kind], language=paper.language)
        issue_draft(
            case, by, at,
            document_id=paper.id, signatory="", checked_at=f"{settings.PUBLIC_URL or HERE}/verify/",
        )  # fmt: skip
        if kind in SERVED:
            serve.serve(case, by, at, document_id=paper.id, to=SERVED[kind], way="letter")
