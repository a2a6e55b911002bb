"""Signatures, seals and layouts in the browser (HA-18): brought, let in, used, withdrawn."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from docx import Document as Word

import factories as f
import hands
from papers import accepted
from tingsu.cases.models import Event, Imprint, Layout

pytestmark = pytest.mark.django_db
OURS = b'#import "layout.typ": *\n#show: page-set\n#head\n#blocks\n#signature\n'


def desk(house: f.House, name: str) -> Client:
    return f.signed_in(house[name])


def page(browser: Client, name: str, *args: Any) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


def picture(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", data, "image/jpeg")


def test_a_signature_is_seen_by_its_owner_alone_and_used_when_ticked() -> None:
    house = f.make_house()
    browser = desk(house, "甲")
    sent = {"picture": picture(hands.scanned())}
    assert browser.post(reverse("signature"), sent).status_code == 303
    assert "data:image/png;base64" in page(browser, "signature")
    assert "data:image/png;base64" not in page(desk(house, "主管"), "signature")
    assert "data:image/png;base64" not in page(desk(house, "管理员"), "seals")
    case, drafts = accepted(house)
    paper = drafts["acceptance"]
    step = reverse("case_document_issue", args=[case.id])
    assert "用我的签名图" in browser.get(step, {"row": str(paper.id)}).content.decode()
    told = {"row": str(paper.id), "ik": "x", "version": "", "signatory": f"承办 {house['甲'].name}"}
    assert browser.post(step, told | {"signature": "on"}).status_code == 303
    assert Event.objects.get(kind="document_issued").data["signature_of"] == house["甲"].name
    assert "的签名图" in page(browser, "case", case.id)


def test_a_broken_picture_is_answered_at_its_field() -> None:
    house = f.make_house()
    answer = desk(house, "甲").post(reverse("signature"), {"picture": picture(b"nonsense")})
    assert answer.status_code == 422
    assert "PNG 或 JPEG" in answer.content.decode()


def test_a_seal_from_proposal_to_paper_to_withdrawal() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    head, admin, keeper = desk(house, "丁"), desk(house, "管理员"), desk(house, "甲")
    told = {
        "name": "投诉专用章",
        "papers": ["tourism.acceptance"],
        "keepers": [str(house["甲"].id)],
    }
    refused = head.post(reverse("seals"), told)
    assert refused.status_code == 422
    assert "投诉专用章" in refused.content.decode()
    assert (
        head.post(reverse("seals"), told | {"picture": picture(hands.seal("JPEG"))}).status_code
        == 303
    )
    row = Imprint.objects.get()
    assert head.post(reverse("seal_let_in", args=[row.id])).status_code == 422
    assert admin.post(reverse("seal_let_in", args=[row.id])).status_code == 303
    step = reverse("case_document_issue", args=[case.id])
    paper = drafts["acceptance"]
    assert "投诉专用章" in keeper.get(step, {"row": str(paper.id)}).content.decode()
    assert "投诉专用章" not in head.get(step, {"row": str(paper.id)}).content.decode()
    sent = {"row": str(paper.id), "ik": "x", "version": "", "signatory": "甲", "seal": str(row.id)}
    other = sent | {"row": str(drafts["acceptance_respondent"].id), "ik": "y"}
    assert head.post(step, other).status_code == 303
    assert "seal" not in Event.objects.get(kind="document_issued").data  # was not theirs to choose
    assert keeper.post(step, sent).status_code == 303
    assert "盖了「投诉专用章」" in page(keeper, "case", case.id)
    assert "用过" in page(head, "seals")
    gone = reverse("seal_withdraw", args=[row.id])
    assert admin.post(gone, {"note": ""}).status_code == 422
    assert admin.post(gone, {"note": "遗失"}).status_code == 303
    assert "data:image/png" not in page(head, "seals")


def test_the_administrator_withdraws_a_members_signature() -> None:
    house = f.make_house()
    desk(house, "甲").post(reverse("signature"), {"picture": picture(hands.scanned())})
    address = reverse("signature_withdraw", args=[house["甲"].id])
    assert desk(house, "丁").post(address).status_code == 403
    assert desk(house, "管理员").post(address).status_code == 303
    assert Imprint.objects.get().state == "withdrawn"


PLACE = ["tourism", "acceptance", "zh-hans"]


def send(browser: Client, form: str, name: str, content: bytes, **told: str) -> Any:
    given = {"form": form, "file": SimpleUploadedFile(name, content), "reason": "新抬头"}
    return browser.post(reverse("layouts_of", args=PLACE), given | {"since": today()} | told)


def today() -> str:
    return str(localdate())


def test_a_layout_is_checked_shown_signed_and_taken_back() -> None:
    house = f.make_house()
    accepted(house)
    head, admin = desk(house, "丁"), desk(house, "管理员")
    wrong = send(head, "typst", "a.typ", OURS + b"#fields.nobody")
    assert wrong.status_code == 422
    assert "第 6 行" in wrong.content.decode()
    assert "fields.nobody" in wrong.content.decode()
    assert send(head, "typst", "a.typ", OURS).status_code == 303
    row = Layout.objects.get()
    assert "data:image/svg+xml" in page(admin, "layout", row.id)
    assert "受理" in page(head, "layouts")
    one = reverse("layout", args=[row.id])
    assert head.post(one, {"do": "sign"}).status_code == 422
    assert admin.post(one, {"do": "sign"}).status_code == 302
    assert "自定" in page(head, "layouts")
    back = head.post(
        reverse("layouts_of", args=PLACE),
        {"form": "typst", "ours": "1", "reason": "x", "since": today()},
    )
    assert back.status_code == 303
    newest = Layout.objects.order_by("-id")[0]
    assert admin.post(reverse("layout", args=[newest.id]), {"do": "sign"}).status_code == 302
    assert "自定" not in page(head, "layouts")
    assert head.post(one, {"do": "again", "reason": "还是它", "since": today()}).status_code == 302
    assert Layout.objects.filter(state="proposed").count() == 1


def test_a_word_layout_gives_a_sample_and_its_file_back() -> None:
    house = f.make_house()
    accepted(house)
    head = desk(house, "丁")
    ours = head.get(reverse("layout_beginning", args=[*PLACE, "word"])).content
    assert send(head, "word", "a.docx", ours).status_code == 303
    row = Layout.objects.get()
    answer: Any = head.get(reverse("layout_sample", args=[row.id]))
    made = b"".join(answer.streaming_content)
    assert "〔投诉人〕" in "\n".join(one.text for one in Word(io.BytesIO(made)).paragraphs)
    assert head.get(reverse("layout_file", args=[row.id])).content == ours
