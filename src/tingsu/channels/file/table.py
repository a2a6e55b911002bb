"""A table as it was found in a file: headers, and rows one after the other. Touches nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tingsu.channels.file.limits import MOST_CELL, MOST_COLUMNS

MOST_BEFORE_HEADER = 10  # rows in which we look for the line with the headers


class TableError(Exception):
    """A file that cannot be read. ``words`` says why and what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


@dataclass(frozen=True)
class Row:
    """One record. ``number`` counts as a spreadsheet does, the header included; ``problem`` says
    why the record cannot be read, where it cannot."""

    number: int
    cells: Sequence[str]
    problem: str = ""


@dataclass
class Table:
    """What a reader gives: ``rows`` can be walked once. ``notes`` are sentences about the file."""

    kind: str  # csv | xlsx | jsonl
    headers: list[str]
    rows: Iterator[Row]
    encoding: str = ""
    sheet: str = ""
    notes: list[str] = field(default_factory=list)


def from_lines(lines: Iterator[Row]) -> tuple[list[str], Iterator[Row]]:
    """Find the header among the first lines; the rest become rows as wide as it.

    Titles above the header (one filled cell where more follow) are passed over. Raises TableError
    for an empty table or one that is too wide.
    """
    first: list[Row] = []
    for line in lines:
        if any(cell.strip() for cell in line.cells):
            first.append(line)
        if len(first) == MOST_BEFORE_HEADER:
            break
    if not first:
        raise TableError(_("文件里没有内容。请检查是不是选错了文件。"))
    at = next((n for n, line in enumerate(first) if _filled(line) > 1), 0)
    headers = _named(first[at].cells)
    return headers, _fitted(first[at + 1 :], lines, len(headers))


def _filled(line: Row) -> int:
    return sum(1 for cell in line.cells if cell.strip())


def _named(cells: Sequence[str]) -> list[str]:
    """A name for every column: what is empty or there twice gets a number."""
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        words = _("表格有 %(found)s 列，最多 %(limit)s 列。请删去用不到的列再导入。")
        raise TableError(words % {"found": len(cells), "limit": MOST_COLUMNS})
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:80] or _("第 %(n)s 列") % {"n": place}
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _fitted(first: list[Row], rest: Iterator[Row], width: int) -> Iterator[Row]:
    yield from (fit(line, width) for line in first)
    for line in rest:
        if line.problem or any(cell.strip() for cell in line.cells):
            yield fit(line, width)


def fit(line: Row, width: int) -> Row:
    cells = list(line.cells)
    beyond = [cell for cell in cells[width:] if cell.strip()]
    problem = line.problem
    if beyond and not problem:
        problem = _("这一行比表头多 %(n)s 格，可能有逗号没放在引号里。") % {"n": len(beyond)}
    elif any(len(cell) > MOST_CELL for cell in cells):
        problem = _("有一格超过 %(limit)s 字。") % {"limit": f"{MOST_CELL:,}"}
    elif any("\ufffd" in cell for cell in cells):
        problem = _("有无法识别的字符，可能是编码不对。请另存为 UTF-8 再导入。")
    cells = cells[:width] + [""] * (width - len(cells))
    return Row(line.number, cells, problem)
