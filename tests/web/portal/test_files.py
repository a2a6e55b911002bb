"""Files given in public: refused with words before there is a case, kept when they are good."""

import io
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import House
from tingsu.cases.models import Attachment, Case

from .conftest import open_case, words

pytestmark = pytest.mark.django_db
Complain = Callable[..., Any]
PICTURE = b"\xff\xd8\xff\xe0" + b"\x00" * 64


def upload(name: str = "电梯.jpg", content: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\x00" * 20_000_000)
    return packed.getvalue()


def test_files_are_kept_and_can_be_fetched_again(
    stranger: Client, house: House, complain: Complain
) -> None:
    complain(files=[upload(), upload("录音 1.mp3", b"ID3" + b"\x00" * 30)])
    kept = Attachment.objects.order_by("id")
    assert [row.name for row in kept] == ["电梯.jpg", "录音 1.mp3"]
    case = Case.objects.get()
    page = stranger.get(f"/o/yunfan/follow/{case.id}/").content.decode()
    address = f"/o/yunfan/follow/{case.id}/files/{kept[0].id}/"
    assert address in page
    answer: Any = stranger.get(address)
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_for_its_case_alone(stranger: Client, house: House, complain: Complain) -> None:
    complain(files=[upload()])
    kept = Attachment.objects.get()
    other = Client()
    complain(client=other, narrative="另一件")
    own = Case.objects.exclude(id=kept.case_id).get()
    there = f"/o/yunfan/follow/{own.id}/files/{kept.id}/"
    assert other.get(there).status_code == 404
    assert other.get(f"/o/yunfan/follow/{kept.case_id}/files/{kept.id}/").status_code == 303


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.pdf", b"", "是空文件"),
        ("setup.exe", b"MZ" + b"\x00" * 90, "可以运行的程序"),
        ("照片.jpg", b"MZ" + b"\x00" * 90, "可以运行的程序"),
        ("页面.html", b"<html>", "可以运行的程序或网页"),
        ("坏.zip", b"PK\x03\x04nonsense", "打不开"),
        ("大.zip", bomb(), "解压后大得不合常理"),
    ],
)
def test_files_that_cannot_be_kept_refuse_the_form(
    house: House, complain: Complain, name: str, content: bytes, told: str
) -> None:
    answer = complain(files=[upload(), upload(name, content)], narrative="写了很久")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert told in page
    assert "写了很久" in page
    assert "请重新选择" in page
    assert "电梯.jpg" in page  # the good one has to be chosen again as well
    assert 'href="#id_files"' in page


def test_a_file_over_the_limit_is_named_with_its_true_size(
    house: House, complain: Complain, settings: Any
) -> None:
    settings.FILE_LIMIT = 2 * 2**20
    answer = complain(files=[upload("录像.mp4", b"\x00" * (5 * 2**20))], narrative="写了很久")
    assert answer.status_code == 422
    assert "「录像.mp4」有 5 MB，单个文件最多 2 MB" in words(answer)
    assert "写了很久" in answer.content.decode()


def test_files_that_are_too_much_together(house: House, complain: Complain, settings: Any) -> None:
    settings.FILE_LIMIT, settings.CASE_FILES_LIMIT = 2 * 2**20, 3 * 2**20
    big = b"\x00" * (2**20 + 2**19)
    answer = complain(files=[upload("a.bin", big), upload("b.bin", big), upload("c.bin", big)])
    assert answer.status_code == 422
    assert "附件合计不能超过 3 MB" in words(answer)
    assert not Case.objects.exists()


def test_more_than_all_files_together_may_weigh_is_a_page_of_ours(
    house: House, complain: Complain, settings: Any
) -> None:
    settings.FILE_LIMIT, settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2**20, 2
    answer = complain(files=[upload("a.bin", b"\x00" * 7 * 2**20)])
    assert answer.status_code == 413
    assert "一次提交的内容太多了" in words(answer)


def test_too_many_files_and_too_much_text_are_a_page_of_ours(
    house: House, complain: Complain, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    assert complain(files=[upload() for _ in range(4)]).status_code == 413
    answer = complain(narrative="长" * 1_000_000)
    assert answer.status_code == 413
    assert "减少文件或删减文字" in words(answer)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\秘密.jpg", "秘密.jpg"),
        ("a\u202egpj.jpg", "agpj.jpg"),
        ("长" * 300 + ".jpg", "长" * 150 + ".jpg"),
    ],
)
def test_names_of_files_are_made_harmless(
    house: House, complain: Complain, given: str, kept: str
) -> None:
    complain(files=[upload(given)])
    assert Attachment.objects.get().name == kept


def test_a_double_submit_keeps_files_once(house: House, complain: Complain) -> None:
    key = uuid.uuid4().hex
    complain(ik=key, files=[upload()])
    complain(ik=key, files=[upload()])
    assert Attachment.objects.count() == 1


def test_a_file_forgotten_the_first_time_joins_the_case(house: House, complain: Complain) -> None:
    complain(files=[upload()])
    complain(files=[upload("票据.jpg")])
    assert Case.objects.count() == 1
    assert {row.name for row in Attachment.objects.all()} == {"电梯.jpg", "票据.jpg"}


def test_files_that_were_lost_on_the_way_come_with_the_second_try(
    house: House, complain: Complain
) -> None:
    key = uuid.uuid4().hex
    complain(ik=key)  # the power went before the files were kept
    complain(ik=key, files=[upload()])
    assert Case.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_a_bad_file_on_the_follow_page_keeps_the_message(
    stranger: Client, house: House, case: Case
) -> None:
    address = open_case(stranger, case)
    told = {"text": "请看照片", "files": [upload("a.exe")], "ik": "1"}
    answer = stranger.post(f"{address}add/", told)
    assert answer.status_code == 422
    assert "请看照片" in answer.content.decode()
    assert "可以运行的程序" in words(answer)
    assert not Attachment.objects.exists()
