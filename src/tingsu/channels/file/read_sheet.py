"""Reads workbooks (XLSX, XLS): dates as dates, numbers as text. Touches only the given file."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tingsu.channels.file.limits import MOST_RATIO, MOST_ROWS, MOST_UNPACKED
from tingsu.channels.file.table import Row, Table, TableError, from_lines

SHOWN_SHEETS = 3


def read_sheet(file: IO[bytes]) -> Table:
    """The first sheet that has something in it. Raises TableError with words."""
    _check_zip(file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        names = book.sheet_names
        sheet = next((s for name in names if (s := book.get_sheet_by_name(name)).height), None)
    except (CalamineError, OSError, ValueError) as problem:
        words = _("表格打不开：可能设了密码，或已损坏。请另存为不带密码的 XLSX 再上传。")
        raise TableError(words) from problem
    if sheet is None:
        raise TableError(_("工作簿里没有内容。请检查是不是选错了文件。"))
    if sheet.height > MOST_ROWS:
        raise TableError(_("最多 %(limit)s 行。请分成几个文件。") % {"limit": f"{MOST_ROWS:,}"})
    headers, rows = from_lines(_lines(sheet))
    return Table("xlsx", headers, rows, sheet=sheet.name, notes=_notes(names, sheet.name))


def _notes(names: list[str], read: str) -> list[str]:
    others = [name for name in names if name != read]
    if not others:
        return []
    shown = _("、").join(others[:SHOWN_SHEETS]) + ("……" if len(others) > SHOWN_SHEETS else "")
    return [_("读的是工作表「%(read)s」；没有读：%(others)s。") % {"read": read, "others": shown}]


def _lines(sheet: CalamineSheet) -> Iterator[Row]:
    above = sheet.start[0] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), start=above + 1):
        yield Row(number, [as_text(cell) for cell in cells])


def as_text(cell: Any) -> str:
    """A cell as a person reads it: 13800001234 without ``.0``, dates as 2019-04-24 16:03:00."""
    match cell:
        case float() if cell.is_integer():
            text = str(int(cell))
        case bool():
            text = "true" if cell else "false"
        case datetime():
            text = cell.strftime("%Y-%m-%d %H:%M:%S")
        case date() | time():
            text = cell.isoformat()
        case None:
            text = ""
        case _:
            text = str(cell)
    return text


def _check_zip(file: IO[bytes]) -> None:
    """Zip bombs: a workbook is read whole, so its real size is asked first."""
    file.seek(0)
    if file.read(2) != b"PK":
        return
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise TableError(_("表格打不开，可能已损坏。请重新导出后再上传。")) from broken
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > MOST_UNPACKED or (unpacked > 2**20 and unpacked / packed > MOST_RATIO):
        raise TableError(_("表格解开后大得不合常理，不能导入。请拆成几个文件，或另存为 CSV。"))
