"""Signing in the browser: on our screen, by a link, by the complainant who follows the case."""

import base64
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import factories as f
from hands import stroke
from tingsu.cases.actions import sign
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case, Event, Signing
from tingsu.cases.sign_links import key_of
from tingsu.people.models import new_id

TEXT = "退还 300 元，七天内付清。"
PICTURE = "data:image/png;base64," + base64.b64encode(stroke()).decode()


@pytest.fixture
def row(case: Case, house: f.House) -> Signing:
    case = f.make_case(house, by="甲")
    _written, made = sign.ask(
        case, house.actor("甲"), f.NOON,
        about="record", subject=new_id(), role="complainant", name="王小明",
        title="谈话记录", text=TEXT,
    )  # fmt: skip
    return Signing.objects.get(id=made)


def linked(row: Signing, house: f.House) -> str:
    """The path of a link that was given out."""
    browser = f.signed_in(house["甲"])
    told = {"row": str(row.id), "ik": new_id().hex, "days": "7"}
    browser.post(reverse("case_sign_link", args=[row.case_id]), told)
    row.refresh_from_db()
    return reverse("sign_open", args=[house.organisation.slug, row.id, key_of(row)])


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def drawn(**more: str) -> dict[str, str]:
    return {"how": "drawn", "picture": PICTURE, "name": "王小明", "agreed": "on", "ik": "a"} | more


def test_a_handler_hands_over_the_screen(row: Signing, house: f.House) -> None:
    browser = f.signed_in(house["甲"])
    url = reverse("case_signing", args=[row.case_id, row.id])
    page = text(browser.get(url))
    assert TEXT in page
    assert row.text_hash[:8] in page
    refused = browser.post(url, drawn(picture="", agreed=""))
    assert refused.status_code == 422
    assert "王小明" in text(refused)
    assert browser.post(url, drawn()).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.way, row.place, row.witness_id) == (
        "signed", "drawn", "here", house["甲"].id,
    )  # fmt: skip
    picture = browser.get(reverse("case_signing_picture", args=[row.case_id, row.id]))
    assert (picture["content-type"], picture["x-content-type-options"]) == ("image/png", "nosniff")
    assert "手写" in text(browser.get(url))


def test_a_drawn_signature_that_is_empty_is_not_taken_for_a_typed_one(
    row: Signing, house: f.House
) -> None:
    browser = f.signed_in(house["甲"])
    url = reverse("case_signing", args=[row.case_id, row.id])
    assert browser.post(url, drawn(picture="")).status_code == 422
    assert browser.post(url, drawn(picture="data:image/png;base64,!!")).status_code == 422
    row.refresh_from_db()
    assert row.state == "waiting"


def test_by_link_without_scripts(row: Signing, house: f.House) -> None:
    path = linked(row, house)
    guest = Client()
    opened = guest.get(path)
    assert opened.status_code == 303
    assert key_of(row) not in opened["location"]
    answer = guest.get(opened["location"])
    assert answer["Referrer-Policy"] == "same-origin"  # else the browser's own form is refused
    page = text(answer)
    assert TEXT in page
    assert key_of(row) not in page
    told = {"how": "typed", "name": "王小明", "agreed": "on", "ik": "a"}
    assert guest.post(opened["location"], told).status_code == 303
    row.refresh_from_db()
    assert (row.way, row.place, row.witness_id, bool(row.address)) == ("typed", "link", None, True)
    done = text(guest.get(opened["location"]))
    assert "已经签好" in done
    assert TEXT not in done
    assert Event.objects.get(case_id=row.case_id, kind="signed").actor == "customer"
    again = guest.post(opened["location"], told | {"name": "别人", "ik": "b"})
    assert again.status_code == 422 or "已经签好" in text(again)
    row.refresh_from_db()
    assert row.signed_as == "王小明"


def test_a_wrong_an_old_or_a_foreign_link_shows_nothing(row: Signing, house: f.House) -> None:
    path = linked(row, house)
    for wrong in (path[:-2] + "x/", path):
        if wrong == path:
            linked(row, house)  # a new one makes the first void
        guest = Client()
        response = guest.get(guest.get(wrong)["location"])
        assert response.status_code == 404
        assert TEXT not in text(response)
    assert Client().get(reverse("sign", args=[house.organisation.slug, row.id])).status_code == 404


def test_the_complainant_who_follows_the_case_signs_there(row: Signing, house: f.House) -> None:
    case, slug = row.case, house.organisation.slug
    guest = Client()
    guest.get(reverse("portal_open", args=[slug, case.number, code_of(case)]))
    follow = text(guest.get(reverse("portal_follow", args=[slug, case.id])))
    url = reverse("sign", args=[slug, row.id])
    assert url in follow
    assert guest.post(url, drawn()).status_code == 303
    row.refresh_from_db()
    assert row.state == "signed"
    assert url not in text(guest.get(reverse("portal_follow", args=[slug, case.id])))


def test_another_role_is_not_for_who_follows(row: Signing, house: f.House) -> None:
    Signing.objects.filter(id=row.id).update(role="respondent")
    guest = Client()
    slug = house.organisation.slug
    guest.get(reverse("portal_open", args=[slug, row.case.number, code_of(row.case)]))
    assert guest.get(reverse("sign", args=[slug, row.id])).status_code == 404


def test_declined_with_words(row: Signing, house: f.House) -> None:
    guest = Client()
    where = guest.get(linked(row, house))["location"]
    url = reverse("sign_decline", args=[house.organisation.slug, row.id])
    assert guest.post(url, {"text": ""}).status_code == 422
    assert guest.post(url, {"text": "金额不对"}).status_code == 303
    assert "交给承办人" in text(guest.get(where))


def test_paper_with_its_scan(row: Signing, house: f.House) -> None:
    browser = f.signed_in(house["甲"])
    scan = SimpleUploadedFile("签字页.png", stroke(), "image/png")
    told = {"row": str(row.id), "ik": "p", "name": "王小明", "files": scan}
    response = browser.post(reverse("case_sign_paper", args=[row.case_id]), told)
    assert response.status_code == 303
    row.refresh_from_db()
    assert row.way == "paper"
    assert row.scan_id
