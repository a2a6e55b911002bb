"""Begun forms are kept, several at once, and change their channel without losing a word."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import STORY, House, signed_in
from tingsu.cases.models import Attachment, Case, Draft

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
Made = Callable[[Any], Case]


def keep(client: Client, key: str, **fields: str) -> None:
    body = {"key": key, "fields": {name: [value] for name, value in fields.items()}}
    answer = client.post("/drafts/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200


def test_two_calls_at_once_and_both_are_there(house: House) -> None:
    client = signed_in(house["甲"])
    keep(client, "call:one", name="王小明", narrative="电梯坏了")
    keep(client, "visit:two", name="李梅", narrative="漏水")
    page = client.get("/new/call/?draft=three").content.decode()
    assert "王小明 · 电梯坏了" in page
    assert "/new/visit/?draft=two" in page
    resumed = client.get("/new/call/?draft=one").content.decode()
    assert "电梯坏了</textarea>" in resumed
    assert "王小明 · 电梯坏了" not in resumed  # the one on screen is not offered again


def test_nobody_sees_the_drafts_of_others(house: House) -> None:
    keep(signed_in(house["甲"]), "call:one", narrative="电梯坏了")
    assert "电梯坏了" not in signed_in(house["乙"]).get("/new/call/?draft=one").content.decode()


def test_registering_ends_the_draft(house: House, send: Send) -> None:
    keep(signed_in(house["甲"]), "call:t1", narrative="电梯")
    assert send(token="t1").status_code == 303
    assert not Draft.objects.exists()


def test_a_refused_form_keeps_its_draft(house: House, send: Send) -> None:
    keep(signed_in(house["甲"]), "call:t1", narrative="电梯")
    assert send(token="t1", amount="很多").status_code == 422
    assert Draft.objects.exists()


def test_throwing_away_is_a_button(house: House, send: Send) -> None:
    keep(signed_in(house["甲"]), "call:t1", narrative="电梯")
    assert send(token="t1", go="discard").status_code == 303
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


def test_the_channel_changes_and_the_words_stay(house: House, send: Send) -> None:
    client = signed_in(house["甲"])
    keep(client, "call:t1", narrative="电梯")
    answer = send(token="t1", go="visit", name="王小明", promise_due="2026")
    assert answer.status_code == 303
    page = client.get(answer.url).content.decode()
    assert STORY in page
    assert 'value="王小明"' in page
    assert [row.key for row in Draft.objects.all()] == ["visit:t1"]


def test_a_made_up_token_is_a_new_form(house: House) -> None:
    page = signed_in(house["甲"]).get("/new/call/?draft=%3Cscript%3E").content.decode()
    assert "<script>alert" not in page
    assert 'data-draft-key="call:' in page


def test_files_come_with_the_case(send: Send, made: Made) -> None:
    photo = SimpleUploadedFile("照片.txt", "冒烟".encode())
    case = made(send(files=[photo]))
    assert Attachment.objects.get().case_id == case.id


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.exe", b"MZ\x00", "可以运行的程序"), ("空.txt", b"", "空文件")],
)
def test_files_that_cannot_be_kept_are_refused_before_there_is_a_case(
    name: str, content: bytes, words: str, send: Send
) -> None:
    answer = send(files=[SimpleUploadedFile(name, content)])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "请重新选择" in page
    assert not Case.objects.exists()
