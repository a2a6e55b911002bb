"""Whatever people bring is read as they see it, or refused in words."""

import gzip
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_files import HEADERS, ROWS, csv_bytes, jsonl_bytes, xlsx_bytes
from tingsu.channels.file import limits
from tingsu.channels.file.encoding import encoding_of
from tingsu.channels.file.read_csv import delimiter_of
from tingsu.channels.file.readers import check_size, count_rows, kind_of, open_table, unpacked
from tingsu.channels.file.table import TableError

SAID = "昨天下午去营业厅办理宽带移机，排队两个小时，工作人员态度不好，说系统坏了让我改天再来。"
SAID_TRADITIONAL = (
    "昨天下午去營業廳辦理寬頻移機，排隊兩個小時，工作人員態度不好，說系統壞了讓我改天再來。"
)
AT = datetime(2019, 4, 24, 16, 3)  # noqa: DTZ001 - a spreadsheet knows no zone


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", SAID),
        ("utf-8-sig", SAID),
        ("gb18030", SAID),
        ("gbk", SAID),
        ("big5", SAID_TRADITIONAL),
        ("utf-16", SAID),
        ("utf-16-le", SAID),
        ("utf-16-be", SAID),
    ],
)
def test_every_encoding_is_read_as_written(encoding: str, said: str) -> None:
    rows = [("1", "2019-04-24", said)] * 20
    file = csv_bytes(rows, ("id", "date", "body"), encoding=encoding)
    table = open_table(file)
    assert table.headers == ["id", "date", "body"]
    assert [row.cells[2] for row in table.rows] == [said] * 20


def test_utf16_with_a_mark_of_big_end_first() -> None:
    file = io.BytesIO(b"\xfe\xff" + "编号,内容\n1,好".encode("utf-16-be"))
    assert open_table(file).headers == ["编号", "内容"]


def test_a_few_broken_bytes_refuse_their_row_alone() -> None:
    good = "1,电梯坏了三天没有人修，老人小孩都上不去\n" * 30
    file = io.BytesIO(f"编号,内容\n{good}".encode() + b"2,\xff\xfe\xfa\n" + "3,好\n".encode())
    table = open_table(file)
    rows = list(table.rows)
    assert table.encoding == "utf-8"
    assert [row.number for row in rows if row.problem] == [32]
    assert "编码" in rows[30].problem


@given(st.text(alphabet=st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=30))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert encoding_of(io.BytesIO(text.encode())) == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    table = open_table(csv_bytes(delimiter=delimiter))
    assert table.headers == list(HEADERS)
    assert [tuple(row.cells) for row in table.rows] == list(ROWS)


def test_commas_within_the_text_do_not_mislead() -> None:
    assert delimiter_of(["内容;时间", "一,二,三;2019", "四,五;2020"]) == ";"


def test_one_column_is_a_table_too() -> None:
    table = open_table(io.BytesIO("内容\n电梯坏了\n漏水\n".encode()))
    assert [row.cells[0] for row in table.rows] == ["电梯坏了", "漏水"]


def test_lines_are_counted_as_a_spreadsheet_does() -> None:
    file = io.BytesIO('编号,内容\n1,"两\n行"\n,\n2,好\n'.encode())
    assert [row.number for row in open_table(file).rows] == [2, 4]


def test_a_title_above_the_headings_is_passed_over() -> None:
    rows = [["投诉登记表（2019 年）"], [], ["编号", "内容"], [1, "电梯坏了"]]
    table = open_table(xlsx_bytes({"表": rows}))
    assert table.headers == ["编号", "内容"]
    assert [(row.number, row.cells) for row in table.rows] == [(4, ["1", "电梯坏了"])]


def test_headings_without_a_name_or_with_the_same_get_one() -> None:
    table = open_table(io.BytesIO("编号,,备注,备注\n1,2,3,4\n".encode()))
    assert table.headers == ["编号", "第 2 列", "备注", "备注 (4)"]


def test_a_row_wider_than_the_headings_is_refused() -> None:
    rows = list(open_table(io.BytesIO("编号,内容\n1,你好,坏了\n2,短\n3\n".encode())).rows)
    assert "多 1 格" in rows[0].problem
    assert rows[2].cells == ["3", ""]


def test_a_quote_that_never_closes_is_named_by_its_line() -> None:
    text = '编号,内容\n1,好\n2,"没有收尾' + "字" * (3 * limits.MOST_CELL)
    with pytest.raises(TableError, match="第 3 行"):
        list(open_table(io.BytesIO(text.encode())).rows)


def test_a_workbook_gives_dates_as_dates_and_numbers_as_text() -> None:
    rows = [["电话", "时间", "金额"], [13800001234, AT, 12.5]]
    (row,) = open_table(xlsx_bytes({"表": rows})).rows
    assert row.cells == ["13800001234", "2019-04-24 16:03:00", "12.5"]


def test_other_sheets_are_named() -> None:
    table = open_table(
        xlsx_bytes({"空": [], "投诉": [["编号", "内容"], [1, "好"]], "别的": [["x"]]})
    )
    assert table.sheet == "投诉"
    assert "别的" in table.notes[0]


def test_jsonl_is_flattened() -> None:
    table = open_table(
        jsonl_bytes({"id": 1, "客户": {"姓名": "王"}, "tags": ["a", "b"], "x": None})
    )
    assert table.headers == ["id", "客户.姓名", "tags", "x"]
    assert [row.cells for row in table.rows] == [["1", "王", "a、b", ""]]


def test_jsonl_rows_that_do_not_fit_are_refused_one_by_one() -> None:
    deep = {"a": {"b": {"c": {"d": 1}}}}
    file = jsonl_bytes({"a": "1"}, "{broken", deep, {"a": [{"x": 1}]}, [1], {"a": 2.0, "b": True})
    rows = list(open_table(file).rows)
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True, False]
    assert rows[5].cells == ["2", "true"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table>", "网页"),
        (b'[{"a": 1}]', "JSON 数组"),
        (b"PK\x03\x04 nonsense", "打不开"),
        (b"\xd0\xcf\x11\xe0 nonsense", "打不开"),
        (b"\n\n ,, \n", "没有内容"),
        ("编号,内容\n".encode(), "只有表头"),
        (",".join(f"c{n}" for n in range(201)).encode(), "最多 200 列"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(TableError) as refused:
        count_rows(open_table(io.BytesIO(content)))
    assert words in refused.value.words


def test_a_zip_bomb_is_not_unpacked() -> None:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    with pytest.raises(TableError, match="不合常理"):
        open_table(file)


def test_gzip_is_opened_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO(gzip.compress(csv_bytes().getvalue()))
    assert kind_of(unpacked(packed, io.BytesIO())) == "csv"
    monkeypatch.setattr("tingsu.channels.file.readers.MOST_BYTES", 100)
    with pytest.raises(TableError, match="超过"):
        unpacked(io.BytesIO(gzip.compress(b"x" * 1000)), io.BytesIO())


def test_sizes_are_named() -> None:
    with pytest.raises(TableError, match="最多 50 MB"):
        check_size(60 * 2**20, workbook=True)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tingsu.channels.file.readers.MOST_ROWS", 2)
    with pytest.raises(TableError, match="最多 2 行"):
        count_rows(open_table(csv_bytes()))
