"""Opens a table whatever the file is: by its content, never by its name. Reads, writes nothing."""

import gzip
import shutil
from collections.abc import Sequence
from typing import IO

from django.utils.translation import gettext as _

from tingsu.channels.file.limits import MOST_BYTES, MOST_ROWS, MOST_SHEET_BYTES
from tingsu.channels.file.read_csv import read_csv
from tingsu.channels.file.read_jsonl import read_jsonl
from tingsu.channels.file.read_sheet import read_sheet
from tingsu.channels.file.table import Table, TableError

GZIP, ZIP, OLD_OFFICE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}
READERS = {"csv": read_csv, "xlsx": read_sheet}


def kind_of(file: IO[bytes]) -> str:
    """csv, xlsx or jsonl. Raises TableError for what is none of them."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head:
        raise TableError(_("这是空文件，请检查后重新上传。"))
    if head.startswith((ZIP, OLD_OFFICE)):
        return "xlsx"
    for mark, name in FOREIGN.items():
        if head.startswith(mark):
            words = _("这是 %(name)s 文件。请改传 CSV、XLSX 或 JSONL。")
            raise TableError(words % {"name": name})
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doc", b"<table", b"<?xml")):
        raise TableError(_("这其实是网页。请在表格软件里打开，另存为 XLSX 或 CSV。"))
    return "jsonl" if start.startswith((b"{", b"[{", b"[\n")) else "csv"


def open_table(file: IO[bytes], kind: str = "", headers: Sequence[str] = ()) -> Table:
    """Headers and rows of an open binary file. Raises TableError with words for the person.

    kind, headers: what an earlier look found, so that it need not be found again.
    """
    kind = kind or kind_of(file)
    return read_jsonl(file, headers) if kind == "jsonl" else READERS[kind](file)


def check_size(size: int, *, workbook: bool) -> None:
    """Raises TableError when a file is larger than we read."""
    limit = MOST_SHEET_BYTES if workbook else MOST_BYTES
    if size <= limit:
        return
    words = _("文件有 %(size)s MB，最多 %(limit)s MB。请分成几个文件，或另存为 CSV。")
    raise TableError(words % {"size": size // 2**20, "limit": limit // 2**20})


def unpacked(source: IO[bytes], target: IO[bytes]) -> IO[bytes]:
    """The file itself, or what its gzip holds, written into ``target``. Raises TableError."""
    source.seek(0)
    packed = source.read(2) == GZIP
    source.seek(0)
    if not packed:
        return source
    with gzip.GzipFile(fileobj=source) as inner:
        try:
            shutil.copyfileobj(_Bounded(inner), target)
        except (OSError, EOFError) as broken:
            raise TableError(_("压缩文件打不开，可能已损坏。请重新上传。")) from broken
    target.seek(0)
    return target


class _Bounded:
    """Stops reading at the limit, however well the file was packed."""

    def __init__(self, inner: gzip.GzipFile) -> None:
        self.inner, self.left = inner, MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        part = self.inner.read(size)
        self.left -= len(part)
        if self.left < 0:
            words = _("文件解开后超过 %(limit)s MB。请分成几个文件。")
            raise TableError(words % {"limit": MOST_BYTES // 2**20})
        return part


def count_rows(table: Table) -> int:
    """How many records there are; walks through all of them. Raises TableError above the limit."""
    total = 0
    for total, _row in enumerate(table.rows, start=1):
        if total > MOST_ROWS:
            break
    if total > MOST_ROWS:
        raise TableError(_("最多 %(limit)s 行。请分成几个文件。") % {"limit": f"{MOST_ROWS:,}"})
    if not total:
        raise TableError(_("只有表头，没有记录。请检查是不是选错了文件。"))
    return total
