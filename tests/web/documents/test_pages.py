"""Papers in the browser: the wing, a draft, issuing, serving, the public check, own wordings."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Word

import factories as f
from papers import accepted, issued
from tingsu.cases.models import Document, DocumentWording, Event, Look, Serving
from tingsu.web.documents.card import card

pytestmark = pytest.mark.django_db


def desk(house: f.House, name: str = "甲") -> Client:
    return f.signed_in(house[name])


def step(browser: Client, case: Any, name: str, row: Any, **told: Any) -> Any:
    told = {"row": str(row), "ik": f"{name}{row}", "version": "", **told}
    return browser.post(reverse(f"case_document_{name}", args=[case.id]), told)


def content(response: Any) -> bytes:
    """The whole of a download, which is then closed."""
    return b"".join(response.streaming_content)


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def test_the_wing_lists_drafts_and_the_case_says_that_they_wait() -> None:
    house = f.make_house()
    case, _drafts = accepted(house)
    browser = desk(house)
    page = text(browser.get(reverse("case_documents", args=[case.id])))
    assert "旅游投诉受理通知书" in page
    assert page.count("核对、签发") == 3
    assert "3 份草稿待签发" in text(browser.get(reverse("case", args=[case.id])))


def test_a_case_without_papers_asks_nothing_for_them(
    django_assert_max_num_queries: Any,
) -> None:
    house = f.make_house()
    case = f.make_case(house, by="甲")
    who = house.who("甲")
    with django_assert_max_num_queries(0):
        assert card(who, case, f.NOON) is None


def test_a_draft_is_filled_previewed_and_issued() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    browser, paper = desk(house), drafts["filing"]
    address = reverse("case_document", args=[case.id, paper.id])
    page = text(browser.get(address))
    assert "签发前还要写" in page
    assert "data:image/svg+xml" in page
    browser.post(address, {"language": "zh-hant", "opinion": "建议立案"})
    page = text(browser.get(address))
    assert "签发前还要写" not in page
    assert "旅遊投訴立案審批表" in page
    answer = step(browser, case, "issue", paper.id, signatory="负责人 丁")
    assert answer.status_code == 303
    paper.refresh_from_db()
    assert re.fullmatch(r"TS旅立〔\d{4}〕1号", paper.number)
    assert paper.number in text(browser.get(address))


def test_what_was_typed_stays_when_the_case_says_something_else_later() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    browser, paper = desk(house), drafts["acceptance"]
    address = reverse("case_document", args=[case.id, paper.id])
    browser.post(address, {"language": "zh-hans", "complainant": "王晓明"})
    assert 'value="王晓明"' in text(browser.get(address))


def test_a_paper_that_lacks_something_is_refused_with_the_reason() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    answer = step(desk(house), case, "issue", drafts["filing"].id, signatory="甲")
    assert answer.status_code == 422
    assert "承办人意见" in text(answer)
    assert not Document.objects.filter(case=case, state="issued").exists()


def test_pdf_and_word_say_the_same() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    browser = desk(house)
    pdf = browser.get(reverse("case_document_pdf", args=[case.id, paper.id]))
    assert content(pdf).startswith(b"%PDF")
    answer = browser.get(reverse("case_document_word", args=[case.id, paper.id]))
    file = Word(io.BytesIO(content(answer)))
    said = "\n".join(line.text for line in file.paragraphs)
    assert paper.number in said
    assert "王小明：" in said
    assert "{" not in said
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert "退还门票 180 元" in cells


def test_serving_is_recorded_with_its_proof() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance_respondent"])
    proof = io.BytesIO(b"%PDF-1.4 receipt")
    proof.name = "回执.pdf"
    told = {"to": "respondent", "way": "hand", "receiver": "前台", "files": [proof]}
    answer = step(desk(house), case, "serve", paper.id, **told)
    assert answer.status_code == 303
    row = Serving.objects.get(document=paper)
    assert (row.receiver, row.proof is not None) == ("前台", True)
    shown = text(desk(house).get(reverse("case_document", args=[case.id, paper.id])))
    assert "回执.pdf" in shown


def test_who_may_not_declare_void_and_who_may() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    assert step(desk(house), case, "void", paper.id, reason="错").status_code == 403
    assert step(desk(house, "主管"), case, "void", paper.id, reason="写错").status_code == 303
    page = text(Client().get(reverse("document_checked", args=[paper.code])))
    assert "这份文书已经作废" in page


def test_opening_a_paper_with_an_address_is_a_look() -> None:
    house = f.make_house()
    case, _drafts = accepted(house, address="明州区中山路 1 号")
    browser = desk(house)
    browser.post(reverse("case_document_begin", args=[case.id]), {"kind": "mediation", "ik": "b1"})
    paper = Document.objects.get(case=case, kind="mediation")
    for _turn in range(2):
        browser.get(reverse("case_document", args=[case.id, paper.id]))
    assert [row.fields for row in Look.objects.filter(case_id=case.id)] == ["address"]


def test_the_kept_forms_come_as_pdf_from_the_same_case() -> None:
    house = f.make_house()
    case = f.make_case(house, by="甲")
    browser = desk(house)
    for kind in ("register", "visit"):
        answer = browser.get(reverse("case_document_form", args=[case.id, kind]))
        assert answer.content.startswith(b"%PDF"), kind
    assert browser.get(reverse("case_document_form", args=[case.id, "refusal"])).status_code == 404


def test_the_public_sees_whether_a_paper_is_ours_and_compares_the_file() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    public = Client()
    address = reverse("document_checked", args=[paper.code])
    page = text(public.get(address))
    assert "这份文书有效" in page
    assert paper.number in page
    assert "王小明" not in page
    pdf = desk(house).get(reverse("case_document_pdf", args=[case.id, paper.id]))
    same, other = io.BytesIO(content(pdf)), io.BytesIO(b"%PDF other")
    same.name = other.name = "a.pdf"
    assert "完全一样" in text(public.post(address, {"file": same}))
    assert "不一样" in text(public.post(address, {"file": other}))
    assert public.get(reverse("document_checked", args=["AAAA"])).status_code == 404
    asked = public.get(reverse("document_check"), {"code": "-".join(str(paper.code))})
    assert asked.headers["Location"] == address


def test_an_own_wording_is_checked_tried_used_and_given_up() -> None:
    house = f.make_house()
    browser = desk(house, "管理员")
    address = reverse("wording", args=["property", "refusal", "zh-hans"])
    assert "data:image/svg+xml" in text(browser.get(address))
    wrong = browser.post(address, {"title": "告知", "body": "因为{reson}"})
    assert wrong.status_code == 422
    assert "{reson}" in text(wrong)
    assert "data:image/svg+xml" in text(
        browser.post(address, {"title": "告知", "body": "因为{reason}", "try": "1"})
    )
    assert not DocumentWording.objects.exists()
    browser.post(address, {"title": "不受理告知", "body": "很抱歉，{reason}。"})
    case = f.make_case(house, by="甲")
    desk(house).post(reverse("case_document_begin", args=[case.id]), {"kind": "refusal", "ik": "b"})
    paper = Document.objects.get(case=case)
    desk(house).post(
        reverse("case_document", args=[case.id, paper.id]),
        {"language": "zh-hans", "reason": "不归我们管"},
    )
    step(desk(house), case, "issue", paper.id, signatory="甲")
    paper.refresh_from_db()
    assert "很抱歉，不归我们管。" in paper.paper
    assert '"不受理告知"' in paper.paper
    browser.post(address, {"restore": "1"})
    assert not DocumentWording.objects.exists()


def test_the_customer_reads_the_paper_on_the_follow_page() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    step(desk(house), case, "serve", paper.id, to="complainant", way="portal")
    entry = Event.objects.get(case=case, kind="document_served")
    assert entry.public
    page = text(desk(house).get(reverse("case", args=[case.id])))
    assert re.search("送达文书", page)
