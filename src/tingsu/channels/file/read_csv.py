"""Reads CSV as a stream, in any of the encodings we meet. Touches only the file it is given."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.utils.translation import gettext as _

from tingsu.channels.file.encoding import encoding_of
from tingsu.channels.file.limits import MOST_CELL
from tingsu.channels.file.table import Row, Table, TableError, from_lines

DELIMITERS = ",;\t|"
SNIFFED_LINES = 30
# Twice the longest cell: a quote that never closes is noticed there, not at the end of the file.
csv.field_size_limit(2 * MOST_CELL)


def read_csv(file: IO[bytes]) -> Table:
    """Raises TableError with words where the file cannot be read as a table."""
    encoding = encoding_of(file)
    delimiter = delimiter_of(_head(file, encoding))
    headers, rows = from_lines(_lines(file, encoding, delimiter))
    return Table("csv", headers, rows, encoding=encoding)


def _head(file: IO[bytes], encoding: str) -> list[str]:
    file.seek(0)
    text = file.read(64 * 1024).decode(encoding, errors="replace")
    return text.splitlines()[:SNIFFED_LINES]


def delimiter_of(lines: list[str]) -> str:
    """The sign that cuts the first lines into the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=sign) if cells)
        except csv.Error:
            continue
        if not widths:
            continue
        width, often = max(widths.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        score = (width > 1) * (often / widths.total() + width / 1000)
        if score > best_score:
            best, best_score = sign, score
    return best


def _lines(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Row]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        yield from _records(csv.reader(text, delimiter=delimiter))
    finally:
        with suppress(ValueError):  # closed before us
            text.detach()  # the file is the caller's


def _records(reader: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            words = _("第 %(n)s 行起读不下去，多半是引号没有成对。请改好后重新上传。")
            raise TableError(words % {"n": number}) from problem
        yield Row(number, cells)
