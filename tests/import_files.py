"""Files as people bring them, made in memory, and their import by the worker."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter

from factories import NOON, House
from tingsu.channels.file import jobs, sweep
from tingsu.channels.models import ImportJob

HEADERS = ("编号", "投诉时间", "姓名", "电话", "标题", "内容", "金额")
ROWS: tuple[tuple[str, ...], ...] = (
    ("A-1", "2019年4月24日 16:03", "王小明", "13800001234", "电梯又停", "没人接。", "¥1,280.00"),
    ("A-2", "2019-04-25", "李四", "010-66668888", "漏水", "楼上漏水，天花板湿了一片。", ""),
    ("A-3", "2019/4/26 9:05", "赵五", "", "噪声", "夜里施工到两点。", "1.2万"),
)


def csv_bytes(
    rows: Sequence[Sequence[str]] = ROWS,
    headers: Sequence[str] = HEADERS,
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> io.BytesIO:
    """A CSV file, every cell in quotes."""
    lines = (delimiter.join(_quoted(cell) for cell in row) for row in (headers, *rows))
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def xlsx_bytes(sheets: Mapping[str, Sequence[Any]]) -> io.BytesIO:
    """A workbook: sheet name -> rows; datetimes become dates of the spreadsheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell, date)
                else:
                    sheet.write(at, place, cell)
    book.close()
    file.seek(0)
    return file


def jsonl_bytes(*rows: Any, encoding: str = "utf-8") -> io.BytesIO:
    """One JSON value a line; texts go in as they are."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    return io.BytesIO("\n".join(lines).encode(encoding))


def draft(house: House, file: IO[bytes], *, at: datetime = NOON, by: str = "丁") -> ImportJob:
    """The file as it lies there before anybody says go."""
    return jobs.upload(house.organisation, house[by].id, "投诉.csv", file, at).job


def imported(house: House, file: IO[bytes], *, at: datetime = NOON) -> ImportJob:
    """The file after the worker is through with it."""
    job = draft(house, file, at=at)
    jobs.start(job, at)
    while sweep(at):
        pass
    job.refresh_from_db()
    return job


def sums(job: ImportJob) -> tuple[int, int, int]:
    """Made, repeated, refused."""
    return job.made, job.repeated, job.refused


def rows_of(text: Sequence[str], **more: str) -> io.BytesIO:
    """JSONL with an id, a time and what was said."""
    return jsonl_bytes(
        *(
            {"id": n, "created_at": "2019-04-24 16:03", "body": said} | more
            for n, said in enumerate(text)
        )
    )
