"""Headings of real files, in Chinese and English, are understood."""

import gzip
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from import_files import HEADERS, ROWS
from tingsu.channels.file.fields import BY_CODE, words
from tingsu.channels.file.guess import SURE, day_first, guess


def guessed(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> dict[str, str]:
    return {one.header: one.field for one in guess(headers, rows) if one.field}


def real(shared: Path, name: str) -> dict[str, str]:
    with gzip.open(shared / "data" / name, "rt") as file:
        rows = [json.loads(line) for line in islice(file, 100)]
    headers = tuple(dict.fromkeys(key for row in rows for key in row))
    cells = [tuple("" if row.get(h) is None else str(row[h]) for h in headers) for row in rows]
    return guessed(headers, cells)


def test_a_chinese_register() -> None:
    assert guessed(HEADERS, list(ROWS)) == {
        "编号": "source_ref",
        "投诉时间": "received_at",
        "姓名": "name",
        "电话": "phone",
        "标题": "title",
        "内容": "narrative",
        "金额": "amount",
    }


def test_traditional_and_spaced_headings() -> None:
    found = guessed(("聯絡電話", "投 诉 内 容", "辦結時間", "姓 名"), [])
    assert found["投 诉 内 容"] == "narrative"
    assert found["辦結時間"] == "closed_at"
    assert found["姓 名"] == "name"


def test_cells_speak_where_the_heading_does_not() -> None:
    rows = [(f"1380000{n:04d}", "一二三四五六七八九十" * 8) for n in range(9)]
    assert guessed(("列甲", "列乙"), rows) == {"列甲": "phone"}


def test_a_heading_that_misleads_is_not_believed() -> None:
    rows = [("很快", "电梯坏了")] * 5
    assert "办结时间" not in guessed(("办结时间", "内容"), rows)


def test_a_field_goes_to_the_column_that_fits_best() -> None:
    found = guess(("一个时间", "投诉时间", "内容"), [("2019-04-24", "2019-04-25", "坏了")])
    assert [one.field for one in found] == ["", "received_at", "narrative"]
    assert found[1].confidence >= SURE


def test_one_day_above_twelve_tells_the_order() -> None:
    assert day_first(["03/04/2019", "24/04/2019"])
    assert not day_first(["03/04/2019", "04/24/2019"])
    assert not day_first(["2019-04-24", "坏了"])


def test_every_word_belongs_to_a_field() -> None:
    assert set(words()["headings"]) == set(BY_CODE) - {""}
    assert {"channel", "sex", "party_kind", "nature", "severity", "anger"} < set(words())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "tipdm_annex3_stream.jsonl.gz",
            {
                "id": "source_ref",
                "user": "name",
                "title": "title",
                "created_at": "received_at",
                "body": "narrative",
            },
        ),
        (
            "tipdm_annex4_replies.jsonl.gz",
            {
                "id": "source_ref",
                "user": "name",
                "title": "title",
                "created_at": "received_at",
                "body": "narrative",
                "reply": "reply",
                "replied_at": "closed_at",
            },
        ),
        (
            "cfpb_narratives_labelled.jsonl.gz",
            {
                "Date received": "received_at",
                "Consumer complaint narrative": "narrative",
                "Company": "respondent_unit",
                "ZIP code": "postcode",
                "Complaint ID": "source_ref",
                "Issue": "title",
            },
        ),
        (
            "baltimore_311.jsonl.gz",
            {
                "CreatedDate": "received_at",
                "CloseDate": "closed_at",
                "SRType": "title",
                "Agency": "respondent_unit",
                "Address": "address",
                "ZipCode": "postcode",
            },
        ),
    ],
)
def test_real_headings(shared: Path, name: str, expected: dict[str, str]) -> None:
    found = real(shared, name)
    assert expected.items() <= found.items(), found
