"""Papers that reach somebody: clocks, the follow page, the proof (HA-18)."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail

import factories as f
from papers import accepted, issued
from tingsu import work
from tingsu.cases._files import Given
from tingsu.cases.actions import serve
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Attachment, Clock, Letter, Serving
from tingsu.cases.queries import portal

pytestmark = pytest.mark.django_db
AT = f.NOON


def test_serving_both_meets_the_clock_and_starts_the_answer() -> None:
    """Order 32 art. 17: the notice goes to both; the ten days begin when the agency has it."""
    house = f.make_house()
    case, drafts = accepted(house)
    notice = issued(house, case, drafts["acceptance"])
    copy = issued(house, case, drafts["acceptance_respondent"])
    by = house.actor("甲")
    serve.serve(case, by, AT, document_id=notice.id, to="complainant", way="portal")
    running = Clock.objects.get(case=case, rule="cn.tour.serve")
    assert running.state == "running"
    day = AT + timedelta(days=2)
    serve.serve(
        case, by, day + timedelta(days=1),
        document_id=copy.id, to="respondent", way="hand", served_at=day, receiver="前台 李",
    )  # fmt: skip
    running.refresh_from_db()
    assert (running.state, running.ended_at) == ("met", day)
    answer = Clock.objects.get(case=case, rule="cn.tour.reply")
    assert answer.started_at == day
    assert Serving.objects.get(document=copy).receiver == "前台 李"


def test_the_customer_finds_the_paper_on_the_follow_page_and_gets_a_letter() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    serve.serve(case, house.actor("甲"), AT, document_id=paper.id, to="complainant", way="portal")
    letter = Letter.objects.get(case=case, kind="notice")
    assert paper.number in letter.body
    Letter.objects.filter(id=letter.id).update(state="sent")
    told = [one for one in portal.told(case) if one.kind == "document_served"]
    (file,) = told[0].files
    assert (file.sha256, file.public) == (paper.sha256, True)


def test_a_proof_is_kept_with_the_serving_and_hidden_from_the_customer() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance_respondent"])
    proof = Given("回执.pdf", 16, BytesIO(b"%PDF-1.7 receipt"))
    serve.serve(
        case, house.actor("甲"), AT,
        document_id=paper.id, to="respondent", way="letter", proof=proof, note="挂号信",
    )  # fmt: skip
    kept = Serving.objects.get(document=paper).proof
    assert kept is not None
    assert (kept.name, kept.public) == ("回执.pdf", False)
    assert Attachment.objects.filter(case=case).count() == 1


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"to": "unit", "way": "hand"}, "to"),
        ({"to": "complainant", "way": "pigeon"}, "way"),
        ({"to": "complainant", "way": "mail"}, "way"),  # no address
        ({"to": "complainant", "way": "hand", "served_at": AT + timedelta(days=1)}, "served_at"),
        ({"to": "complainant", "way": "hand", "served_at": AT - timedelta(days=1)}, "served_at"),
    ],
)
def test_a_serving_that_cannot_be_is_refused_at_its_field(how: dict[str, Any], field: str) -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    with pytest.raises(Invalid) as refused:
        serve.serve(case, house.actor("甲"), AT, document_id=paper.id, **how)
    assert field in refused.value.fields


def test_a_paper_served_by_mail_is_enclosed() -> None:
    house = f.make_house()
    case, drafts = accepted(house, email="wang@example.com")
    paper = issued(house, case, drafts["acceptance"])
    serve.serve(case, house.actor("甲"), AT, document_id=paper.id, to="complainant", way="mail")
    work.letters(AT + timedelta(days=1))
    sent = next(one for one in mail.outbox if paper.number in one.subject)
    ((name, content, kind),) = sent.attachments
    assert name.endswith(".pdf")
    assert isinstance(content, bytes)
    assert (content[:4], kind) == (b"%PDF", "application/pdf")
