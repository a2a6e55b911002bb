"""One case, one file: the PDF with its contents and the ZIP with every original (CL-2)."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pypdf import PdfReader, PdfWriter

from factories import NOON, House, fresh, kinds, later, make_case
from followup.conftest import make_full
from tingsu.cases.actions import archive, attach, document, note
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Look
from tingsu.core.chain import START, Fixed, link_hash, text_hash
from tingsu.documents.binding import MOST_PAGES, pages_of
from tingsu.documents.issuing import issue_draft
from tingsu.followup import sweeping
from tingsu.followup.actions import dossier
from tingsu.followup.models import Dossier
from tingsu.people.actor import CUSTOMER, SYSTEM
from tingsu.people.permission import NotThere

pytestmark = pytest.mark.django_db
AT = later(days=1)


def picture(size: tuple[int, int] = (300, 200)) -> bytes:
    found = io.BytesIO()
    Image.new("RGB", size, "teal").save(found, "JPEG")
    return found.getvalue()


def pdf_file(pages: int = 2, rotated: int = 0) -> bytes:
    writer = PdfWriter()
    for _n in range(pages):
        writer.add_blank_page(300, 500).rotate(rotated)
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()


def given(case: Case, **files: bytes) -> None:
    rows = [attach.Given(name.replace("_", "."), len(content), io.BytesIO(content))
            for name, content in files.items()]  # fmt: skip
    attach.attach(case, CUSTOMER, NOON, files=rows)


def made(case: Case, house: House, *, masked: bool = False) -> Dossier:
    dossier.ask(fresh(case), house.actor("甲"), AT, masked=masked, language="zh-hans")
    assert sweeping.sweep(AT)
    return Dossier.objects.latest("id")


def text_of(row: Dossier) -> list[str]:
    with default_storage.open(row.pdf_as) as file:
        return [page.extract_text().replace(" ", "") for page in PdfReader(file).pages]


def packed(row: Dossier) -> dict[str, bytes]:
    with default_storage.open(row.zip_as) as file, zipfile.ZipFile(file) as archive_:
        assert archive_.testzip() is None
        return {name: archive_.read(name) for name in archive_.namelist()}


def test_cover_contents_and_every_part(house: House) -> None:
    case = make_full(house)
    given(case, 照片_jpg=picture(), 合同_pdf=pdf_file(2))
    paper = document.begin(case, house.actor("甲"), NOON, kind="acknowledgement")[1]
    issue_draft(case, house.actor("甲"), NOON, document_id=paper, signatory="甲",
                checked_at="https://t/verify/")  # fmt: skip
    row = made(case, house)
    pages = text_of(row)
    assert row.state == "ready"
    assert row.pages == len(pages)
    assert "投诉案卷" in pages[0]
    assert case.number in pages[0]
    contents = pages[1]
    for word in ("目录", "基本情况", "来访投诉处理单", "沟通登记表", "经过", "文书目录",
                 "附件目录", "完整性", "照片.jpg", "合同.pdf"):  # fmt: skip
        assert word in contents, word
    everything = "".join(pages)
    for word in ("王小明", "给王小明回电", "王小明脾气急", "王小明身份证.txt"):
        assert word in everything
    assert all(f"{n}/{len(pages)}" in page for n, page in enumerate(pages, start=1))


def test_the_contents_name_the_right_pages(house: House) -> None:
    case = make_full(house)
    given(case, 照片_jpg=picture(), 合同_pdf=pdf_file(3))
    pages = text_of(made(case, house))
    number = next(n for n, page in enumerate(pages, 1) if "附件3合同.pdf" in page and n > 2)
    assert f"合同.pdf{'.' * 0}" in pages[1]
    line = next(one for one in pages[1].splitlines() if "合同.pdf" in one)
    assert line.rstrip().endswith(str(number)) or str(number) in pages[1].split("合同.pdf")[1][:80]
    assert sum("附件3合同.pdf" in page for page in pages[2:]) == 3


def test_the_zip_holds_every_original_with_its_hash(house: House) -> None:
    case = make_full(house)
    given(case, 照片_jpg=picture())
    row = made(case, house)
    found = packed(row)
    assert picture() in found.values()
    assert "王小明的身份证".encode() in found.values()
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(found) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(found[name]).hexdigest() == digest
    assert hashlib.sha256(found[f"{case.number}.pdf"]).hexdigest() == row.pdf_sha256


def test_the_chain_can_be_checked_from_the_zip_alone(house: House) -> None:
    from datetime import datetime
    from uuid import UUID

    case = make_full(house)
    told: list[dict[str, Any]] = json.loads(packed(made(case, house))["timeline.json"])
    previous = START
    for one in told:
        fixed = Fixed(
            case.id, one["seq"], datetime.fromisoformat(one["at"]), one["kind"], one["actor"],
            UUID(one["member"]) if one["member"] else None, one["public"], one["data"],
            bytes.fromhex(one["text_hash"]), bytes.fromhex(one["data_hash"]),
        )  # fmt: skip
        assert text_hash(one["text"], bytes.fromhex(one["salt"])).hex() == one["text_hash"]
        previous = link_hash(previous, fixed)
        assert previous.hex() == one["hash"]


def test_masked_says_nothing_of_the_person(house: House) -> None:
    case = make_full(house)
    given(case, 照片_jpg=picture())
    row = made(case, house, masked=True)
    pages = "".join(text_of(row))
    assert "已隐去个人信息" in pages
    for word in ("王小明", "13800001234", "文三路", "保安小刘"):
        assert word not in pages
    assert set(packed(row)) == {f"{case.number}.pdf", "SHA256SUMS"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("坏的_pdf", b"%PDF-1.7\nnothing here"),
        ("坏的_jpg", b"\xff\xd8\xff\xe0" + b"x" * 50),
        ("厚的_pdf", pdf_file(MOST_PAGES + 1)),
    ],
)
def test_a_file_that_cannot_be_bound_is_listed_and_packed(
    house: House, name: str, content: bytes
) -> None:
    case = make_full(house)
    given(case, **{name: content})
    row = made(case, house)
    assert row.state == "ready"
    assert name.replace("_", ".") in "".join(text_of(row))
    assert content in packed(row).values()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_pages_stand_upright(turned: int) -> None:
    (page,) = pages_of(pdf_file(1, turned), "application/pdf")
    assert page.rotation == turned


def test_bytes_that_are_gone_cost_nothing_else(house: House) -> None:
    case = make_full(house)
    given(case, 照片_jpg=picture())
    default_storage.delete(case.attachments.get(name="照片.jpg").stored_as)
    row = made(case, house)
    assert row.state == "ready"
    assert "照片.jpg" in "".join(text_of(row))


def test_the_words_of_the_page_are_used_and_forgotten(house: House) -> None:
    case = make_full(house)
    rows = [{"seq": 1, "at": NOON.isoformat(), "kind": "received", "what": "接收投诉 · 网上",
             "who": "客户", "text": "电梯停了三次"}]  # fmt: skip
    row = dossier.ask(case, house.actor("甲"), AT, masked=False, language="zh-hans", rows=rows)
    assert "接收投诉" in row.told
    sweeping.sweep(AT)
    row.refresh_from_db()
    assert "接收投诉·网上" in "".join(text_of(row))
    assert row.told == ""


def test_making_and_taking_are_on_record(house: House) -> None:
    case = make_full(house)
    row = made(case, house)
    assert kinds(case)[-1] == "dossier_made"
    for what in ("pdf", "zip"):
        with dossier.take(row, house.who("甲"), house.actor("甲"), AT, what=what) as file:
            assert file.read(4) in (b"%PDF", b"PK\x03\x04")
        row.refresh_from_db()
    assert kinds(case)[-2:] == ["dossier_taken", "dossier_taken"]
    assert Look.objects.filter(case_id=case.id, fields__contains="dossier").count() == 2


def test_who_may_not_see_persons_takes_the_masked_one_alone(house: House) -> None:
    case = make_full(house)
    full = made(case, house)
    with pytest.raises(NotThere):
        dossier.take(full, house.who("审计"), house.actor("审计"), AT, what="pdf")
    masked = made(case, house, masked=True)
    dossier.take(masked, house.who("审计"), house.actor("审计"), AT, what="pdf").close()
    assert not Look.objects.exists()


def test_asked_twice_is_made_once(house: House) -> None:
    case = make_full(house)
    first = dossier.ask(case, house.actor("甲"), AT, masked=False, language="zh-hans")
    second = dossier.ask(fresh(case), house.actor("甲"), AT, masked=False, language="zh-hans")
    assert first.id == second.id
    assert kinds(case).count("dossier_made") == 1


def test_a_killed_maker_is_followed_by_another(house: House) -> None:
    case = make_full(house)
    row = dossier.ask(case, house.actor("甲"), AT, masked=False, language="zh-hans")
    Dossier.objects.filter(id=row.id).update(
        state="making", tries=1, claimed_until=AT + timedelta(minutes=5)
    )
    assert not sweeping.sweep(AT)
    assert sweeping.sweep(AT + timedelta(minutes=6))
    row.refresh_from_db()
    assert row.state == "ready"


def test_three_failures_are_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_full(house)
    row = dossier.ask(case, house.actor("甲"), AT, masked=False, language="zh-hans")

    def full_disk(*_args: object, **_more: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("tingsu.documents.binding.bind", full_disk)
    for hour in range(3):
        sweeping.sweep(AT + timedelta(hours=hour))
    row.refresh_from_db()
    assert (row.state, row.tries) == ("failed", 3)


def test_copies_go_after_a_week(house: House) -> None:
    case = make_full(house)
    row = made(case, house)
    sweeping.sweep(AT + timedelta(days=8))
    sweeping.sweep(AT + timedelta(days=9))
    old = row.pdf_as
    row.refresh_from_db()
    assert (row.state, row.pdf_as) == ("gone", "")
    assert not default_storage.exists(old)


def test_of_an_erased_case_there_is_none(filed: Case, house: House) -> None:
    before = made(filed, house)
    archive.anonymise(fresh(filed), SYSTEM, AT, ground="disposal", reference="x")
    with pytest.raises(Refusal):
        dossier.ask(fresh(filed), house.actor("甲"), AT, masked=False, language="zh-hans")
    assert before.state == "ready"


def test_two_hundred_entries(house: House) -> None:
    """All of them stand in it; how long it takes is measured in benchmarks/."""
    case = make_case(house, by="甲")
    for n in range(200):
        note.note(case, house.actor("甲"), NOON, text=f"第{n}条记录：电梯又停了一次。")
    everything = "".join(text_of(made(case, house)))
    assert all(f"第{n}条记录" in everything for n in range(200))
