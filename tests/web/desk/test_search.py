"""Searching, filtering, the palette and the drafts over HTTP (PL-2, ui.md 6)."""

import json

import pytest
from django.test import Client

from factories import NOON, House, make_case, make_outsider, signed_in
from tingsu.cases.actions import note
from tingsu.cases.models import Case, Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(house: House) -> Client:
    """甲's browser."""
    return signed_in(house["甲"])


@pytest.mark.parametrize(
    "words",
    ["电梯", "電梯", "梯", "困二十分", "0001", "TS-20260921-0001", "王小明", "小明", "王"],
)
def test_found_by_what_was_said_and_who_said_it(client: Client, case: Case, words: str) -> None:
    assert case.title in client.get("/cases/", {"q": words}).content.decode()


@pytest.mark.parametrize("phone", ["13800001234", "138-0000-1234", "+86 138 0000 1234"])
def test_found_by_the_whole_phone(client: Client, case: Case, phone: str) -> None:
    assert case.title in client.get("/cases/", {"q": phone}).content.decode()


@pytest.mark.parametrize("words", ["1380000", "没有的词", "%", "'", "\x00", '" OR 1=1', "🙂"])
def test_what_is_not_there_is_not_found(client: Client, case: Case, words: str) -> None:
    page = client.get("/cases/", {"q": words})
    assert page.status_code == 200
    assert case.title not in page.content.decode()


def test_the_words_are_marked(client: Client, case: Case, house: House) -> None:
    note.note(case, house.actor("甲"), NOON, text="已派人查看電梯，<b>门机</b>故障。")
    page = client.get("/cases/", {"q": "电梯"}).content.decode()
    assert "已派人查看<mark>電梯</mark>，&lt;b&gt;门机&lt;/b&gt;故障。" in page


def test_search_stays_in_the_house_and_the_branch(client: Client, house: House) -> None:
    make_case(make_outsider(), narrative="别家的电梯")
    make_case(house, narrative="工程部的电梯", queue=house.second)
    page = client.get("/cases/", {"q": "电梯"}).content.decode()
    assert "别家的电梯" not in page
    assert "工程部的电梯" not in page


def test_filters_narrow_and_say_what_they_cannot_read(client: Client, house: House) -> None:
    make_case(house, narrative="网上来的")
    make_case(house, narrative="电话来的", channel="phone")
    page = client.get("/cases/", {"channel": "phone", "from": "昨天"}).content.decode()
    assert "电话来的" in page
    assert "网上来的" not in page
    assert "日期「昨天」读不懂" in page
    none = client.get("/cases/", {"from": "2026-09-22"}).content.decode()
    assert "电话来的" not in none


def test_a_filter_is_kept_on_the_desk(client: Client, house: House) -> None:
    client.post("/desk/filters/", {"name": "电话 · 重大", "query": "channel=phone&severity=major"})
    page = client.get("/desk/").content.decode()
    assert "电话 · 重大" in page
    assert "channel=phone" in page
    assert "电话 · 重大" not in signed_in(house["丁"]).get("/desk/").content.decode()


def test_the_palette_knows_places_cases_and_beginnings(client: Client, case: Case) -> None:
    def words(typed: str) -> list[str]:
        items = client.get("/palette/", {"q": typed}).json()["items"]
        return [item["word"] for item in items]

    assert "登记来电" in words("来电")
    assert case.title in words("0001")
    assert words("0001")[-1] == "搜索「0001」"


def keep(client: Client, **told: object) -> int:
    return client.post("/drafts/", json.dumps(told), content_type="application/json").status_code


def test_a_draft_is_kept_and_given_back(client: Client, house: House) -> None:
    key = "case:1:reply"
    assert keep(client, key=key, fields={"text": ["王先生，您好，"]}) == 200
    assert keep(client, key=key, fields={"text": ["王先生，您好，我们"]}) == 200
    assert client.get("/drafts/", {"key": key}).json()["fields"] == {"text": ["王先生，您好，我们"]}
    assert signed_in(house["乙"]).get("/drafts/", {"key": key}).status_code == 204
    assert keep(client, key=key, fields=None) == 204
    assert client.get("/drafts/", {"key": key}).status_code == 204


def test_drafts_are_sealed(client: Client) -> None:
    keep(client, key="call:1", fields={"name": ["王小明"]})
    assert "王小明".encode() not in bytes(Draft.objects.get().fields_sealed)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"key": 1}', b'{"key": "x", "fields": 7}', b"\xff" * 10]
)
def test_a_draft_that_makes_no_sense_is_refused(client: Client, body: bytes) -> None:
    answer = client.post("/drafts/", body, content_type="application/json")
    assert answer.status_code == 400


def test_a_lost_session_is_said_so_that_the_text_can_stay(case: Case) -> None:
    answer = Client().post(
        "/drafts/", "{}", content_type="application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code == 401
